using Rnn.Runner.Page;

namespace Rnn.Runner.Site;

/// <summary>A page of the site before its frame is put round it.</summary>
/// <param name="Place">Its path below the site's root, with slashes: <c>solutions/01-rnn-from-scratch.html</c>.</param>
/// <param name="Title">Its title.</param>
/// <param name="Description">One sentence: what it holds.</param>
/// <param name="Headings">Its headings, in order.</param>
/// <param name="Body">The HTML between its title bar and its foot; what it refers to it finds from its own place.</param>
/// <param name="Styles">The style sheets that it needs beside the site's own, by their names among the assets.</param>
internal sealed record SitePage(
    string Place, string Title, string Description, IReadOnlyList<Heading> Headings, string Body, IReadOnlyList<string> Styles)
{
    /// <summary>The way from a page to the site's root: <c>.</c> or <c>..</c>.</summary>
    public static string ToRoot(string place) => place.Contains('/', StringComparison.Ordinal) ? ".." : ".";
}
