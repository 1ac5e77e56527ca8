using Rnn.Runner.Page;

namespace Rnn.Runner.Site;

/// <summary>A page of the site before its frame is put round it.</summary>
/// <param name="Place">Its path below the site's root, with slashes: <c>solutions/01-rnn-from-scratch.html</c>.</param>
/// <param name="Part">Which part of the course it belongs to.</param>
/// <param name="Name">Its name in menus, a word or two.</param>
/// <param name="Title">Its title.</param>
/// <param name="Description">A sentence or two: what it holds.</param>
/// <param name="Headings">Its headings, in order.</param>
/// <param name="Body">The HTML of its text; what it refers to it finds from its own place.</param>
internal sealed record SitePage(
    string Place, Part Part, string Name, string Title, string Description, IReadOnlyList<Heading> Headings, string Body)
{
    /// <summary>The page that stands where one is missing: it may be shown at any depth.</summary>
    public const string Missing = "404.html";

    /// <summary>The landing page.</summary>
    public const string Landing = "index.html";

    /// <summary>What stands above its title: where it belongs, as HTML.</summary>
    public string Trail { get; init; } = "";

    /// <summary>What it was made of, from the repository's root; null where that is no file of a reader's interest.</summary>
    public string? Source { get; init; }
}
