using AngleSharp.Dom;
using Ganss.Xss;

namespace Rnn.Runner.Page;

/// <summary>
/// Takes out of a markdown cell's HTML what could run, load, send or lead away without a click. What a cell has shown as HTML is
/// exempt: it may run scripts, as in a kernel.
/// </summary>
internal static partial class Sanitiser
{
    /// <summary>Deeper markup than this many tags can make would exhaust the parser's stack.</summary>
    private const int MostTags = 5_000;

    private static readonly HtmlSanitizer Cleaner = Create();

    /// <summary>The HTML without what is not allowed; null where there is so much that it cannot be taken apart.</summary>
    public static string? Clean(string html)
    {
        if (html.AsSpan().Count('<') > MostTags)
            return null;
        // It keeps a state while it works.
        lock (Cleaner)
            return Cleaner.Sanitize(html);
    }

    private static HtmlSanitizer Create()
    {
        HtmlSanitizer cleaner = new();
        cleaner.AllowedTags.ExceptWith(
            ["button", "datalist", "fieldset", "form", "input", "keygen", "label", "legend", "map", "area", "menu", "menuitem",
                "meter", "optgroup", "option", "output", "progress", "select", "textarea"]);
        cleaner.AllowedTags.UnionWith(["details", "figcaption", "figure", "summary"]);
        cleaner.AllowedAttributes.ExceptWith(["action", "background", "name", "style", "usemap"]);
        cleaner.AllowedAttributes.UnionWith(["class", "id"]);
        // Those of footnotes and of pictures that are missing.
        cleaner.AllowedClasses.UnionWith(["footnote-ref", "footnote-back-ref", "footnotes", "missing"]);
        cleaner.AllowedSchemes.Clear();
        cleaner.AllowedSchemes.UnionWith(["http", "https", "mailto", "data", "attachment"]);
        cleaner.FilterUrl += (_, e) =>
        {
            bool isPicture = e.Tag.LocalName == "img";
            string scheme = e.OriginalUrl.Split(':')[0].Trim().ToLowerInvariant();
            if (scheme is "data" or "attachment" && !isPicture)
                e.SanitizedUrl = null;
        };
        // A script that looks for a name of its own must not find an element.
        cleaner.PostProcessNode += (_, e) =>
        {
            if (e.Node is IElement { Id: string id } element && !Ids.IsMatch(id))
                element.RemoveAttribute("id");
        };
        return cleaner;
    }

    [GeneratedRegex("^(?!(plotly|rnn.*|define|module|exports|require)$)", RegexOptions.IgnoreCase)]
    private static partial Regex Ids { get; }
}
