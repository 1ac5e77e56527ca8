namespace Rnn.Runner.Site;

/// <summary>Texts that are printed: each section is one piece, so that no sheet of paper ends within it.</summary>
internal static partial class Sheets
{
    /// <param name="html">The text of a page.</param>
    /// <param name="kind">What the style sheet knows it by.</param>
    public static string InSections(string html, string kind)
    {
        // Paper does not scroll: what waits to come into view would be missing there.
        html = html.Replace(" loading=\"lazy\" decoding=\"async\"", "", StringComparison.Ordinal);
        return $"<div class=\"sheets {kind}\">\n{Section.Replace(html, "<section>\n$0</section>\n")}</div>\n";
    }

    [GeneratedRegex(@"<h2 .*?(?=<h2 |</section>\s*$)", RegexOptions.Singleline)] private static partial Regex Section { get; }
}
