using Rnn.Runner.Page;

namespace Rnn.Runner.Site;

/// <summary>
/// A lesson as slides for reveal.js. Its cells' <c>slideshow</c> metadata says what is shown, and where a slide begins.
/// </summary>
internal static class Slides
{
    /// <summary>
    /// As of the other pages, and what reveal.js needs for the speaker's window, in which it shows the slides once more.
    /// </summary>
    private const string Policy = "default-src 'none'; script-src 'self' file: 'unsafe-eval' 'unsafe-inline'; "
        + "style-src 'self' file: 'unsafe-inline'; img-src 'self' file: data: blob:; frame-src 'self' file:; "
        + "form-action 'none'; base-uri 'none'";

    /// <summary>A projector's slides are light, whatever the computer's own colours are.</summary>
    public static string Style(string ofOutputs) =>
        Resource.Text("reveal.css")
            + Resource.Text("page.css").Replace("screen and (prefers-color-scheme: dark)", "not all", StringComparison.Ordinal)
            + ofOutputs + Resource.Text("slides.css");

    public static string Script =>
        $"/*\n{Resource.Text("reveal-licence.txt")}*/\n"
            + string.Concat(((string[])["reveal.js", "notes.js", "slides.js", "page.js", "figures.js"]).Select(Resource.Text));

    /// <summary>Whether a notebook says what its slides show.</summary>
    public static bool AreIn(NotebookFile notebook) => notebook.Cells.Any(cell => TypeOf(cell) == "slide");

    /// <summary>On a slide the figure counts, and not the code that makes it.</summary>
    public static bool IsFolded(Cell cell) =>
        cell.Outputs.SelectMany(Outputs.DataOf).Any(data => data.Key == "text/html");

    /// <summary>The slides' HTML, in stacks: a slide and what stands below it.</summary>
    public static string Arrange(IEnumerable<(Cell Cell, string Html)> cells)
    {
        List<List<List<(Cell Cell, string Html)>>> stacks = [];
        foreach ((Cell cell, string html) in cells)
        {
            string? type = TypeOf(cell);
            if (type == "skip")
                continue;
            if (type == "slide" || stacks.Count == 0)
                stacks.Add([[]]);
            else if (type == "subslide")
                stacks[^1].Add([]);
            stacks[^1][^1].Add((cell, html));
        }

        return string.Concat(stacks.Select(stack => $"<section>\n{string.Concat(stack.Select(Slide))}</section>\n"));
    }

    /// <summary>A whole page.</summary>
    /// <param name="page">The slides.</param>
    /// <param name="home">Where the site will be.</param>
    /// <param name="shared">What slides need in place of what other pages need.</param>
    public static byte[] Around(SitePage page, Home home, SharedFiles shared)
    {
        SiteHead head = new(page, home, shared) { Policy = Policy, Colours = "light" };
        string toAssets = $"{home.ToRoot(page.Place)}/{Assets.Folder}";
        return Encoding.UTF8.GetBytes(Resource.Filled("slides.html", head.Html(toAssets), page.Body, page.Trail));
    }

    private static string Slide(List<(Cell Cell, string Html)> cells)
    {
        (Cell Cell, string Html)[] code = [.. cells.Where(each => each.Cell.IsCode)];
        // A figure alone with its text stands beside it.
        bool isBeside = code is [(_, string figure)] && FigureHooks.OneFigure.IsMatch(figure)
            && cells.Any(each => !each.Cell.IsCode && TypeOf(each.Cell) != "notes");
        return $"<section{(isBeside ? " class=\"two-columns\"" : "")}>\n{string.Concat(cells.Select(Piece))}</section>\n";
    }

    private static string Piece((Cell Cell, string Html) each) =>
        TypeOf(each.Cell) == "notes"
            ? $"<aside class=\"notes\">\n{each.Html}</aside>\n"
            : $"<div class=\"cell {each.Cell.Type}\">\n{each.Html}</div>\n";

    private static string? TypeOf(Cell cell) =>
        cell.Metadata.TryGetProperty("slideshow", out JsonElement show) && show.ValueKind == JsonValueKind.Object
        && show.TryGetProperty("slide_type", out JsonElement type) && type.ValueKind == JsonValueKind.String
            ? type.GetString()
            : null;
}
