using Rnn.Runner.Host;
using Rnn.Runner.Kernel;
using Rnn.Runner.Notebook;

namespace Rnn.Runner.Commands;

/// <summary>
/// Restores what the notebooks' <c>#r "nuget: …"</c> lines name into NuGet's cache, so that no cell has to download anything:
/// for a dev container's prebuild, or before a journey.
/// </summary>
internal static class Prefetch
{
    /// <returns>The exit code: 1 if a package could not be had.</returns>
    public static int Run()
    {
        int exitCode = 0;
        foreach (string path in Repository.Notebooks)
        {
            string name = Repository.Shorten(path, Repository.Root);
            try
            {
                NotebookFile notebook = NotebookFile.Read(path, name);
                IReadOnlyList<(string Package, string Version)> packages = NuGetReferences.In(notebook);
                if (packages.Count == 0)
                    continue;
                new NuGetReferences(notebook.Folder).Resolve(packages);
                Console.WriteLine($"{name}: {string.Join(", ", packages.Select(each => $"{each.Package} {each.Version}"))}");
            }
            catch (Exception e) when (e is SetUpException or NotebookException)
            {
                Console.Error.WriteLine(e is SetUpException ? $"{name}: {e.Message}" : e.Message);
                exitCode = 1;
            }
        }

        return exitCode;
    }
}
