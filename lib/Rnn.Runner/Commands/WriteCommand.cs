namespace Rnn.Runner.Commands;

/// <summary>Refreshes the outputs of notebooks.</summary>
internal static class WriteCommand
{
    public static Verb Create(Progress progress, StartKernel start)
    {
        Argument<string[]> notebooks = CommandLine.Notebooks("all below notebooks/");
        Option<string?> output = CommandLine.Output();
        LimitOptions limits = new();
        return new(
            "write",
            "Write the outputs of a fresh run into the notebooks, with a picture of each new chart or explorer (drawn by "
            + "Chromium, Chrome or Edge), and each as a page.",
            ["write", "write notebooks/02-looking-inside.ipynb"],
            arguments => new NotebookRun(progress, limits.In(arguments), start).WithPages(
                CommandLine.Named(arguments, notebooks),
                arguments.GetValue(output), execution => Refresh(execution, progress)))
        { notebooks, output, limits.Timeout, limits.MaxOutput };
    }

    /// <summary>Puts the outputs into the notebook, with pictures of the figures; returns whether that worked.</summary>
    private static bool Refresh(Execution execution, Progress progress)
    {
        if (!execution.Succeeded)
            return false;
        NotebookFile notebook = execution.Notebook;
        try
        {
            Dictionary<string, CellResult> fresh = execution.Results.Where(each => each.Value.SkipReason is null).ToDictionary();
            Dictionary<string, IReadOnlyList<JsonObject>> outputs =
                FigurePictures.Add(notebook, fresh.ToDictionary(each => each.Key, each => each.Value.Outputs), progress);
            byte[] refreshed = notebook.With(
                fresh.ToDictionary(each => each.Key, each => (outputs[each.Key], each.Value.ExecutionCount)));
            bool isSame = refreshed.AsSpan().SequenceEqual(notebook.Bytes);
            if (!isSame && !AtomicFile.Write(notebook.Path, refreshed, expected: notebook.Bytes.ToArray()))
            {
                progress.Error($"{notebook.Name}: not refreshed: it was changed on disk while it ran; run 'write' again");
                return false;
            }

            progress.Line($"{notebook.Name}: {(isSame ? "unchanged" : "refreshed")} ({progress.Since(execution.Start)})");
            return true;
        }
        catch (PictureException e)
        {
            progress.Error($"{notebook.Name}: not refreshed: {e.Message}");
            return false;
        }
    }
}
