// A notebook may measure times: nothing else runs while the pages are made.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Rnn.Browser.Tests;

/// <summary>The pages of all notebooks, made once, as a reader makes them.</summary>
internal static class Pages
{
    // They stay there after the tests, for whoever wants to see what a test saw.
    private static readonly string Folder = Repo.Path("artifacts", "pages");

    private static readonly Lazy<(int ExitCode, string Output)> Run = new(Make);

    /// <summary>Fails unless the runner has made them all.</summary>
    public static void MustBeMade() => Assert.True(Run.Value.ExitCode == 0, Run.Value.Output);

    /// <summary>The file of a notebook's page, or of the index.</summary>
    public static string File(string name)
    {
        string output = Run.Value.Output, file = Path.Combine(Folder, name + ".html");
        Assert.True(System.IO.File.Exists(file), $"The runner has written no {file}. {output}");
        return file;
    }

    private static (int ExitCode, string Output) Make()
    {
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        string[] notebooks = [.. Notebooks.All.Select(Notebooks.PathOf)];
        return Tool.Dotnet(
            Repo.Root, ["run", "--no-build", "--project", "lib/Rnn.Runner", "--", "run", .. notebooks, "--output", Folder]);
    }
}
