namespace Rnn.Runner.Commands;

/// <summary>Writes copies for engines that resolve no relative #r, and for other folders.</summary>
internal static class PortableCommand
{
    public static Verb Create(Progress progress)
    {
        Argument<string> folder = new("folder") { Description = "Where the copies go." };
        Argument<string[]> notebooks = CommandLine.Notebooks("all below notebooks/");
        return new(
            "portable",
            "Write copies of notebooks with absolute paths, which run in any folder and in Verso; nothing is run.",
            ["portable artifacts/portable", "portable artifacts/portable notebooks/01-rnn-from-scratch.ipynb"],
            arguments => Write(CommandLine.Named(arguments, notebooks), arguments.GetValue(folder)!, progress))
        { folder, notebooks };
    }

    private static int Write(IReadOnlyList<string> paths, string folder, Progress progress)
    {
        (IReadOnlyList<NotebookFile> notebooks, int exitCode) = NotebookRun.ReadAll(paths, progress);
        int written = NotebookRun.ForEach(notebooks, progress, notebook =>
        {
            string copy = Repository.PlaceBelow(Path.GetFullPath(folder), notebook.Path, ".ipynb");
            byte[] bytes = PortableCopy.Of(notebook);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            AtomicFile.Write(copy, bytes);
            progress.Line(Repository.Shorten(copy));
            return true;
        });
        return Math.Max(exitCode, written);
    }
}
