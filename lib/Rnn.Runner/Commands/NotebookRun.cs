using System.Text.Json.Nodes;
using Rnn.Runner.Host;
using Rnn.Runner.Kernel;
using Rnn.Runner.Notebook;
using Rnn.Runner.Page;
using Rnn.Runner.Pictures;

namespace Rnn.Runner.Commands;

/// <summary>One call of the program: some notebooks, one after the other, each with a fresh state.</summary>
internal sealed class NotebookRun
{
    private readonly Mode mode;
    private readonly string pages;
    private readonly string startFolder = Environment.CurrentDirectory;
    private readonly Progress progress = new(Console.Out, Console.Error);
    private readonly HashSet<string> siblings = [];
    private readonly List<IndexEntry> entries = [];

    public NotebookRun(Mode mode, string pages)
    {
        this.mode = mode;
        this.pages = Path.GetFullPath(pages);
    }

    /// <summary>Runs the notebooks; returns the exit code.</summary>
    public int Run(IReadOnlyList<string> paths)
    {
        // All are read before any is run: a mistake in the last name should not cost the run of the first.
        if (ReadAll(paths) is not List<NotebookFile> notebooks)
            return 2;
        Console.SetIn(TextReader.Null);
        Console.SetOut(new CellWriter("stdout"));
        Console.SetError(new CellWriter("stderr"));
        string index = Path.Combine(pages, "index.html");
        if (notebooks.Count > 1)
            siblings.UnionWith([.. notebooks.Select(PageOf), index]);
        int failed = notebooks.Count(notebook => !TryRun(notebook));
        if (entries.Count > 1)
        {
            AtomicFile.Write(index, IndexPage.Render(entries, index));
            progress.Line($"{entries.Count} notebooks; their index is {index}");
        }

        return failed == 0 ? 0 : 1;
    }

    /// <summary>Writes copies for engines that resolve no relative #r, and for other folders; returns the exit code.</summary>
    public int WritePortableCopies(IReadOnlyList<string> paths, string folder)
    {
        if (ReadAll(paths) is not List<NotebookFile> notebooks)
            return 2;
        foreach (NotebookFile notebook in notebooks)
        {
            string copy = Repository.PlaceBelow(Path.GetFullPath(folder), notebook.Path, ".ipynb");
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            AtomicFile.Write(copy, notebook.CopyFor(Path.GetDirectoryName(copy)!));
            progress.Line(Repository.Shorten(copy, startFolder));
        }

        return 0;
    }

    private List<NotebookFile>? ReadAll(IReadOnlyList<string> paths)
    {
        List<NotebookFile> notebooks = [];
        bool allFine = true;
        foreach (string path in paths)
        {
            try
            {
                string full = Path.GetFullPath(path);
                notebooks.Add(NotebookFile.Read(full, Repository.Shorten(full, startFolder)));
            }
            catch (NotebookException e)
            {
                progress.Error(e.Message);
                allFine = false;
            }
        }

        return allFine ? notebooks : null;
    }

    private bool TryRun(NotebookFile notebook)
    {
        try
        {
            return Run(notebook);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be written, a full disk.
            progress.Error($"{notebook.Name}: {e.Message}");
            return false;
        }
    }

    private bool Run(NotebookFile notebook)
    {
        TimeSpan start = progress.Elapsed;
        progress.Notebook(notebook);
        Dictionary<string, CellResult> results = [];
        // As in VS Code and Jupyter: a notebook's relative paths start from its own folder.
        Environment.CurrentDirectory = notebook.Folder;
        bool succeeded = RunCells(notebook, results);
        Environment.CurrentDirectory = startFolder;

        string name = notebook.Name;
        if (succeeded && mode == Mode.Check)
        {
            string[] differences = [.. notebook.CodeCells
                .Where(cell => results[cell.Id].SkipReason is null)
                .SelectMany(cell => Comparison.Differences(cell, results[cell.Id].Outputs, results[cell.Id].ExecutionCount)
                    .Select(difference => $"{notebook.NameOf(cell)}: {difference}"))];
            foreach (string difference in differences)
                progress.Error(difference);
            succeeded = differences.Length == 0;
            if (succeeded)
                progress.Line($"{name}: up to date ({Elapsed()})");
            else
                progress.Error($"{name}: stale, {differences.Length} {(differences.Length == 1 ? "difference" : "differences")} ({Elapsed()}); --write refreshes it");
        }

        if (succeeded && mode == Mode.Write)
        {
            try
            {
                progress.Line($"{name}: {(Refresh(notebook, results) ? "refreshed" : "unchanged")} ({Elapsed()})");
            }
            catch (PictureException e)
            {
                progress.Error($"{name}: not refreshed: {e.Message}");
                succeeded = false;
            }
        }

        if (mode != Mode.Check)
        {
            string page = PageOf(notebook);
            Directory.CreateDirectory(Path.GetDirectoryName(page)!);
            AtomicFile.Write(page, NotebookPage.Render(notebook, results, page, siblings, progress.Error));
            entries.Add(new IndexEntry(notebook, page, succeeded, progress.Elapsed - start));
            progress.Line($"{name}: {(succeeded ? "done" : "stopped")} in {Elapsed()}; the page is {page}");
        }

        return succeeded;

        string Elapsed() => Progress.Seconds(progress.Elapsed - start);
    }

    private string PageOf(NotebookFile notebook) => Repository.PlaceBelow(pages, notebook.Path, ".html");

    /// <summary>Puts the outputs into the notebook, with pictures of the charts; returns whether that changed it.</summary>
    private bool Refresh(NotebookFile notebook, Dictionary<string, CellResult> results)
    {
        Dictionary<string, CellResult> fresh = results.Where(each => each.Value.SkipReason is null).ToDictionary();
        Dictionary<string, IReadOnlyList<JsonObject>> outputs =
            ChartPictures.Add(notebook, fresh.ToDictionary(each => each.Key, each => each.Value.Outputs), progress);
        byte[] refreshed = notebook.With(fresh.ToDictionary(each => each.Key, each => (outputs[each.Key], each.Value.ExecutionCount)));
        if (refreshed.AsSpan().SequenceEqual(notebook.Bytes))
            return false;
        AtomicFile.Write(notebook.Path, refreshed);
        return true;
    }

    /// <summary>Runs the cells in order, up to the first that fails.</summary>
    private bool RunCells(NotebookFile notebook, Dictionary<string, CellResult> results)
    {
        ScriptSession session = new(notebook, progress);
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
            CellOutput output = new(progress);
            CellOutput.Current = output;
            try
            {
                session.Run(cell, executionCount, output);
                results[cell.Id] = new CellResult(output.Close(), executionCount);
            }
            catch (SetUpException e) when (cell.HasTag("optional"))
            {
                progress.Line($"skipped, because it is optional: {e.Message}");
                results[cell.Id] = new CellResult(cell.Outputs, cell.ExecutionCount, e.Message);
            }
            catch (Exception e) when (e is SetUpException or CellException)
            {
                string[] messages = e is CellException failure ? [.. failure.Messages] : [e.Message];
                output.Error(e is CellException { Name: string error } ? error : "Error", string.Join('\n', messages));
                results[cell.Id] = new CellResult(output.Close(), executionCount);
                foreach (string message in messages)
                    progress.Error(message);
                return false;
            }
            finally
            {
                CellOutput.Current = null;
            }
        }

        return true;
    }
}
