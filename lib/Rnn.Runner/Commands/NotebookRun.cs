using Rnn.Runner.Page;

namespace Rnn.Runner.Commands;

/// <summary>What run, check and write have in common: notebooks, one after the other, each with a fresh state.</summary>
internal static class NotebookRun
{
    /// <summary>
    /// Reads all, before any is run: a mistake in the last name should not cost the run of the first. Null where one cannot
    /// be read.
    /// </summary>
    public static IReadOnlyList<NotebookFile>? ReadAll(IReadOnlyList<string> paths, Progress progress)
    {
        List<NotebookFile> notebooks = [];
        foreach (string path in paths.Select(Path.GetFullPath))
        {
            try
            {
                notebooks.Add(NotebookFile.Read(path, Repository.Shorten(path)));
            }
            catch (NotebookException e)
            {
                progress.Error(e.Message);
            }
        }

        return notebooks.Count == paths.Count ? notebooks : null;
    }

    /// <summary>Runs each and goes on with it as told; returns the exit code.</summary>
    /// <param name="notebooks">The notebooks.</param>
    /// <param name="progress">Where it is told.</param>
    /// <param name="finish">What becomes of a notebook that has been run; returns whether all is well.</param>
    public static int Each(IReadOnlyList<NotebookFile> notebooks, Progress progress, Func<Execution, bool> finish)
    {
        int exitCode = 0;
        foreach (NotebookFile notebook in notebooks)
        {
            try
            {
                if (!finish(Execute(notebook, progress)))
                    exitCode = 1;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A folder that cannot be written, a full disk.
                progress.Error($"{notebook.Name}: {e.Message}");
                exitCode = 1;
            }
        }

        return exitCode;
    }

    /// <summary>
    /// Runs each, goes on with it as told, and writes it as a page; several get an index. Returns the exit code.
    /// </summary>
    public static int WithPages(IReadOnlyList<string> paths, string? output, Progress progress, Func<Execution, bool> finish)
    {
        if (ReadAll(paths, progress) is not { } notebooks)
            return 2;
        string folder = Path.GetFullPath(output ?? Path.Combine(Repository.Root, "artifacts"));
        string index = Path.Combine(folder, "index.html");
        HashSet<string> siblings = notebooks.Count > 1 ? [.. notebooks.Select(PageOf), index] : [];
        List<IndexEntry> entries = [];
        int exitCode = Each(notebooks, progress, execution =>
        {
            bool succeeded = finish(execution);
            NotebookFile notebook = execution.Notebook;
            string page = PageOf(notebook);
            Directory.CreateDirectory(Path.GetDirectoryName(page)!);
            AtomicFile.Write(page, NotebookPage.Render(notebook, execution.Results, page, siblings, progress.Error));
            entries.Add(new IndexEntry(notebook, page, succeeded, progress.Elapsed - execution.Start));
            progress.Line(
                $"{notebook.Name}: {(succeeded ? "done" : "stopped")} in {progress.Since(execution.Start)}; the page is {page}");
            return succeeded;
        });
        if (entries.Count > 1)
        {
            AtomicFile.Write(index, IndexPage.Render(entries, index));
            progress.Line($"{entries.Count} notebooks; their index is {index}");
        }

        return exitCode;

        string PageOf(NotebookFile notebook) => Repository.PlaceBelow(folder, notebook.Path, ".html");
    }

    /// <summary>Runs the cells in order, up to the first that fails.</summary>
    private static Execution Execute(NotebookFile notebook, Progress progress)
    {
        TimeSpan start = progress.Elapsed;
        progress.Line($"{notebook.Name}: {notebook.CodeCells.Count()} code cells");
        Dictionary<string, CellResult> results = [];
        KernelSession session = new(notebook.Path, notebook.Name);
        int executionCount = 0;
        foreach (Cell cell in notebook.CodeCells)
        {
            if (cell.IsBlank)
            {
                results[cell.Id] = new CellResult([], null);
                continue;
            }

            // A skipped cell keeps its number: what is committed for the cells after it must not depend on the feed.
            executionCount++;
            progress.Cell(notebook, cell);
            CellResult result = session.Run(new CellRequest(cell.Id, cell.Number, cell.Source, executionCount), Tell);
            if (result.Failure is { IsSetUp: true } setUp && cell.HasTag("optional"))
            {
                progress.Line($"skipped, because it is optional: {setUp.Messages[0]}");
                result = new CellResult(cell.Outputs, cell.ExecutionCount) { SkipReason = setUp.Messages[0] };
            }

            results[cell.Id] = result;
            if (result.Failure is not { } failure)
                continue;
            foreach (string message in failure.Messages)
                progress.Error(message);
            return new Execution(notebook, results, false, start);
        }

        return new Execution(notebook, results, true, start);

        void Tell(KernelMessage message)
        {
            if (message is KernelMessage.Printed printed)
                progress.Stream(printed.Stream, printed.Text);
            else if (message is KernelMessage.Shown shown)
                progress.Shown(shown.Output);
            else if (message is KernelMessage.Warned warned)
                progress.Error(warned.Text);
        }
    }
}
