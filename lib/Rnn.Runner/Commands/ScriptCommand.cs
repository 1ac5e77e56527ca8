using Rnn.Runner.Programs;

namespace Rnn.Runner.Commands;

/// <summary>Writes lessons as programs, which need neither a notebook nor this runner.</summary>
internal static class ScriptCommand
{
    public static Verb Create(Progress progress)
    {
        Argument<string> folder = new("folder") { Description = "Where the programs go." };
        Argument<string[]> notebooks = CommandLine.Notebooks("the five lessons");
        return new(
            "script",
            "Write lessons as C# programs for 'dotnet run', each one file: prose as comments, charts into a page beside it.",
            ["script artifacts/scripts", "script artifacts/scripts notebooks/01-rnn-from-scratch.ipynb"],
            arguments => Write(
                CommandLine.Named(arguments, notebooks, Repository.Lessons), arguments.GetValue(folder)!, progress))
        { folder, notebooks };
    }

    private static int Write(IReadOnlyList<string> paths, string folder, Progress progress)
    {
        (IReadOnlyList<NotebookFile> notebooks, int exitCode) = NotebookRun.ReadAll(paths, progress);
        int written = NotebookRun.ForEach(notebooks, progress, notebook =>
        {
            string path = Repository.PlaceBelow(Path.GetFullPath(folder), notebook.Path, ".cs");
            string program = LessonProgram.Of(notebook, path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, Encoding.UTF8.GetBytes(program));
            progress.Line($"dotnet run {Repository.Shorten(path)}");
            return true;
        });
        return Math.Max(exitCode, written);
    }
}
