using Rnn.Runner.Page;

namespace Rnn.Runner.Commands;

/// <summary>What run, check and write have in common: notebooks, one after the other, each with a fresh state.</summary>
internal sealed class NotebookRun(Progress progress, CellLimits limits, StartKernel start)
{
    /// <summary>
    /// Reads all, before any is run, and says with which exit code to end if all goes well. A mistake in the last name should
    /// not cost the run of the first: with 2, there are none. A damaged notebook leaves the others; it is 1 then.
    /// </summary>
    public static (IReadOnlyList<NotebookFile> Notebooks, int ExitCode) ReadAll(IReadOnlyList<string> paths, Progress progress)
    {
        List<NotebookFile> notebooks = [];
        int exitCode = 0;
        foreach (string path in paths.Select(Path.GetFullPath))
        {
            try
            {
                AtomicFile.RemoveLeftOvers(path);
                notebooks.Add(NotebookFile.Read(path, Repository.Shorten(path)));
            }
            catch (NotebookException e)
            {
                progress.Error(e.Message);
                exitCode = Math.Max(exitCode, e.IsNotebook ? 1 : 2);
            }
            catch (Exception e)
            {
                progress.Failure(Repository.Shorten(path), e);
                exitCode = Math.Max(exitCode, 1);
            }
        }

        return (exitCode < 2 ? notebooks : [], exitCode);
    }

    /// <summary>Does something with each, whatever becomes of the others; returns the exit code.</summary>
    /// <param name="notebooks">The notebooks.</param>
    /// <param name="progress">Is told, in one line, what went wrong with one.</param>
    /// <param name="work">Returns whether all is well.</param>
    public static int ForEach(IReadOnlyList<NotebookFile> notebooks, Progress progress, Func<NotebookFile, bool> work)
    {
        int exitCode = 0;
        foreach (NotebookFile notebook in notebooks)
        {
            try
            {
                if (work(notebook))
                    continue;
            }
            catch (Exception e) when (e is CellException or NotebookException)
            {
                progress.Error(e.Message);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A folder that cannot be written, a full disk.
                progress.Error($"{notebook.PlaceOf(e)}: {e.Message}");
            }
            catch (Exception e)
            {
                progress.Failure(notebook.PlaceOf(e), e);
            }

            exitCode = 1;
        }

        return exitCode;
    }

    /// <summary>Writes a file for each below a folder; nothing is run. Returns the exit code.</summary>
    /// <param name="paths">The notebooks.</param>
    /// <param name="folder">Where the files go.</param>
    /// <param name="extension">The files' extension.</param>
    /// <param name="content">What a notebook's file holds, by the path at which it will stand.</param>
    /// <param name="progress">Is told of each file.</param>
    /// <param name="command">What stands before its path then.</param>
    public static int WriteEach(
        IReadOnlyList<string> paths, string folder, string extension, Func<NotebookFile, string, byte[]> content,
        Progress progress, string command = "")
    {
        (IReadOnlyList<NotebookFile> notebooks, int exitCode) = ReadAll(paths, progress);
        int written = ForEach(notebooks, progress, notebook =>
        {
            string path = Repository.PlaceBelow(Path.GetFullPath(folder), notebook.Path, extension);
            byte[] bytes = content(notebook, path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, bytes);
            progress.Line(command + Repository.Shorten(path));
            return true;
        });
        return Math.Max(exitCode, written);
    }

    /// <summary>Runs each and goes on with it as told; returns the exit code.</summary>
    /// <param name="notebooks">The notebooks.</param>
    /// <param name="finish">What becomes of a notebook that has been run; returns whether all is well.</param>
    public int Each(IReadOnlyList<NotebookFile> notebooks, Func<Execution, bool> finish) =>
        ForEach(notebooks, progress, notebook => finish(Execute(notebook)));

    /// <summary>
    /// Runs each, goes on with it as told, and writes it as a page; several get an index. Returns the exit code.
    /// </summary>
    public int WithPages(IReadOnlyList<string> paths, string? output, Func<Execution, bool> finish)
    {
        (IReadOnlyList<NotebookFile> notebooks, int exitCode) = ReadAll(paths, progress);
        string folder = Path.GetFullPath(output ?? Path.Combine(Repository.Root, "artifacts"));
        string index = Path.Combine(folder, "index.html");
        HashSet<string> siblings = notebooks.Count > 1 ? [.. notebooks.Select(PageOf), index] : [];
        List<IndexEntry> entries = [];
        int ran = Each(notebooks, execution =>
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

        return Math.Max(exitCode, ran);

        string PageOf(NotebookFile notebook) => Repository.PlaceBelow(folder, notebook.Path, ".html");
    }

    /// <summary>Runs the cells in order, up to the first that fails.</summary>
    private Execution Execute(NotebookFile notebook)
    {
        TimeSpan began = progress.Elapsed;
        progress.Line($"{notebook.Name}: {notebook.CodeCells.Count()} code cells");
        Dictionary<string, CellResult> results = [];
        using IKernel kernel = start(notebook.Path, notebook.Name, limits);
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
            if (NuGetReferences.LargeIn(cell, notebook.Folder) is string large)
            {
                string reason = $"{large} would be a large download; 'prefetch --large' is what asks for it";
                progress.Line($"skipped: {reason}");
                results[cell.Id] = new CellResult(cell.Outputs, cell.ExecutionCount) { SkipReason = reason };
                continue;
            }

            CellResult result = kernel.Run(new CellRequest(cell.Id, cell.Number, cell.Source, executionCount), Tell);
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
            return new Execution(notebook, results, false, began);
        }

        return new Execution(notebook, results, true, began);

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
