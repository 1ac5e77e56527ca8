using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ColorCode;
using Rnn.Runner.Host;
using Rnn.Runner.Kernel;
using Rnn.Runner.Notebook;
using Rnn.Runner.Pictures;

namespace Rnn.Runner.Page;

/// <summary>
/// An executed notebook as one HTML page that is complete in itself: nothing of it is fetched from anywhere.
/// </summary>
internal sealed class NotebookPage
{
    /// <summary>
    /// Makes sure that nothing is fetched, whatever a cell's markup says. Scripts may run, since charts need them;
    /// 'unsafe-eval' is for plotly.js, which compiles some of its drawing code.
    /// </summary>
    private const string Policy =
        "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:";

    private readonly NotebookFile notebook;
    private readonly IReadOnlyDictionary<string, CellResult> results;
    private readonly MarkdownRenderer markdown;
    private readonly Action<string> warn;

    private readonly string path;
    private readonly IReadOnlySet<string> siblings;

    private NotebookPage(NotebookFile notebook, IReadOnlyDictionary<string, CellResult> results, string path, IReadOnlySet<string> siblings, Action<string> warn)
    {
        this.notebook = notebook;
        this.results = results;
        this.path = path;
        this.siblings = siblings;
        markdown = new MarkdownRenderer(notebook, path, siblings, warn);
        this.warn = warn;
    }

    /// <summary>Renders the page.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="results">How its code cells came out, by id; a cell that is missing has not run.</param>
    /// <param name="path">Where the page will stand.</param>
    /// <param name="siblings">Where the other pages of the run stand or will stand, the index among them; links lead there.</param>
    /// <param name="warn">Told what the page has to do without.</param>
    public static byte[] Render(
        NotebookFile notebook, IReadOnlyDictionary<string, CellResult> results, string path, IReadOnlySet<string> siblings, Action<string> warn) =>
        new NotebookPage(notebook, results, path, siblings, warn).Render();

    /// <summary>A whole page of the runner's look.</summary>
    public static byte[] Document(string title, string head, string body) =>
        Encoding.UTF8.GetBytes($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{Policy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Html.Encode(title)}</title>
            {head}<style>
            {Resource.Text("page.css")}</style>
            </head>
            <body>
            {body}<script>
            {Resource.Text("page.js")}</script>
            </body>
            </html>

            """);

    private byte[] Render()
    {
        StringBuilder cells = new();
        foreach (Cell cell in notebook.Cells)
        {
            switch (cell.Type)
            {
                case "markdown":
                    cells.Append(CultureInfo.InvariantCulture, $"<section class=\"cell markdown\" id=\"cell-{cell.Id}\">\n{markdown.Render(cell)}</section>\n");
                    break;
                case "raw":
                    cells.Append(CultureInfo.InvariantCulture, $"<section class=\"cell raw\" id=\"cell-{cell.Id}\">\n<pre>{Html.Encode(cell.Source)}</pre>\n</section>\n");
                    break;
                default:
                    AppendCode(cells, cell);
                    break;
            }
        }

        StringBuilder body = new();
        string? index = siblings.FirstOrDefault(each => Path.GetFileName(each) == "index.html");
        if (index is not null)
            body.Append(CultureInfo.InvariantCulture, $"<header><a href=\"{Html.Link(path, index)}\">All notebooks</a></header>\n");
        body.Append(TableOfContents()).Append("<main>\n").Append(Failure()).Append(cells).Append("</main>\n");
        body.Append(CultureInfo.InvariantCulture, $"<footer>Executed from {Html.Encode(notebook.Name)} with .NET {Environment.Version}.</footer>\n");

        string plotly = "";
        // A cell that called Charts.UseOffline() has brought it already.
        if (body.ToString() is string text && text.Contains("rnn-chart", StringComparison.Ordinal) && !text.Contains("<p class=\"rnn-offline\">", StringComparison.Ordinal))
        {
            // Before the charts, which draw themselves as soon as they find it.
            plotly = PlotlyJs.Element(notebook) ?? "";
            if (plotly.Length == 0)
                warn($"the page describes its charts and does not draw them: {PlotlyJs.Missing}");
        }

        return Document(MarkdownRenderer.Describe(notebook).Title, plotly, body.ToString());
    }

    /// <summary>What went wrong, at the top: the cell may be far down.</summary>
    private string Failure()
    {
        foreach (Cell cell in notebook.CodeCells.Where(cell => results.ContainsKey(cell.Id)))
        {
            if (results[cell.Id].Outputs.FirstOrDefault(output => Outputs.Type(output) == "error") is JsonObject error)
                return $"<p class=\"error\">The run stopped at <a href=\"#cell-{cell.Id}\">cell {cell.Number}</a>: {Html.Encode(Outputs.Text(error["evalue"]).Split('\n')[0])}</p>\n";
        }

        return "";
    }

    private void AppendCode(StringBuilder html, Cell cell)
    {
        results.TryGetValue(cell.Id, out CellResult? result);
        string count = result?.ExecutionCount is int number ? $"{number}" : " ";
        html.Append(CultureInfo.InvariantCulture, $"<section class=\"cell code\" id=\"cell-{cell.Id}\">\n");
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"source\"><span class=\"count\">[{count}]</span>{Highlighter.ToHtml(cell.Source, "csharp")}</div>\n");
        if (result is null)
            html.Append("<p class=\"note\">This cell has not run.</p>\n");
        if (result?.SkipReason is string reason)
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">This cell is optional and was skipped: {Html.Encode(reason)}</p>\n");
        if (result?.Outputs is { Count: > 0 } outputs)
        {
            html.Append("<div class=\"outputs\">\n");
            foreach (JsonObject output in outputs)
                html.Append(CultureInfo.InvariantCulture, $"<div class=\"output\">{Render(output)}</div>\n");
            html.Append("</div>\n");
        }

        html.Append("</section>\n");
    }

    private string Render(JsonObject output)
    {
        switch (Outputs.Type(output))
        {
            case "stream":
                return $"<pre class=\"{(Outputs.Text(output["name"]) == "stderr" ? "stderr" : "stdout")}\">{Html.Encode(Outputs.Text(output["text"]))}</pre>";
            case "error":
                return $"<pre class=\"error\">{Html.Encode(Outputs.Text(output["evalue"]))}</pre>";
        }

        Dictionary<string, string> data = Outputs.DataOf(output).ToDictionary();
        foreach (string mime in (string[])["text/html", "image/svg+xml", "image/png", "image/jpeg", "image/gif", "text/markdown", "text/latex", "text/plain"])
        {
            if (!data.TryGetValue(mime, out string? text))
                continue;
            return mime switch
            {
                "text/html" or "image/svg+xml" => text,
                "text/markdown" => markdown.Render(text),
                "text/latex" => Formula.ToHtml(text.Trim().Trim('$'), display: true),
                "text/plain" => $"<pre>{Html.Encode(text)}</pre>",
                _ => $"<img alt=\"{Html.Encode(data.GetValueOrDefault("text/plain", "A picture without a description"))}\" src=\"data:{mime};base64,{text.ReplaceLineEndings("")}\">",
            };
        }

        (string otherMime, string other) = data.FirstOrDefault();
        return otherMime is null ? "" : $"<pre>{Html.Encode(other)}</pre>";
    }

    private string TableOfContents()
    {
        if (markdown.Headings.Count < 3)
            return "";
        StringBuilder html = new("<nav aria-label=\"Contents\">\n<details open>\n<summary>Contents</summary>\n<ul>\n");
        foreach (Heading heading in markdown.Headings.Where(each => each.Level <= 3))
            html.Append(CultureInfo.InvariantCulture, $"<li class=\"level-{heading.Level}\"><a href=\"#{heading.Id}\">{Html.Encode(heading.Text)}</a></li>\n");
        return html.Append("</ul>\n</details>\n</nav>\n").ToString();
    }
}
