namespace Rnn.Runner.Commands;

/// <summary>
/// Restores what the notebooks' <c>#r "nuget: …"</c> lines name into NuGet's cache, so that no cell has to download anything:
/// for a dev container's prebuild, or before a journey.
/// </summary>
internal static class PrefetchCommand
{
    public static Verb Create(Progress progress) => new(
        "prefetch",
        "Put the packages that the notebooks' #r lines name into NuGet's cache, for a time without a network. "
        + "Exit code 1: one could not be downloaded.",
        ["prefetch"],
        _ => Run(progress));

    private static int Run(Progress progress)
    {
        int exitCode = 0;
        foreach (string path in Repository.Notebooks)
        {
            string name = Repository.FromRoot(path);
            try
            {
                NotebookFile notebook = NotebookFile.Read(path, name);
                IReadOnlyList<(string Package, string Version)> packages = NuGetReferences.In(notebook);
                if (packages.Count == 0)
                    continue;
                new NuGetReferences(notebook.Folder).Resolve(packages, name);
                progress.Line($"{name}: {string.Join(", ", packages.Select(each => $"{each.Package} {each.Version}"))}");
            }
            catch (Exception e) when (e is CellException or NotebookException)
            {
                progress.Error(e.Message);
                exitCode = 1;
            }
        }

        return exitCode;
    }
}
