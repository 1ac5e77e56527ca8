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
    public async Task What_is_large_is_downloaded_only_where_somebody_asks_for_it()
    {
        using Sandbox sandbox = LocalFeed.Sandbox();
        sandbox.Write("Rnn.Notebook.sln", "");
        string large = Notebooks.Of(
            Notebooks.Code("#r \"nuget: MathNet.Numerics, 5.0.0\"\nConsole.Write(\"it has run\");", "optional", "large"),
            Notebooks.Code("#r \"nuget: Rnn.No.Such, 1.2.3\"\n1", "optional", "large"));
        sandbox.Write("notebooks/a.ipynb", large);
        sandbox.Environment["NUGET_PACKAGES"] = sandbox["cache"];
        (int exitCode, string output, string error) = await sandbox.Run("prefetch");
        Assert.True(exitCode == 0, error);
        Assert.Equal(
            "notebooks/a.ipynb: left out, because large: MathNet.Numerics 5.0.0, Rnn.No.Such 1.2.3; 'prefetch --large' gets them",
            output.Trim());
        (exitCode, output, error) = await sandbox.Run("run", "notebooks/a.ipynb");
        Assert.True(exitCode == 0, error);
        Assert.Contains(
            "skipped: MathNet.Numerics 5.0.0 would be a large download; 'prefetch --large' is what asks for it", output,
            StringComparison.Ordinal);
        Assert.DoesNotContain("it has run", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(sandbox["cache/mathnet.numerics"]));

        // One that cannot be had does not keep the other from coming.
        (exitCode, output, error) = await sandbox.Run("prefetch", "--large");
        Assert.Equal(1, exitCode);
        Assert.Equal("notebooks/a.ipynb: MathNet.Numerics 5.0.0", output.Trim());
        Assert.Contains("Unable to find package Rnn.No.Such", error, StringComparison.Ordinal);
        // Committed without outputs, it may have some where its package is.
        (exitCode, output, error) = await sandbox.Run("check", "notebooks/a.ipynb");
        Assert.True(exitCode == 0, error);
        Assert.Contains("it has run", output, StringComparison.Ordinal);
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
