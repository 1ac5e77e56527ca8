using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Rnn.Runner.Page;

namespace Rnn.Runner.Programs;

/// <summary>
/// A markdown cell as the comments of a program: wrapped, without marks, its formulas as one writes them in a line.
/// </summary>
internal sealed class Prose(NotebookFile notebook)
{
    /// <summary>As wide as the lessons' code.</summary>
    public const int Width = 90;

    private const string Mark = "// ";

    /// <summary>The cell's headings, and the comments between them, each as lines.</summary>
    public IEnumerable<(HeadingBlock? Heading, string Comment)> Of(Cell cell)
    {
        List<string> lines = [];
        if (MarkdownRenderer.Shallow(() => MarkdownRenderer.Parse(cell.Source)) is not MarkdownDocument document)
        {
            yield return (null, Comment(cell.Source.Split('\n')));
            yield break;
        }

        foreach (Block block in document)
        {
            if (block is not HeadingBlock heading)
            {
                Add(lines, Lines(block, Width - Mark.Length));
                continue;
            }

            if (lines.Count > 0)
                yield return (null, Comment(lines));
            lines.Clear();
            yield return (heading, "");
        }

        if (lines.Count > 0)
            yield return (null, Comment(lines));
    }

    /// <summary>Running text as a comment.</summary>
    public static string Comment(string text) => Comment(Wrap(text, Width - Mark.Length));

    private static string Comment(IEnumerable<string> lines) =>
        string.Join('\n', lines.Select(line => $"{Mark}{line}".TrimEnd()));

    /// <summary>Adds the lines of a block, apart from what is there already.</summary>
    private static void Add(List<string> lines, List<string> block, bool isTight = false)
    {
        if (lines.Count > 0 && block.Count > 0 && !isTight)
            lines.Add("");
        lines.AddRange(block);
    }

    private List<string> Lines(Block block, int width)
    {
        List<string> lines = [];
        switch (block)
        {
            case MathBlock math:
                return Indented(PlainFormula.Of(math.Lines.ToString(), display: true).Split('\n'));
            case CodeBlock code:
                return Indented(code.Lines.ToString().Split('\n'));
            case Table table:
                return Aligned(table);
            case ListBlock list:
                int number = int.TryParse(list.OrderedStart, CultureInfo.InvariantCulture, out int first) ? first : 1;
                foreach (ListItemBlock item in list.Cast<ListItemBlock>())
                {
                    string mark = list.IsOrdered ? $"{number++}. " : "- ";
                    List<string> its = Lines((ContainerBlock)item, width - mark.Length);
                    Add(lines, [.. its.Select((line, i) => (i == 0 ? mark : new string(' ', mark.Length)) + line)],
                        isTight: !list.IsLoose);
                }

                return lines;
            case LeafBlock { Inline: ContainerInline inline }:
                foreach (string part in Text(inline).Split('\n'))
                    lines.AddRange(part.StartsWith(' ') ? [part] : Wrap(part, width));
                return lines;
            case HtmlBlock html:
                return Wrap(WithoutTags(html.Lines.ToString()), width);
            case ContainerBlock container:
                return Lines(container, width);
            default:
                return lines;
        }
    }

    private List<string> Lines(ContainerBlock container, int width)
    {
        List<string> lines = [];
        foreach (Block block in container)
            Add(lines, Lines(block, width), isTight: block is ListBlock);
        return lines;
    }

    private static List<string> Indented(IEnumerable<string> lines) => [.. lines.Select(line => $"    {line}".TrimEnd())];

    /// <summary>A table in columns, with a line below its header.</summary>
    private List<string> Aligned(Table table)
    {
        string[][] rows = [.. table.OfType<TableRow>().Select(row => row.OfType<TableCell>()
            .Select(cell => string.Join(' ', Lines((ContainerBlock)cell, int.MaxValue))).ToArray())];
        int columns = rows.Max(row => row.Length);
        int[] widths = [.. Enumerable.Range(0, columns).Select(j => rows.Max(row => j < row.Length ? row[j].Length : 0))];
        List<string> lines =
            [.. rows.Select(row => string.Join("  ", row.Select((text, j) => text.PadRight(widths[j]))).TrimEnd())];
        lines.Insert(1, string.Join("  ", widths.Select(width => new string('-', width))));
        return Indented(lines);
    }

    private static List<string> Wrap(string text, int width)
    {
        List<string> lines = [];
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines.Count > 0 && lines[^1].Length + 1 + word.Length <= width)
                lines[^1] += $" {word}";
            else
                lines.Add(word);
        }

        return lines;
    }

    /// <summary>Text without its marks; a displayed formula in it stands on lines of its own, which begin with blanks.</summary>
    private string Text(Inline? inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => $"`{code.Content}`",
        MathInline { DelimiterCount: 2 } math =>
            $"\n{string.Join('\n', Indented(PlainFormula.Of(math.Content.ToString(), display: true).Split('\n')))}\n",
        MathInline math => PlainFormula.Of(math.Content.ToString(), display: false),
        LineBreakInline line => line.IsHard ? "\n" : " ",
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        AutolinkInline link => link.Url,
        TaskList task => task.Checked ? "[x]" : "[ ]",
        LinkInline { IsImage: true } picture => $"[{Content(picture)} See {Place(picture.Url)}.]",
        LinkInline { Url: string url } link when url.Length > 0 && url[0] != '#' && url != Content(link) =>
            $"{Content(link)} ({Place(url)})",
        ContainerInline container => Content(container),
        _ => "",
    };

    private string Content(ContainerInline container) => string.Concat(container.Select(Text));

    /// <summary>Where a link leads, from the repository's root.</summary>
    private string Place(string? url) => Uri.TryCreate(url, UriKind.Absolute, out _) ? url! : Repository.FromRoot(
        Path.GetFullPath(Path.Combine(notebook.Folder, Uri.UnescapeDataString((url ?? "").Split('#')[0]))));

    private static string WithoutTags(string html) => WebUtility.HtmlDecode(
        Regex.Replace(html, "<!--.*?-->|<[^>]*>", " ", RegexOptions.Singleline)).ReplaceLineEndings(" ");
}
