using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Rnn.Browser.Tests.Site;

/// <summary>A page of the site as it is written, before any script has run.</summary>
/// <param name="Place">Its path from the site's root.</param>
/// <param name="Document">What it holds.</param>
internal sealed record WrittenPage(string Place, IDocument Document)
{
    private static readonly Lazy<WrittenPage[]> Read = new(() =>
    [
        .. BuiltSite.Places.Select(place =>
            new WrittenPage(place, new HtmlParser().ParseDocument(File.ReadAllText(BuiltSite.PathOf(place))))),
    ]);

    /// <summary>All pages.</summary>
    public static IReadOnlyList<WrittenPage> All => Read.Value;

    /// <summary>All pages by their places.</summary>
    public static Dictionary<string, WrittenPage> ByPlace => All.ToDictionary(page => page.Place);

    /// <summary>All that leads from it to somewhere or is loaded for it, each with its element.</summary>
    public IEnumerable<(IElement Element, string Link)> Links =>
        from element in Document.All
        from name in (string[])["href", "src", "poster", "data", "action", "xlink:href"]
        where element.HasAttribute(name)
        select (element, element.GetAttribute(name)!);

    /// <summary>The path from the site's root and the fragment that a link leads to; null where it leads out of it.</summary>
    public (string Place, string Fragment)? Target(string link)
    {
        Uri root = BuiltSite.Server.Root, to = new(new Uri(root, Place), link);
        return root.IsBaseOf(to)
            ? (Uri.UnescapeDataString(root.MakeRelativeUri(to).OriginalString.Split('#')[0]),
                Uri.UnescapeDataString(to.Fragment.TrimStart('#')))
            : null;
    }

    /// <summary>What a meta element says; null where there is none.</summary>
    public string? Meta(string name) =>
        Document.QuerySelector($"meta[name='{name}'], meta[property='{name}']")?.GetAttribute("content");
}
