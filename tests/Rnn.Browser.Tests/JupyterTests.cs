namespace Rnn.Browser.Tests;

/// <summary>The committed notebooks in Jupyter's hands.</summary>
public sealed class JupyterTests(Browser browser)
{
    public static TheoryData<string> All => Notebooks.Rows;

    /// <summary>Jupyter's two looks; pages of both load require.js, which plotly.js must not take for its owner.</summary>
    public static TheoryData<string, string> Looks =>
        [.. from notebook in Notebooks.All from template in new[] { "classic", "lab" } select (notebook, template)];

    [Theory]
    [MemberData(nameof(All))]
    public async Task The_notebook_has_the_form_that_nbformat_describes(string notebook)
    {
        string? invalid = await Jupyter.InvalidAsync(notebook);
        Assert.True(invalid is null, invalid);
    }

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task The_page_of_nbconvert_draws_every_chart_beside_require_js(string notebook, string template)
    {
        await using OpenPage page = await browser.OpenAsync(await Jupyter.ConvertAsync(notebook, template), serve: Jupyter.Serve);
        await Screenshots.TakeAsync(page, $"{notebook}-jupyter-{template}");
        ShownChart[] charts = await page.ChartsAsync();
        Assert.Equal(Notebooks.Charts(notebook), charts.Length);
        Assert.All(charts, chart => chart.MustBeDrawn());
        await Mouse.MustBeAnsweredAsync(page);

        Assert.Equal(charts.Length == 0 ? 0 : 1, page.Requests.Count(address => address == Jupyter.PlotlyAddress));
        Assert.Equal("function object", await page.EvaluateAsync<string>("typeof requirejs + ' ' + typeof define.amd"));
        Found.Nothing("neither from this machine nor known", page.Requests.Where(address => Jupyter.Serve(address) is null));
        Found.Nothing("errors on the console", page.ConsoleErrors);
        Found.Nothing("exceptions", page.PageErrors);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Without_a_network_every_chart_shows_its_picture_or_says_what_to_do(string notebook)
    {
        await using OpenPage page = await browser.OpenAsync(await Jupyter.ConvertAsync(notebook, "classic"));
        ShownChart[] charts = await page.ChartsAsync();
        Assert.Equal(Notebooks.Charts(notebook), charts.Length);
        Assert.All(charts, chart => Assert.True(
            chart.Picture is { Length: > 0 } || chart.Static && chart.Note.Contains("Charts.UseOffline()", StringComparison.Ordinal),
            $"{chart.Id} is blank"));
        Found.Nothing("exceptions", page.PageErrors);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Without_scripts_every_chart_is_a_picture_with_alternative_text(string notebook)
    {
        // As on GitHub, which strips the scripts from a notebook.
        await using OpenPage page = await browser.OpenAsync(await Jupyter.ConvertAsync(notebook, "classic"), javaScript: false);
        ShownChart[] charts = await page.ChartsAsync();
        Assert.Equal(Notebooks.Charts(notebook), charts.Length);
        Assert.All(charts, chart => Assert.True(chart.Picture is { Length: > 0 }, $"{chart.Id} has no picture; the runner's --write makes them"));
    }
}
