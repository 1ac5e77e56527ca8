using System.Net;

namespace Rnn.Browser.Tests;

/// <summary>What there is to see of a chart, and the figure that it should be.</summary>
/// <param name="Id">The element's id.</param>
/// <param name="Figure">The JSON that it was to be drawn from.</param>
/// <param name="Drawings">How many elements plotly.js has drawn into.</param>
/// <param name="Traces">How many traces plotly.js was given.</param>
/// <param name="Marks">How many of them have left something of a size on the page.</param>
/// <param name="Width">Of the drawing, in pixels.</param>
/// <param name="Title">As drawn, without white space: it may be broken into lines.</param>
/// <param name="XTitle">As drawn, without white space.</param>
/// <param name="YTitle">As drawn, without white space.</param>
/// <param name="Cut">Texts that reach over the drawing's edge.</param>
/// <param name="Tiny">Texts too small to read.</param>
/// <param name="Static">Whether what stands there without scripts is visible.</param>
/// <param name="Picture">The alternative text of a visible picture there, or null.</param>
/// <param name="Note">The sentence about what went wrong, if it is visible.</param>
public sealed record ShownChart(
    string Id, string Figure, int Drawings, int Traces, int Marks, double Width, string Title, string XTitle, string YTitle,
    string[] Cut, string[] Tiny, bool Static, string? Picture, string Note)
{
    /// <summary>A notebook's charts as they stand on its page now; fails unless they are as many as the committed ones.</summary>
    public static async Task<ShownChart[]> AllAsync(BrowserPage page, string notebook)
    {
        ShownChart[] charts = await page.EvaluateScriptAsync<ShownChart[]>("shown-charts.js");
        Assert.Equal(Notebooks.Charts(notebook), charts.Length);
        return charts;
    }

    /// <summary>Fails unless the chart is drawn, shows what its figure says, and has taken the place of its picture.</summary>
    public void MustBeDrawn()
    {
        JsonElement figure = JsonDocument.Parse(Figure).RootElement;
        JsonElement layout = figure.GetProperty("layout");
        int traces = figure.GetProperty("data").GetArrayLength();
        bool isDrawn = this is { Drawings: 1, Static: false, Note: "" };
        Assert.True(isDrawn, $"{Id} is not drawn, or not drawn once, or still shows its picture: {Summary}");
        Assert.True(traces > 0 && (Traces, Marks) == (traces, traces), $"{Id} has {traces} traces: {Summary}");
        JsonElement x = layout.GetProperty("xaxis"), y = layout.GetProperty("yaxis");
        Assert.Equal((TitleOf(layout), TitleOf(x), TitleOf(y)), (Title, XTitle, YTitle));
        Found.Nothing($"{Id}: too small to read", Tiny);
        Found.Nothing($"{Id}: over the edge", Cut);
    }

    private string Summary => (this with { Figure = "" }).ToString();

    private static string TitleOf(JsonElement titled)
    {
        string? html = titled.GetProperty("title").GetProperty("text").GetString();
        return string.Concat(WebUtility.HtmlDecode(html)!.Where(c => !char.IsWhiteSpace(c)));
    }
}
