using Rnn.Display.Tests;

namespace Rnn.Browser.Tests;

/// <summary>Pages of charts in a real browser, without network.</summary>
public sealed class ChartsInBrowserTests(BrowserFixture browser)
{
    /// <summary>JavaScript for what there is to see of every chart.</summary>
    private const string Read =
        """
        [...document.querySelectorAll('.rnn-chart')].map(chart => {
          const text = css => [...chart.querySelectorAll(css)].map(e => e.textContent).join('');
          const plot = chart.querySelector('.js-plotly-plot'), svg = chart.querySelector('.main-svg');
          return {
            drawn: !!svg, plots: chart.querySelectorAll('.js-plotly-plot').length,
            traces: plot ? plot.data.length : 0,
            marks: chart.querySelectorAll('.scatterlayer .trace, .barlayer .trace, .heatmaplayer .hm').length,
            width: svg ? svg.getBoundingClientRect().width : 0,
            title: text('.gtitle'), x: text('.xtitle'), y: text('.ytitle'),
            textColour: plot ? plot.layout.font.color : '',
            textShown: getComputedStyle(chart.querySelector('.rnn-chart-static')).display !== 'none',
            note: chart.querySelector('.rnn-chart-note').hidden ? '' : text('.rnn-chart-note'),
          };
        })
        """;

    /// <summary>As require.js, which takes every module that it is offered; this one says so.</summary>
    private const string Loader =
        """
        <script>
        var define = () => { throw new Error('the AMD loader took it') }; define.amd = { jQuery: true };
        var module = { exports: {} }, exports = module.exports;
        </script>
        """;

    public sealed record SeenChart(
        bool Drawn, int Plots, int Traces, int Marks, double Width, string Title, string X, string Y, string TextColour,
        bool TextShown, string Note);

    private Task<BrowserPage> OpenAsync(string style, string body, Func<string, string?>? serve = null)
    {
        string head = $"<head><meta charset=\"utf-8\"><title>Charts</title><style>{style}</style></head>";
        return browser.OpenAsync($"<!doctype html><html>{head}<body>{body}</body></html>", serve: serve);
    }

    private static string Html(IEnumerable<Chart> charts) => string.Join('\n', charts.Select(chart => chart.ToHtml()));

    [Theory]
    [InlineData("body { background: white }", 720, "#24292f")]
    [InlineData("body { background: #1e1e1e; color: #d4d4d4; width: 380px; margin: 0 }", 380, "#e4e4e4")]
    [InlineData(":root { color-scheme: dark }", 720, "#e4e4e4")]
    public async Task Every_kind_of_chart_is_drawn_offline_with_titles_in_a_readable_colour(
        string style, int width, string textColour)
    {
        (string Kind, Chart Chart, int Traces)[] samples = [.. Samples.AllKinds()];
        // plotly.js comes last here: the charts wait for it.
        await using BrowserPage page =
            await OpenAsync(style, Html(samples.Select(sample => sample.Chart)) + Charts.UseOffline().ToHtml());
        Assert.Empty(page.Exceptions);
        SeenChart[] charts = await page.EvaluateAsync<SeenChart[]>(Read);
        Assert.Equal(samples.Length, charts.Length);
        foreach (((string kind, Chart chart, int traces), SeenChart shown) in samples.Zip(charts))
        {
            JsonElement layout = Samples.Layout(chart);
            Assert.True(shown is { Drawn: true, Plots: 1, TextShown: false, Note: "" }, $"{kind}: {shown}");
            Assert.Equal((traces, traces), (shown.Traces, shown.Marks));
            Assert.Equal(layout.Text("title.text"), shown.Title);
            Assert.Equal(layout.Text("xaxis.title.text"), shown.X);
            Assert.Equal(layout.Text("yaxis.title.text"), shown.Y);
            Assert.Equal(textColour, shown.TextColour);
            Assert.Equal(width, shown.Width);
        }
    }

    [Fact]
    public async Task Without_network_each_chart_says_what_to_call_and_is_drawn_once_that_is_done()
    {
        Chart chart = Charts.LossCurve(Samples.Training());
        await using BrowserPage page = await OpenAsync("", Html([chart, chart]));
        SeenChart[] before = await page.EvaluateAsync<SeenChart[]>(Read);
        Assert.Equal(2, before.Length);
        Assert.All(before, shown => Assert.Contains("Charts.UseOffline()", shown.Note));

        // As notebooks do it: the output is put into the page, and its scripts are then run one by one.
        await page.Page.EvaluateFunctionAsync(
            """
            html => {
              const output = document.createElement('div');
              output.innerHTML = html;
              document.body.appendChild(output);
              for (const script of output.querySelectorAll('script'))
                document.body.appendChild(document.createElement('script')).text = script.text;
            }
            """,
            Charts.UseOffline().ToHtml());
        await page.UntilDrawnAsync();
        SeenChart[] after = await page.EvaluateAsync<SeenChart[]>(Read);
        Assert.Equal(2, after.Length);
        Assert.All(after, shown => Assert.True(shown is { Drawn: true, Plots: 1, Traces: 2, TextShown: false, Note: "" }));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    public async Task One_offline_output_serves_the_charts_above_and_below_it_with_an_AMD_loader_and_without(
        bool hasLoader, int before)
    {
        List<string> outputs = [.. Samples.AllKinds().Take(2).Select(sample => sample.Chart.ToHtml())];
        outputs.Insert(before, Charts.UseOffline().ToHtml());
        await using BrowserPage page = await OpenAsync("", (hasLoader ? Loader : "") + string.Join('\n', outputs));
        Assert.Empty(page.Exceptions);
        SeenChart[] charts = await page.EvaluateAsync<SeenChart[]>(Read);
        Assert.Equal(2, charts.Length);
        Assert.All(charts, shown => Assert.True(shown is { Drawn: true, Plots: 1, TextShown: false, Note: "" }, $"{shown}"));
        Assert.Equal(hasLoader ? "function" : "undefined", await page.EvaluateAsync<string>("typeof define"));
    }

    [Fact]
    public async Task With_network_plotly_js_is_loaded_once_past_an_AMD_loader_for_all_charts()
    {
        Chart chart = Charts.HeatMap(Samples.Matrix(3, 3), "Wh", "from", "to");
        string body = Loader + Html([chart, chart, Charts.LossCurve(Samples.Training())]);
        await using BrowserPage page = await OpenAsync("", body, _ => Samples.PlotlyJs);
        Assert.Empty(page.Exceptions);
        SeenChart[] charts = await page.EvaluateAsync<SeenChart[]>(Read);
        Assert.Equal(3, charts.Length);
        Assert.All(charts, shown => Assert.True(shown is { Drawn: true, Plots: 1 }));
        Assert.Equal([ChartHooks.PlotlyAddress], page.Requests);
        const string Seen = "[typeof define, typeof exports, define.amd.jQuery].join(' ')";
        Assert.Equal("function object true", await page.EvaluateAsync<string>(Seen));
    }

    [Fact]
    public async Task Something_else_in_place_of_plotly_js_is_not_run()
    {
        const string Other = "window.Plotly = { newPlot() { throw new Error('not plotly.js') } };";
        await using BrowserPage page = await OpenAsync("", Html([Charts.LossCurve(Samples.Training())]), _ => Other);
        Assert.NotEmpty(page.Requests);
        Assert.Contains("Charts.UseOffline()", Assert.Single(await page.EvaluateAsync<SeenChart[]>(Read)).Note);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_the_kernel_has_no_network_the_first_chart_brings_plotly_js_for_all(bool hasLoader)
    {
        Chart[] charts = [.. Samples.AllKinds().Take(3).Select(sample => sample.Chart)];
        // What a chart brings is the middle of what UseOffline shows.
        string all = Charts.UseOffline().ToHtml();
        const string Script = "<script>";
        string plotly = all[all.IndexOf(Script, StringComparison.Ordinal)..all.LastIndexOf(Script, StringComparison.Ordinal)];
        string[] outputs = [plotly + charts[0].ToHtml(), .. charts[1..].Select(chart => chart.ToHtml())];
        await using BrowserPage page = await OpenAsync("", (hasLoader ? Loader : "") + string.Join('\n', outputs));
        Assert.Empty(page.Exceptions);
        Assert.Empty(page.Requests);
        SeenChart[] seen = await page.EvaluateAsync<SeenChart[]>(Read);
        Assert.Equal(3, seen.Length);
        Assert.All(seen, shown => Assert.True(shown is { Drawn: true, Plots: 1, TextShown: false, Note: "" }, $"{shown}"));
    }

    [Fact]
    public async Task Under_a_picture_the_note_says_that_it_is_still_and_not_that_something_failed()
    {
        string picture = FigureHooks.Description.Replace(
            Charts.LossCurve(Samples.Training()).ToHtml(), "<img alt=\"${text}\" src=\"data:,\">");
        await using BrowserPage page = await OpenAsync("", picture);
        Assert.Equal(
            "A still picture of the chart. What answers to the mouse needs plotly.js, which comes from cdn.jsdelivr.net.",
            Assert.Single(await page.EvaluateAsync<SeenChart[]>(Read)).Note);
    }

    [Theory]
    [InlineData(720, 1)]
    [InlineData(200, 2)]
    public async Task A_caption_is_not_squeezed_to_the_width_of_its_table(int width, int lines)
    {
        Table table = Charts.Table(["a", "b"], [[1, 2]], "A caption of two numbers, as long as captions are");
        await using BrowserPage page = await OpenAsync($"body {{ width: {width}px }}", table.ToHtml());
        double[] sizes = await page.EvaluateAsync<double[]>(
            """
            ['caption', 'tbody'].map(name => document.querySelector(name).getBoundingClientRect())
              .flatMap((box, i) => i ? [box.width] : [box.height])
            """);
        Assert.InRange(sizes[0], 15 * lines, 15 * lines + 15);
        Assert.InRange(sizes[1], 1, 150);
    }
}
