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
            arguments => NotebookRun.WriteEach(
                CommandLine.Named(arguments, notebooks), arguments.GetValue(folder)!, ".ipynb",
                (notebook, _) => PortableCopy.Of(notebook), progress))
        { folder, notebooks };
    }
}
