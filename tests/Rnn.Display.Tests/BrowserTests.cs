using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rnn.Runner.Pictures;

namespace Rnn.Display.Tests;

/// <summary>Pages of charts in a real browser, without network.</summary>
public class BrowserTests
{
    // Writes what there is to see of every chart into the page, once everything has had time to happen.
    private const string Report =
        """
        <script>
        const problems = [];
        addEventListener('error', e => problems.push(e.message));
        addEventListener('unhandledrejection', e => problems.push(String(e.reason)));
        addEventListener('load', () => setTimeout(() => {
          const text = (chart, css) => [...chart.querySelectorAll(css)].map(e => e.textContent).join('');
          const charts = [...document.querySelectorAll('.rnn-chart')].map(chart => {
            const plot = chart.querySelector('.js-plotly-plot'), svg = chart.querySelector('.main-svg');
            return {
              drawn: !!svg, plots: chart.querySelectorAll('.js-plotly-plot').length,
              traces: plot ? plot.data.length : 0,
              marks: chart.querySelectorAll('.scatterlayer .trace, .barlayer .trace, .heatmaplayer .hm').length,
              width: svg ? svg.getBoundingClientRect().width : 0,
              title: text(chart, '.gtitle'), x: text(chart, '.xtitle'), y: text(chart, '.ytitle'),
              textColour: plot ? plot.layout.font.color : '',
              textShown: getComputedStyle(chart.querySelector('.rnn-chart-static')).display !== 'none',
              note: chart.querySelector('.rnn-chart-note').hidden ? '' : text(chart, '.rnn-chart-note'),
            };
          });
          const before = [...document.querySelectorAll('pre')].map(e => e.textContent);
          const seen = { charts, before, problems, define: typeof define, amd: typeof define === 'function' && define.amd, exports: typeof exports, wide: document.documentElement.scrollWidth - innerWidth };
          document.body.appendChild(document.createElement('pre')).id = 'seen';
          document.getElementById('seen').textContent = JSON.stringify(seen);
        }, 3000));
        </script>
        """;

    /// <summary>As require.js, which takes every module that it is offered; this one says so.</summary>
    private const string Loader = "<script>var define = () => { throw new Error('the AMD loader took it') }; define.amd = { jQuery: true }; var module = { exports: {} }, exports = module.exports;</script>";

    public sealed record SeenChart(
        bool Drawn, int Plots, int Traces, int Marks, double Width, string Title, string X, string Y, string TextColour, bool TextShown, string Note);

    public sealed record Seen(SeenChart[] Charts, string[] Before, string[] Problems, string Define, JsonElement Amd, string Exports, double Wide);

    private static async Task<Seen> OpenAsync(string style, string body, params string[] arguments)
    {
        Assert.SkipWhen(Chromium.Path is null, Chromium.Missing);
        string folder = Directory.CreateTempSubdirectory("rnn-page-").FullName;
        try
        {
            string file = Path.Combine(folder, "page.html");
            string page = $"<!doctype html><html><head><meta charset=\"utf-8\"><title>Charts</title><style>{style}</style></head><body>{Report}{body}</body></html>";
            await File.WriteAllTextAsync(file, page, TestContext.Current.CancellationToken);
            string dom = await Chromium.DumpDomAsync(file, TestContext.Current.CancellationToken, arguments);
            Match seen = Regex.Match(dom, "<pre id=\"seen\">(.*?)</pre>", RegexOptions.Singleline);
            Assert.True(seen.Success, $"The page did not get to its end; the browser gave {dom.Length} characters.");
            return JsonSerializer.Deserialize<Seen>(WebUtility.HtmlDecode(seen.Groups[1].Value), JsonSerializerOptions.Web)!;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Html(IEnumerable<Chart> charts) => string.Join('\n', charts.Select(chart => chart.ToHtml()));

    [Theory]
    [InlineData("body { background: white }", 720, "#24292f")]
    [InlineData("body { background: #1e1e1e; color: #d4d4d4; width: 380px; margin: 0 }", 380, "#e4e4e4")]
    [InlineData(":root { color-scheme: dark }", 720, "#e4e4e4")]
    public async Task Every_kind_of_chart_is_drawn_offline_with_titles_in_a_readable_colour(string style, int width, string textColour)
    {
        var samples = Samples.AllKinds().ToArray();
        // plotly.js comes last here: the charts wait for it.
        Seen seen = await OpenAsync(style, Html(samples.Select(sample => sample.Chart)) + Charts.UseOffline().ToHtml(), Chromium.NoNetwork);
        Assert.Empty(seen.Problems);
        Assert.Equal(samples.Length, seen.Charts.Length);
        foreach (((string kind, Chart chart, int traces), SeenChart shown) in samples.Zip(seen.Charts))
        {
            JsonElement layout = Samples.Figure(chart).GetProperty("layout");
            Assert.True(shown is { Drawn: true, Plots: 1, TextShown: false, Note: "" }, $"{kind}: {shown}");
            Assert.Equal((traces, traces), (shown.Traces, shown.Marks));
            Assert.Equal(layout.GetProperty("title").GetProperty("text").GetString(), shown.Title);
            Assert.Equal(layout.GetProperty("xaxis").GetProperty("title").GetProperty("text").GetString(), shown.X);
            Assert.Equal(layout.GetProperty("yaxis").GetProperty("title").GetProperty("text").GetString(), shown.Y);
            Assert.Equal(textColour, shown.TextColour);
            Assert.Equal(width, shown.Width);
        }
    }

    [Fact]
    public async Task Without_network_each_chart_says_what_to_call_and_is_drawn_once_that_is_done()
    {
        Chart chart = Charts.LossCurve(Samples.Training());
        // As notebooks do it: the output is put into the page later, and its scripts are then run one by one.
        const string insertLater =
            """
            <script>
            setTimeout(() => {
              for (const note of document.querySelectorAll('.rnn-chart-note:not([hidden])'))
                document.body.appendChild(document.createElement('pre')).textContent = note.textContent;
              const output = document.createElement('div');
              output.innerHTML = document.getElementById('later').innerHTML;
              document.body.appendChild(output);
              for (const script of output.querySelectorAll('script'))
                document.body.appendChild(document.createElement('script')).text = script.text;
            }, 1000);
            </script>
            """;
        Seen seen = await OpenAsync("", Html([chart, chart]) + $"<template id=\"later\">{Charts.UseOffline().ToHtml()}</template>" + insertLater, Chromium.NoNetwork);
        Assert.Equal(2, seen.Before.Length);
        Assert.All(seen.Before, note => Assert.Contains("Charts.UseOffline()", note));
        Assert.Equal(2, seen.Charts.Length);
        Assert.All(seen.Charts, shown => Assert.True(shown is { Drawn: true, Plots: 1, Traces: 2, TextShown: false, Note: "" }));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    public async Task One_offline_output_serves_the_charts_above_and_below_it_with_an_AMD_loader_and_without(bool hasLoader, int before)
    {
        List<string> outputs = [.. Samples.AllKinds().Take(2).Select(sample => sample.Chart.ToHtml())];
        outputs.Insert(before, Charts.UseOffline().ToHtml());
        Seen seen = await OpenAsync("", (hasLoader ? Loader : "") + string.Join('\n', outputs), Chromium.NoNetwork);
        Assert.Empty(seen.Problems);
        Assert.Equal(2, seen.Charts.Length);
        Assert.All(seen.Charts, shown => Assert.True(shown is { Drawn: true, Plots: 1, TextShown: false, Note: "" }, $"{shown}"));
        Assert.Equal(hasLoader ? "function" : "undefined", seen.Define);
    }

    [Fact]
    public async Task With_network_plotly_js_is_loaded_once_past_an_AMD_loader_for_all_charts()
    {
        Chart chart = Charts.HeatMap(Samples.Matrix(3, 3), "Wh", "from", "to");
        await using var cdn = new PlotlyCdn(Samples.PlotlyJs);
        Seen seen = await OpenAsync("", Loader + Html([chart, chart, Charts.LossCurve(Samples.Training())]), cdn.BrowserArguments);
        Assert.Empty(seen.Problems);
        Assert.All(seen.Charts, shown => Assert.True(shown is { Drawn: true, Plots: 1 }));
        Assert.Equal(["/npm/plotly.js-dist-min@2.28.0/plotly.min.js"], cdn.Requests);
        Assert.Equal(("function", "object", true), (seen.Define, seen.Exports, seen.Amd.GetProperty("jQuery").GetBoolean()));
    }

    [Fact]
    public async Task Something_else_in_place_of_plotly_js_is_not_run()
    {
        await using var cdn = new PlotlyCdn("window.Plotly = { newPlot() { throw new Error('not plotly.js') } };");
        Seen seen = await OpenAsync("", Html([Charts.LossCurve(Samples.Training())]), cdn.BrowserArguments);
        Assert.NotEmpty(cdn.Requests);
        Assert.Contains("Charts.UseOffline()", Assert.Single(seen.Charts).Note);
    }
}
