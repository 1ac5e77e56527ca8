namespace Rnn.Runner.Commands;

/// <summary>
/// Restores what the notebooks' <c>#r "nuget: …"</c> lines name into NuGet's cache, so that no cell has to download anything:
/// for a dev container's prebuild, or before a journey.
/// </summary>
internal static class PrefetchCommand
{
    public static Verb Create(Progress progress)
    {
        Option<bool> large = new("--large")
        {
            Description = "Also those of cells tagged 'large', which may be hundreds of megabytes each.",
        };
        return new(
            "prefetch",
            "Put the packages that the notebooks' #r lines name into NuGet's cache, for a time without a network. "
            + "Exit code 1: one could not be downloaded.",
            ["prefetch", "prefetch --large"],
            arguments => Run(progress, arguments.GetValue(large)))
        { large };
    }

    private static int Run(Progress progress, bool withLarge)
    {
        int exitCode = 0;
        foreach (string path in Repository.Notebooks)
        {
            string name = Repository.FromRoot(path);
            try
            {
                NotebookFile notebook = NotebookFile.Read(path, name);
                // As the kernel takes them: a cell's all at once, and on top of those that the cells before it could have.
                NuGetReferences nuget = new(notebook.Folder);
                List<string> fetched = [], leftOut = [];
                foreach (Cell cell in notebook.CodeCells)
                {
                    if (!withLarge && NuGetReferences.LargeIn(cell, notebook.Folder) is string absent)
                        leftOut.Add(absent);
                    else if (Fetch(nuget, cell, name) is { Length: > 0 } packages)
                        fetched.Add(packages);
                }

                if (fetched.Count > 0)
                    progress.Line($"{name}: {string.Join(", ", fetched)}");
                if (leftOut.Count > 0)
                    progress.Line($"{name}: left out, because large: {string.Join(", ", leftOut)}; 'prefetch --large' gets them");
            }
            catch (NotebookException e)
            {
                Fail(e);
            }
        }

        return exitCode;

        string Fetch(NuGetReferences nuget, Cell cell, string name)
        {
            IReadOnlyList<(string Package, string Version)> packages = NuGetReferences.In(cell);
            try
            {
                if (packages.Count > 0)
                    nuget.Resolve(packages, name);
                return string.Join(", ", packages.Select(each => $"{each.Package} {each.Version}"));
            }
            catch (CellException e)
            {
                Fail(e);
                return "";
            }
        }

        void Fail(Exception e)
        {
            progress.Error(e.Message);
            exitCode = 1;
        }
    }
}
