using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.TaskLists;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Rnn.Runner.Page;

/// <summary>
/// Markdown cells as HTML: what Jupyter and VS Code understand, with formulas as MathML, code highlighted, pictures inside
/// the page, and links that lead from the page to where they led from the notebook.
/// </summary>
/// <param name="notebook">Whose cells they are.</param>
/// <param name="highlighter">Colours its code.</param>
/// <param name="address">Where on the page a link to a file leads, without fragment; null where it can lead nowhere.</param>
/// <param name="warn">Told what the page has to do without.</param>
internal sealed partial class MarkdownRenderer(
    NotebookFile notebook, Highlighter highlighter, Func<string, string?> address, Action<string> warn)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseMathematics()
        .UseTaskLists()
        .UseAutoLinks()
        .UseFootnotes()
        .UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough)
        .Build();

    /// <summary>Stand round the number of a piece of HTML that is the page's own; no text keeps them.</summary>
    private const char Open = '\uF500', Shut = '\uF501';

    private readonly HashSet<string> ids = [];
    private readonly List<Heading> headings = [];

    /// <summary>The headings of all that was rendered so far.</summary>
    public IReadOnlyList<Heading> Headings => headings;

    public string Render(Cell cell) => Render(cell.Source, cell.Attachments);

    public string Render(string text, JsonElement? attachments = null)
    {
        int before = headings.Count;
        if (Shallow(() => Rendered(text, attachments)) is string html)
            return html;
        headings.RemoveRange(before, headings.Count - before);
        warn($"{notebook.Name}: a text is nested too deeply, and stands on the page as it is written");
        return $"<pre>{Html.Encode(text)}</pre>\n";
    }

    private string? Rendered(string text, JsonElement? attachments)
    {
        MarkdownDocument document = Parse(text);
        List<string> own = [];
        foreach (HeadingBlock block in document.Descendants<HeadingBlock>())
        {
            headings.Add(new(block.Level, PlainText(block), IdFor(PlainText(block))));
            block.GetAttributes().Id = headings[^1].Id;
        }

        using StringWriter writer = new();
        HtmlRenderer renderer = new(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<HtmlMathInlineRenderer>(
            new Renderer<MathInline>(math => Keep(Formula(math.Content.ToString(), math.DelimiterCount == 2))));
        renderer.ObjectRenderers.Replace<HtmlMathBlockRenderer>(
            new Renderer<MathBlock>(math => Keep(Formula(math.Lines.ToString(), display: true)) + "\n"));
        renderer.ObjectRenderers.Replace<CodeBlockRenderer>(new Renderer<CodeBlock>(code => Keep(Code(code)) + "\n"));
        renderer.ObjectRenderers.Replace<HtmlTaskListRenderer>(new Renderer<TaskList>(task =>
            Keep($"<input disabled=\"disabled\" type=\"checkbox\"{(task.Checked ? " checked=\"checked\"" : "")}>")));
        renderer.Render(document);
        if (Clean(writer.ToString(), attachments) is not string html)
            return null;

        // A wide table scrolls in a box of its own and leaves the page as it is.
        html = html.Replace("<table>", "<div class=\"scroll\"><table>", StringComparison.Ordinal)
            .Replace("</table>", "</table></div>", StringComparison.Ordinal);
        return Kept.Replace(html, match => own[int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)]);

        string Keep(string piece)
        {
            own.Add(piece);
            return $"{Open}{own.Count - 1}{Shut}";
        }
    }

    /// <summary>
    /// HTML that no cell has shown: without what could run, its pictures in it, its links as on the page; null where it is nested
    /// too deeply.
    /// </summary>
    public string? Clean(string html, JsonElement? attachments = null) =>
        Sanitiser.Clean(html) is string clean
            ? LinkTarget.Replace(
                ImageTag.Replace(clean, match => Inline(match, attachments)),
                Relink)
            : null;

    /// <summary>What a markdown cell is made of.</summary>
    public static MarkdownDocument Parse(string text) =>
        Markdown.Parse(text.Replace(Open, '\ufffd').Replace(Shut, '\ufffd'), Pipeline);

    /// <summary>What the work gives; null where Markdig finds its text nested too deeply.</summary>
    public static T? Shallow<T>(Func<T?> work)
        where T : class
    {
        try
        {
            return work();
        }
        catch (ArgumentException e) when (e.Message.Contains("too deeply nested", StringComparison.Ordinal))
        {
            return null;
        }
    }

    /// <summary>A notebook's title, and the first sentence of its text.</summary>
    public static (string Title, string Summary) Describe(NotebookFile notebook)
    {
        LeafBlock[] blocks = [.. notebook.Cells.Where(cell => cell.Type == "markdown")
            .SelectMany(cell => Shallow(() => Parse(cell.Source))?.Descendants<LeafBlock>() ?? [])];
        string? title = blocks.OfType<HeadingBlock>().Select(PlainText).FirstOrDefault();
        string text = blocks.OfType<ParagraphBlock>().Select(PlainText).FirstOrDefault("");
        title ??= Path.GetFileNameWithoutExtension(notebook.Path);
        return (title, FirstSentence.Match(text) is { Success: true } match ? match.Value : text);
    }

    /// <summary>A block without its marks.</summary>
    public static string PlainText(LeafBlock block) =>
        string.Concat((block.Inline?.Descendants() ?? []).Select(inline => inline switch
        {
            LiteralInline literal => literal.Content.ToString(),
            CodeInline code => code.Content,
            MathInline math => math.Content.ToString(),
            LineBreakInline => " ",
            HtmlEntityInline entity => entity.Transcoded.ToString(),
            _ => "",
        })).Trim();

    /// <summary>The id that GitHub and VS Code give a heading, so that links inside a notebook work here too.</summary>
    private string IdFor(string text)
    {
        string slug = NotInAnchors.Replace(text.ToLowerInvariant(), "").Replace(' ', '-');
        slug = slug.Length == 0 ? "section" : slug;
        string id = slug;
        for (int i = 1; !ids.Add(id); i++)
            id = $"{slug}-{i}";
        return id;
    }

    /// <summary>Puts the picture itself in place of a reference to it.</summary>
    private string Inline(Match tag, JsonElement? attachments)
    {
        string source = WebUtility.HtmlDecode(tag.Groups[2].Value);
        string alt = AltText.Match(tag.Value) is { Success: true } match ? match.Groups[1].Value : Html.Encode(source);
        string[] parts = source.Split(':', 2);
        string? data;
        if (parts[0] == "data")
            data = PictureData.OfAddress(source);
        else if (parts[0] == "attachment")
            data = Attachment(parts[1], attachments);
        else if (IsRemote(source))
            return $"<a href=\"{Html.Encode(source)}\">{alt}</a>";
        else
            data = PictureData.OfFile(notebook, source);
        if (data is not null)
            return $"{tag.Groups[1].Value}\"{data}\"{tag.Groups[3].Value}";

        string named = source.Length <= 80 ? source : $"{source[..80]}…";
        warn($"{notebook.Name}: the picture '{named}' was not found, or is none");
        return $"<em class=\"missing\">[{alt}]</em>";
    }

    private static string? Attachment(string name, JsonElement? attachments) =>
        attachments is { ValueKind: JsonValueKind.Object } all
        && all.TryGetProperty(Uri.UnescapeDataString(name), out JsonElement file) && file.ValueKind == JsonValueKind.Object
            ? file.EnumerateObject()
                .Select(each => Outputs.JoinLines(each.Value) is string text ? PictureData.OfNotebook(each.Name, text) : null)
                .FirstOrDefault(each => each is not null)
            : null;

    /// <summary>A relative link started from the notebook's folder; on the page it starts from the page's.</summary>
    private string Relink(Match link)
    {
        string target = WebUtility.HtmlDecode(link.Groups[2].Value);
        if (target.StartsWith('#') || target.Length == 0 || IsRemote(target)
            || Uri.UnescapeDataString(target).Contains('\0', StringComparison.Ordinal))
            return link.Value;
        string[] parts = target.Split('#', 2);
        string fragment = parts.Length > 1 ? $"#{Html.Encode(parts[1])}" : "";
        string path = Path.GetFullPath(Path.Combine(notebook.Folder, Uri.UnescapeDataString(parts[0])));
        return address(path) is string to ? $"{link.Groups[1].Value} href=\"{to}{fragment}\"" : link.Groups[1].Value;
    }

    private static bool IsRemote(string target) => target.StartsWith("//", StringComparison.Ordinal) || Scheme.IsMatch(target);

    /// <summary>A formula, and a warning where it has to stay TeX.</summary>
    public string Formula(string tex, bool display) => Page.Formula.ToHtml(tex, display, why => warn($"{notebook.Name}: {why}"));

    private string Code(CodeBlock block)
    {
        string code = block.Lines.ToString();
        return (block as FencedCodeBlock)?.Info?.ToLowerInvariant() is "csharp" or "cs" or "c#"
            ? highlighter.ToHtml(code)
            : $"<pre><code>{Html.Encode(code)}</code></pre>";
    }

    private sealed class Renderer<T>(Func<T, string> html) : HtmlObjectRenderer<T>
        where T : MarkdownObject
    {
        protected override void Write(HtmlRenderer renderer, T obj) => renderer.Write(html(obj));
    }

    [GeneratedRegex("""(<img\b[^>]*?\bsrc=)"([^"]*)"([^>]*>)""", RegexOptions.IgnoreCase)]
    private static partial Regex ImageTag { get; }

    [GeneratedRegex(@"\balt=""([^""]+)""", RegexOptions.IgnoreCase)] private static partial Regex AltText { get; }

    [GeneratedRegex(@"(<a\b[^>]*?)\s+href=""([^""]*)""", RegexOptions.IgnoreCase)]
    private static partial Regex LinkTarget { get; }

    [GeneratedRegex("^[a-z][a-z0-9+.-]*:", RegexOptions.IgnoreCase)] private static partial Regex Scheme { get; }

    [GeneratedRegex(@"^.+?[.!?](?=\s|$)", RegexOptions.Singleline)] private static partial Regex FirstSentence { get; }

    [GeneratedRegex(@"\uF500(\d+)\uF501")] private static partial Regex Kept { get; }

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")] private static partial Regex NotInAnchors { get; }
}
