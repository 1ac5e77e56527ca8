namespace Rnn.Runner.Page;

/// <summary>
/// An executed notebook as one HTML page that is complete in itself: nothing of it is fetched from anywhere.
/// </summary>
internal sealed class NotebookPage(
    NotebookFile notebook, IReadOnlyDictionary<string, CellResult> results, Highlighter highlighter, MarkdownRenderer markdown,
    Action<string> warn)
{
    /// <summary>
    /// Makes sure that nothing is fetched, whatever a cell's markup says. Scripts may run, since charts and explorers need them;
    /// 'unsafe-eval' is for plotly.js, which compiles some of its drawing code.
    /// </summary>
    private const string Policy = "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; "
        + "style-src 'unsafe-inline'; img-src data: blob:; font-src data:; "
        + "form-action 'none'; base-uri 'none'; frame-src 'none'";

    private Func<Cell, bool> isFolded = cell => cell.IsFolded;

    /// <summary>What an output is shown in, the best first.</summary>
    private static readonly string[] Mimes =
        ["text/html", "image/svg+xml", "image/png", "image/jpeg", "image/gif", "text/markdown", "text/latex", "text/plain"];

    /// <summary>Renders the page.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="results">How its code cells came out, by id; a cell that is missing has not run.</param>
    /// <param name="path">Where the page will stand.</param>
    /// <param name="siblings">
    /// Where the other pages of the run stand or will stand, the index among them; links lead there.
    /// </param>
    /// <param name="warn">Told what the page has to do without.</param>
    public static byte[] Render(
        NotebookFile notebook, IReadOnlyDictionary<string, CellResult> results, string path, IReadOnlySet<string> siblings,
        Action<string> warn)
    {
        string? index = siblings.FirstOrDefault(each => Path.GetFileName(each) == "index.html");
        string header = index is null ? "" : $"<header><a href=\"{Html.Link(path, index)}\">All notebooks</a></header>\n";
        return Create(notebook, results, Address, warn).Render(header);

        string Address(string target)
        {
            if (target.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase))
            {
                string pagesFolder = path[..^Repository.PlaceBelow("", notebook.Path, ".html").Length];
                string page = Repository.PlaceBelow(pagesFolder, target, ".html");
                target = siblings.Contains(page) || File.Exists(page) ? page : target;
            }

            return Html.Link(path, target);
        }
    }

    /// <summary>The cells alone, and the headings in them, for a page of another look.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="results">How its code cells came out, by id.</param>
    /// <param name="address">Where a link to a file leads; null where it can lead nowhere.</param>
    /// <param name="warn">Told what the page has to do without.</param>
    public static (string Cells, IReadOnlyList<Heading> Headings) Content(
        NotebookFile notebook, IReadOnlyDictionary<string, CellResult> results, Func<string, string?> address,
        Action<string> warn)
    {
        NotebookPage page = Create(notebook, results, address, warn);
        return (page.Cells(), page.Headings);
    }

    /// <summary>What each cell shows, for a page that arranges them in its own way.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="results">How its code cells came out, by id.</param>
    /// <param name="address">Where a link to a file leads; null where it can lead nowhere.</param>
    /// <param name="isFolded">Whether a cell's code is folded away.</param>
    /// <param name="warn">Told what the page has to do without.</param>
    public static IEnumerable<(Cell Cell, string Html)> Pieces(
        NotebookFile notebook, IReadOnlyDictionary<string, CellResult> results, Func<string, string?> address,
        Func<Cell, bool> isFolded, Action<string> warn)
    {
        NotebookPage page = Create(notebook, results, address, warn);
        page.isFolded = isFolded;
        return notebook.Cells.Select(cell => (cell, notebook.InCell(cell, () => page.Body(cell))));
    }

    private static NotebookPage Create(
        NotebookFile notebook, IReadOnlyDictionary<string, CellResult> results, Func<string, string?> address,
        Action<string> warn)
    {
        Highlighter highlighter = new(notebook);
        return new(notebook, results, highlighter, new MarkdownRenderer(notebook, highlighter, address, warn), warn);
    }

    /// <summary>A whole page of the runner's look.</summary>
    public static byte[] Document(string title, string head, string body) =>
        Encoding.UTF8.GetBytes(Resource.Filled(
            "page.html", Html.Encode(title), head, Resource.Text("page.css"), body, Resource.Text("page.js"), Policy));

    private byte[] Render(string header)
    {
        string cells = ExplorerHooks.WithScriptsOnce(Cells());
        string footer = $"<footer>Executed from {Html.Encode(notebook.Name)} with .NET {Environment.Version}.</footer>\n";

        // A cell that called Charts.UseOffline() has brought it already.
        bool lacksPlotly = cells.Contains($"<div class=\"{ChartHooks.Chart}\"", StringComparison.Ordinal)
            && !cells.Contains($"<p class=\"{ChartHooks.Offline}\">", StringComparison.Ordinal);
        // Before the charts, which draw themselves as soon as they find it.
        string? plotly = lacksPlotly ? PlotlyJs.Element(notebook) : "";
        if (plotly is null)
            warn($"the page describes its charts and does not draw them: {PlotlyJs.Missing}");

        string body = $"{header}{TableOfContents()}<main>\n{Failure()}{cells}</main>\n{footer}";
        return Document(MarkdownRenderer.Describe(notebook).Title, plotly ?? "", body);
    }

    private IReadOnlyList<Heading> Headings => markdown.Headings;

    private string Cells() =>
        string.Concat(notebook.Cells.Select(cell => notebook.InCell(
            cell, () => $"<section class=\"cell {cell.Type}\" id=\"cell-{cell.Id}\">\n{Body(cell)}</section>\n")));

    private string Body(Cell cell) =>
        cell.Type switch
        {
            "markdown" => markdown.Render(cell),
            "raw" => $"<pre>{Html.Encode(cell.Source)}</pre>\n",
            _ => Code(cell, results.GetValueOrDefault(cell.Id)),
        };

    private string Code(Cell cell, CellResult? result)
    {
        string note = result switch
        {
            null => "<p class=\"note\">This cell has not run.</p>\n",
            { SkipReason: string reason } =>
                $"<p class=\"note\">This cell is optional and was skipped: {Html.Encode(reason)}</p>\n",
            _ => "",
        };
        string outputs = string.Concat((result?.Outputs ?? [])
            .Select(output => $"<div class=\"output\">{Output(output, isShown: result?.SkipReason is null)}</div>\n"));
        string count = $"<span class=\"count\">[{result?.ExecutionCount?.ToString() ?? " "}]</span>";
        string source = $"<div class=\"source\">{count}{highlighter.ToHtml(cell)}</div>\n";
        if (isFolded(cell))
            source = $"<details class=\"fold\">\n<summary>Code, folded away</summary>\n{source}</details>\n";
        string shown = outputs.Length > 0 ? $"<div class=\"outputs\">\n{outputs}</div>\n" : "";
        return $"{source}{note}{shown}";
    }

    /// <param name="output">The output.</param>
    /// <param name="isShown">Whether a cell has shown it, and not a stranger's run: then its HTML stays as it is.</param>
    private string Output(JsonObject output, bool isShown)
    {
        string name = Outputs.Text(output["name"]) == "stderr" ? "stderr" : "stdout";
        if (Outputs.Type(output) == "stream")
            return $"<pre class=\"{name}\">{Html.Encode(Outputs.Text(output["text"]))}</pre>";
        if (Outputs.Type(output) == "error")
            return $"<pre class=\"error\">{Html.Encode(Outputs.Text(output["evalue"]))}</pre>";
        Dictionary<string, string> data = Outputs.DataOf(output).ToDictionary();
        if ((Mimes.FirstOrDefault(data.ContainsKey) ?? data.Keys.FirstOrDefault()) is not string mime)
            return "";
        string text = data[mime];
        string alt = Html.Encode(data.GetValueOrDefault("text/plain", "A picture without a description"));
        return mime switch
        {
            "text/html" => isShown ? text : markdown.Clean(text) ?? $"<pre>{Html.Encode(text)}</pre>",
            "text/markdown" => markdown.Render(text),
            "text/latex" => markdown.Formula(text.Trim().Trim('$'), display: true),
            "image/svg+xml" or "image/png" or "image/jpeg" or "image/gif" => PictureData.OfNotebook(mime, text) is string address
                ? $"<img alt=\"{alt}\" src=\"{address}\">"
                : $"<em class=\"missing\">[{alt}: no {mime}]</em>",
            _ => $"<pre>{Html.Encode(text)}</pre>",
        };
    }

    /// <summary>What went wrong, at the top: the cell may be far down.</summary>
    private string Failure() =>
        string.Concat(
            from cell in notebook.CodeCells
            from output in results.GetValueOrDefault(cell.Id)?.Outputs ?? []
            where Outputs.Type(output) == "error"
            let message = Html.Encode(Outputs.Text(output["evalue"]).Split('\n')[0])
            select $"<p class=\"error\">The run stopped at <a href=\"#cell-{cell.Id}\">cell {cell.Number}</a>: {message}</p>\n");

    private string TableOfContents()
    {
        if (Headings.Count < 3)
            return "";
        string items = string.Concat(Headings.Where(each => each.Level <= 3).Select(heading =>
            $"<li class=\"level-{heading.Level}\"><a href=\"#{heading.Id}\">{Html.Encode(heading.Text)}</a></li>\n"));
        return "<nav aria-label=\"Contents\">\n<details open>\n"
            + $"<summary>Contents</summary>\n<ul>\n{items}</ul>\n</details>\n</nav>\n";
    }
}
