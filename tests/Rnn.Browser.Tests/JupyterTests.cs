using Rnn.Browser.Tests.Live;

namespace Rnn.Browser.Tests;

/// <summary>The committed notebooks in Jupyter's hands.</summary>
public sealed class JupyterTests(BrowserFixture browser)
{
    public static TheoryData<string> All => Notebooks.Rows;

    /// <summary>Jupyter's two looks; pages of both load require.js, which plotly.js must not take for its owner.</summary>
    public static TheoryData<string, string> Looks =>
        [.. from notebook in Notebooks.All from template in new[] { "classic", "lab" } select (notebook, template)];

    [Fact]
    public void Every_notebook_has_the_form_that_nbformat_describes() => Jupyter.MustBeValid(Notebooks.All);

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task The_page_of_nbconvert_draws_every_chart_and_explorer_beside_require_js(string notebook, string template)
    {
        await using BrowserPage page = await browser.OpenAsync(Jupyter.Convert(notebook, template), serve: Jupyter.Serve);
        await Screenshots.TakeAsync(page, $"{notebook}-jupyter-{template}");
        ShownChart[] charts = await ShownChart.AllAsync(page, notebook);
        Assert.All(charts, chart => chart.MustBeDrawn());
        await Mouse.MustBeAnsweredAsync(page);
        // One look is enough to try every key.
        if (template == "lab")
            await LiveExplorer.AllMustAnswerAsync(page, Notebooks.Explorers(notebook), Means.Keyboard, isWide: false);

        Assert.Equal(charts.Length == 0 ? 0 : 1, page.Requests.Count(address => address == ChartHooks.PlotlyAddress));
        Assert.Equal("function object", await page.EvaluateAsync<string>("typeof requirejs + ' ' + typeof define.amd"));
        Found.Nothing("neither from this machine nor known", page.Requests.Where(address => Jupyter.Serve(address) is null));
        page.MustHaveNoError();
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Without_a_network_every_chart_shows_its_picture_or_says_what_to_do(string notebook)
    {
        await using BrowserPage page = await browser.OpenAsync(Jupyter.Convert(notebook, "classic"));
        Assert.All(
            await ShownChart.AllAsync(page, notebook),
            chart => Assert.True(
                chart.Picture is { Length: > 0 }
                    || chart.Static && chart.Note.Contains("Charts.UseOffline()", StringComparison.Ordinal),
                $"{chart.Id} is blank"));
        Found.Nothing("exceptions", page.Exceptions);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Without_scripts_every_chart_is_a_picture_with_alternative_text(string notebook)
    {
        // As on GitHub, which strips the scripts from a notebook.
        await using BrowserPage page = await browser.OpenAsync(Jupyter.Convert(notebook, "classic"), javaScript: false);
        Assert.All(
            await ShownChart.AllAsync(page, notebook),
            chart => Assert.True(chart.Picture is { Length: > 0 }, $"{chart.Id} has no picture; the runner's write makes them"));
    }
}
