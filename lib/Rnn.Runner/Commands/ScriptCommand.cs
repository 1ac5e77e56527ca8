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
            arguments => NotebookRun.WriteEach(
                CommandLine.Named(arguments, notebooks, Repository.Lessons), arguments.GetValue(folder)!, ".cs",
                (notebook, path) => Encoding.UTF8.GetBytes(LessonProgram.Of(notebook, path)), progress, "dotnet run "))
        { folder, notebooks };
    }
}
