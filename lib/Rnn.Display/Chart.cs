using System.Security.Cryptography;

namespace Rnn.Display;

/// <summary>
/// A chart that shows itself: as HTML in a notebook (VS Code, Jupyter, Verso) or a page, as one sentence where there is only
/// text. Made by <see cref="Charts"/>.
/// </summary>
/// <remarks>
/// The HTML needs nothing around it. It is one <c>div</c> of class <c>rnn-chart</c> with, inside it, a description that stands
/// where no script runs (class <c>rnn-chart-static</c>; it gives way to the drawn chart, and in committed notebooks it is a
/// picture, which the runner makes), the figure as JSON, and a script that
/// draws it with plotly.js: with the one that the page has, or else 2.28.0 from jsDelivr, checked by its hash. Text and
/// grid take their colours from the background that they are drawn on. Equal arguments give equal HTML, but for the plotly.js
/// that one chart of a session without network brings.
/// </remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class Chart : IShowsAsHtml
{
    private readonly string id;
    private readonly string figure;
    private readonly string description;

    /// <param name="figure">JSON of data, layout and config.</param>
    /// <param name="description">One sentence or more, in one line.</param>
    /// <param name="texts">All texts of the chart, with <paramref name="values"/> what its id is made of.</param>
    /// <param name="values">What it shows.</param>
    internal Chart(string figure, string description, IEnumerable<string> texts, IEnumerable<IReadOnlyList<double>> values)
    {
        (this.figure, this.description) = (figure, description);
        id = $"{ChartHooks.Chart}-{Fingerprint(texts, values)}";
    }

    /// <summary>
    /// The chart as a piece of HTML that draws itself in any page. Where the kernel has found that plotly.js cannot be had from
    /// the network, the first chart of a session brings it along, 3.6 MB.
    /// </summary>
    public string ToHtml() => VersoTerminal.Text(this) ?? ToHtml(PlotlyDelivery.Session);

    internal string ToHtml(PlotlyDelivery? delivery) =>
        (delivery?.IsNeededBy(id) == true ? OfflineScript.Plotly : "") + $"""
        <div class="{ChartHooks.Chart}" id="{id}" role="figure" aria-label="{Html.Escape(description)}" style="max-width:720px">
        <div class="{ChartHooks.Static}"><p>{Html.Escape(description)}</p></div>
        <p class="{ChartHooks.Note}" hidden></p>
        <script type="application/json">{figure.Replace("<", "\\u003c")}</script>
        <script>
        {Scripts.Chart}
        </script>
        </div>
        """.ReplaceLineEndings("\n");

    /// <summary>What the chart shows, in one line: kind, title, axes with their ranges, curves.</summary>
    public override string ToString() => description;

    /// <summary>
    /// The same on every machine: another processor may change the last digits of a result, so the values count only to a
    /// thousandth of the largest. (The odd offset keeps round numbers off the edges between two thousandths.)
    /// </summary>
    private static string Fingerprint(IEnumerable<string> texts, IEnumerable<IReadOnlyList<double>> values)
    {
        StringBuilder content = new StringBuilder().AppendJoin('\n', texts);
        foreach (IReadOnlyList<double> row in values)
        {
            double largest = row.Count == 0 ? 0 : row.Max(Math.Abs);
            content.Append('\n').AppendJoin(
                ' ', row.Select(value => largest == 0 ? 0 : (int)Math.Floor(value / largest * 1000 + 0.317)));
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content.ToString())))[..12];
    }
}
