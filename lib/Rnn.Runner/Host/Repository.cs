namespace Rnn.Runner.Host;

/// <summary>Where things stand.</summary>
internal static class Repository
{
    private const string Solution = "Rnn.Notebook.sln";

    /// <summary>
    /// The repository's root: that around the current folder, else that which the runner was built in, so that the command
    /// works from anywhere.
    /// </summary>
    public static string Root { get; } =
        RootAbove(Environment.CurrentDirectory) ?? RootAbove(AppContext.BaseDirectory) ?? Environment.CurrentDirectory;

    /// <summary>The notebook that runs when none is named.</summary>
    public static string FirstNotebook => Path.Combine(Root, "notebooks", "01-rnn-from-scratch.ipynb");

    /// <summary>All notebooks of the repository, by name.</summary>
    public static IReadOnlyList<string> Notebooks =>
        Directory.Exists(Path.Combine(Root, "notebooks"))
            ? [.. Directory.EnumerateFiles(Path.Combine(Root, "notebooks"), "*.ipynb", SearchOption.AllDirectories)
                .Where(path => !path.Contains(".ipynb_checkpoints", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)]
            : [];

    /// <summary>The lessons alone, by name.</summary>
    public static IReadOnlyList<string> Lessons =>
        Directory.Exists(Path.Combine(Root, "notebooks"))
            ? [.. Directory.EnumerateFiles(Path.Combine(Root, "notebooks"), "??-*.ipynb").Order(StringComparer.Ordinal)]
            : [];

    /// <summary>
    /// A path as a person would type it here: relative where it leads down from the current folder or the root.
    /// </summary>
    public static string Shorten(string path) => Typed(Environment.CurrentDirectory, path) ?? FromRoot(path);

    /// <summary>A path as a person would type it in the root.</summary>
    public static string FromRoot(string path) => Typed(Root, path) ?? path;

    /// <summary>
    /// Where a notebook's page or copy goes below the folder for such: notebooks in subfolders keep those, because a lesson
    /// and its solution may share a name.
    /// </summary>
    public static string PlaceBelow(string folder, string notebook, string extension)
    {
        string place = Below(Path.Combine(Root, "notebooks"), notebook) ?? Path.GetFileName(notebook);
        return Path.Combine(folder, Path.ChangeExtension(place, extension));
    }

    /// <summary>Whether a file lies in a folder or deeper, once links are followed.</summary>
    public static bool IsWithin(string folder, string path) => Below(Real(folder), Real(path)) is not null;

    private static string Real(string path)
    {
        string full = Path.GetFullPath(path);
        if (Path.GetDirectoryName(full) is not string parent)
            return full;
        string own = Path.Combine(Real(parent), Path.GetFileName(full));
        return new FileInfo(own).ResolveLinkTarget(returnFinalTarget: true)?.FullName is string target ? Real(target) : own;
    }

    private static string? Typed(string folder, string path) => Below(folder, path)?.Replace(Path.DirectorySeparatorChar, '/');

    private static string? Below(string folder, string path)
    {
        string relative = Path.GetRelativePath(folder, path);
        return Path.IsPathRooted(relative) || relative.StartsWith("..", StringComparison.Ordinal) ? null : relative;
    }

    private static string? RootAbove(string? folder) =>
        folder is null || File.Exists(Path.Combine(folder, Solution)) ? folder : RootAbove(Path.GetDirectoryName(folder));
}
