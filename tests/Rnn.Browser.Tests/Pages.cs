// Pages wait for their browser as much as they work. What measures time says that it wants to be alone.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.All)]

namespace Rnn.Browser.Tests;

/// <summary>
/// The runner's pages of all notebooks, made once. Lesson 01 is run, as a reader runs it; the others' pages show the outputs that
/// they were committed with, which 'check' compares with a fresh run.
/// </summary>
internal static class Pages
{
    /// <summary>The lesson whose page comes from a fresh run.</summary>
    public const string Fresh = "01-rnn-from-scratch";

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
        using StringWriter output = new();
        int exitCode = CommandLine.Run(
            ["run", .. Notebooks.All.Select(Notebooks.PathOf), "--output", Folder], new Progress(output, output), Start);
        return (exitCode, output.ToString());
    }

    private static IKernel Start(string notebook, string name, CellLimits limits) =>
        notebook == Notebooks.PathOf(Fresh)
            ? CellProcess.Start(notebook, name, limits)
            : new CommittedOutputs(NotebookFile.Read(notebook, name));
}
