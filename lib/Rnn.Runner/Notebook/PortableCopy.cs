namespace Rnn.Runner.Notebook;

/// <summary>
/// Copies of notebooks that run in another folder. In their code, paths become absolute: those of #r lines, and each quoted
/// text that is the path of a file, or begins with that of a folder where $"…{…}" puts together the rest. In their prose,
/// pictures are looked for from the other folder.
/// </summary>
internal static partial class PortableCopy
{
    /// <summary>The file's bytes for a copy in another folder.</summary>
    public static byte[] CopyFor(this NotebookFile notebook, string folder) =>
        notebook.Spliced(notebook.Cells.Select(cell =>
        {
            // On the JSON itself, where quotes and backslashes of the code have a backslash before them.
            string json = Encoding.UTF8.GetString(notebook.Bytes[cell.SourceRange]);
            return (cell.SourceRange, cell.IsCode
                ? QuotedText.Replace(json, match => $"{match.Groups["before"].Value}{Absolute(notebook.Folder, match)}\\\"")
                : Picture.Replace(json, match => RelativeTo(folder, notebook.Folder, match.Value)));
        }));

    private static string Absolute(string folder, Match quoted)
    {
        string text = quoted.Groups["text"].Value;
        string path = text.Replace(@"\\", "/", StringComparison.Ordinal);
        string full = Path.GetFullPath(Path.Combine(folder, path));
        bool isLibrary = quoted.Groups["reference"].Success && path.EndsWith(".dll", StringComparison.Ordinal);
        return isLibrary || File.Exists(full) || IsBelowFolder(folder, path)
            // Slashes, which every system takes, and which no string of C# has to escape.
            ? full.Replace('\\', '/')
            : text;
    }

    private static bool IsBelowFolder(string folder, string path)
    {
        int hole = path.IndexOf('{', StringComparison.Ordinal);
        int slash = hole < 0 ? -1 : path.LastIndexOf('/', hole);
        return slash > 0 && Directory.Exists(Path.Combine(folder, path[..slash]));
    }

    private static string RelativeTo(string folder, string from, string picture)
    {
        string path = Path.GetFullPath(Path.Combine(from, Uri.UnescapeDataString(picture)));
        string[] parts = Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar);
        return File.Exists(path) ? string.Join('/', parts.Select(Uri.EscapeDataString)) : picture;
    }

    [GeneratedRegex("""(?<before>(?<reference>#r\s+)?\\")(?<text>(?:[^"\\]|\\\\)+)\\["]""")]
    private static partial Regex QuotedText { get; }

    [GeneratedRegex(@"(?<=!\[[^\]]*\]\()[^)\s""\\]+")] private static partial Regex Picture { get; }
}
