namespace Rnn.Runner.Commands;

/// <summary>Compares a fresh run with the committed outputs.</summary>
internal static class CheckCommand
{
    public static Verb Create(Progress progress, StartKernel start)
    {
        Argument<string[]> notebooks = CommandLine.Notebooks("all below notebooks/");
        LimitOptions limits = new();
        return new(
            "check",
            "Compare a fresh run with the committed outputs, numbers to 1e-9, and list each difference; no browser is needed.",
            ["check", "check notebooks/02-looking-inside.ipynb"],
            arguments => Check(
                CommandLine.Named(arguments, notebooks), new NotebookRun(progress, limits.In(arguments), start), progress))
        { notebooks, limits.Timeout, limits.MaxOutput };
    }

    private static int Check(IReadOnlyList<string> paths, NotebookRun run, Progress progress)
    {
        (IReadOnlyList<NotebookFile> notebooks, int exitCode) = NotebookRun.ReadAll(paths, progress);
        return Math.Max(exitCode, run.Each(notebooks, execution => IsUpToDate(execution, progress)));
    }

    private static bool IsUpToDate(Execution execution, Progress progress)
    {
        if (!execution.Succeeded)
            return false;
        NotebookFile notebook = execution.Notebook;
        string[] differences = [.. from cell in notebook.CodeCells
            let result = execution.Results[cell.Id]
            // What needs a package is committed without outputs: there is nothing to compare with.
            where result.SkipReason is null && !(cell.HasTag("optional") && cell.ExecutionCount is null)
            from difference in Comparison.Differences(cell, result.Outputs, result.ExecutionCount)
            select $"{notebook.NameOf(cell)}: {difference}"];
        foreach (string difference in differences)
            progress.Error(difference);
        string time = progress.Since(execution.Start), s = differences.Length == 1 ? "" : "s";
        if (differences.Length == 0)
            progress.Line($"{notebook.Name}: up to date ({time})");
        else
            progress.Error($"{notebook.Name}: stale, {differences.Length} difference{s}; 'write' refreshes it ({time})");
        return differences.Length == 0;
    }
}
