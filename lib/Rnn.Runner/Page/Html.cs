namespace Rnn.Runner.Page;

/// <summary>Text and links, as they stand in HTML.</summary>
internal static class Html
{
    /// <summary>Text for HTML; letters of every language stay as they are.</summary>
    public static string Encode(string text) =>
        new StringBuilder(text).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;")
            .ToString();

    /// <summary>The link that leads from one file to another.</summary>
    public static string Link(string from, string to)
    {
        string relative = Path.GetRelativePath(Path.GetDirectoryName(from)!, to);
        return Encode(string.Join('/', relative.Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString)));
    }
}
