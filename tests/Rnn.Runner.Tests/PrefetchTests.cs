namespace Rnn.Runner.Tests;

/// <summary>Packages in the cache before a cell asks for them.</summary>
public sealed class PrefetchTests
{
    [Fact]
    public async Task What_notebooks_name_is_then_in_the_cache_in_that_version()
    {
        using Sandbox sandbox = LocalFeed.Sandbox();
        sandbox.Write("Rnn.Notebook.sln", "");
        sandbox.Write(
            "notebooks/solutions/a.ipynb",
            Notebooks.Of(Notebooks.Code("1"), Notebooks.Code("#r \"nuget: MathNet.Numerics, 5.0.0\"\n1", "optional")));
        sandbox.Environment["NUGET_PACKAGES"] = sandbox["cache"];
        (int exitCode, string output, string error) = await sandbox.Run("prefetch");
        Assert.True(exitCode == 0, error);
        Assert.Equal("notebooks/solutions/a.ipynb: MathNet.Numerics 5.0.0", output.Trim());
        Assert.Equal([sandbox["cache/mathnet.numerics/5.0.0"]], Directory.GetDirectories(sandbox["cache/mathnet.numerics"]));
        Assert.Contains("all 1 that #r", (await sandbox.Run("doctor")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_had_is_said_and_the_others_are_fetched()
    {
        using Sandbox sandbox = LocalFeed.Sandbox();
        sandbox.Write("Rnn.Notebook.sln", "");
        sandbox.Write("notebooks/a.ipynb", Notebooks.Of(Notebooks.Code("#r \"nuget: MathNet.Numerics, 4.99.99\"\n1")));
        sandbox.Write("notebooks/b.ipynb", "no json");
        sandbox.Write("notebooks/c.ipynb", Notebooks.Of(Notebooks.Code("#r \"nuget: MathNet.Numerics, 5.0.0\"\n1")));
        (int exitCode, string output, string error) = await sandbox.Run("prefetch");
        Assert.Equal(1, exitCode);
        Assert.Equal("notebooks/c.ipynb: MathNet.Numerics 5.0.0", output.Trim());
        Assert.Contains(
            "notebooks/a.ipynb: error NU1102: Unable to find package MathNet.Numerics with version (= 4.99.99)", error,
            StringComparison.Ordinal);
        Assert.Contains("notebooks/b.ipynb, line 1, column 2: not valid JSON", error, StringComparison.Ordinal);
    }
}
