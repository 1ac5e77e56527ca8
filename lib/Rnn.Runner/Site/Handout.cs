namespace Rnn.Runner.Site;

/// <summary>
/// What a participant of the workshop takes home. <c>handout.md</c> has only what is said nowhere else; its comments name what
/// comes from the plan, the lesson and the cheat sheet.
/// </summary>
/// <param name="plan">The plan's text.</param>
/// <param name="lesson">The lesson that the 45 minutes go through.</param>
/// <param name="sheet">The cheat sheet's text.</param>
internal sealed partial class Handout(string plan, NotebookFile lesson, string sheet)
{
    /// <summary>The text with all of that in it.</summary>
    /// <exception cref="NotebookException">A comment names what is not there.</exception>
    public string Filled(string text) =>
        Comment.Replace(text, match => (match.Groups["what"].Value, match.Groups["name"].Value) switch
        {
            ("do", string name) => ToDo(name),
            ("figure", string cell) => Picture(cell),
            ("question", string cell) => Question(cell),
            ("questions", "") => string.Concat(Rows("question").Select(row => $"{row[0]}. {row[1]}\n\n    ***\n\n")),
            ("answers", "") => string.Concat(Rows("question").Select(row => $"{row[0]}. {row[2]} ({row[3]})\n")),
            ("formulas", "") => string.Join("\n\n", Formula.Matches(sheet).Select(Named)),
            _ => throw Missing(match.Value),
        });

    /// <summary>What the plan has the participants do in a part of the 45 minutes.</summary>
    private string ToDo(string part)
    {
        string[] row = Rows("minutes").FirstOrDefault(row => row[1] == $"**{part}**") ?? throw Missing(part);
        return $"**{row[0]} minutes.** {char.ToUpperInvariant(row[3][0])}{row[3][1..]}{(row[3].EndsWith('?') ? "" : ".")}";
    }

    /// <summary>The picture that a cell's figure was committed with.</summary>
    private string Picture(string cell) =>
        CellNamed(cell).Outputs.SelectMany(Outputs.DataOf).Where(data => data.Key == "text/html")
            .Select(data => FigurePicture.Match(data.Value)).FirstOrDefault(picture => picture.Success)?.Value
        ?? throw Missing(cell);

    /// <summary>The question that stands beside a figure.</summary>
    private string Question(string cell) =>
        Asked.Match(CellNamed(cell).Source) is { Success: true } match ? $"**The question:** {match.Groups["text"].Value}"
            : throw Missing(cell);

    private Cell CellNamed(string id) => lesson.Cells.FirstOrDefault(cell => cell.Id == id) ?? throw Missing(id);

    /// <summary>The rows of one of the plan's tables.</summary>
    /// <param name="column">One of its headings that no other table has.</param>
    private IEnumerable<string[]> Rows(string column) =>
        plan.Split('\n').SkipWhile(line => !line.StartsWith('|') || !Cells(line).Contains(column)).Skip(2)
            .TakeWhile(line => line.StartsWith('|')).Select(Cells);

    private static string[] Cells(string line) => [.. line.Trim('|', ' ').Split('|').Select(cell => cell.Trim())];

    /// <summary>A formula of the cheat sheet below its name.</summary>
    private static string Named(Match formula) => $"**{formula.Groups["name"].Value}**\n\n{formula.Groups["tex"].Value.Trim()}";

    private static NotebookException Missing(string what) =>
        new($"notebooks/handout.md: there is no {what}") { IsNotebook = false };

    [GeneratedRegex(@"<!-- (?<what>[a-z]+)(?:: (?<name>[^>]+?))? -->")] private static partial Regex Comment { get; }

    [GeneratedRegex("""<img [^>]*src="data:image/[^>]*>""")] private static partial Regex FigurePicture { get; }

    [GeneratedRegex(@"\*The question:\* (?<text>[^\n]+)")] private static partial Regex Asked { get; }

    [GeneratedRegex(@"^## \d\. (?<name>.+)\n(?<tex>(?:\n\$\$.+\$\$\n)+)", RegexOptions.Multiline)]
    private static partial Regex Formula { get; }
}
