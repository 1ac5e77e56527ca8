using Microsoft.Playwright;

namespace Rnn.Browser.Tests;

/// <summary>Each notebook's page, from disk and without a network.</summary>
public sealed class PageTests(Browser browser)
{
    public static TheoryData<string> All => Notebooks.Rows;

    [Fact]
    public async Task Every_notebook_runs_to_its_end() => Assert.True(await Pages.FailureAsync() is null, await Pages.FailureAsync());

    [Theory]
    [MemberData(nameof(All))]
    public async Task Every_chart_shows_what_its_figure_says(string notebook)
    {
        foreach (int width in new[] { 1280, 390 })
        {
            await using OpenPage page = await browser.OpenAsync(await Pages.FileAsync(notebook), width);
            ShownChart[] charts = await page.ChartsAsync();
            Assert.Equal(Notebooks.Charts(notebook), charts.Length);
            Assert.All(charts, chart => chart.MustBeDrawn());
            Assert.All(charts, chart => Assert.InRange(chart.Width, Math.Min(720, width) - 80, Math.Min(720, width)));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task One_chart_of_each_kind_answers_the_mouse(string notebook)
    {
        await using OpenPage page = await browser.OpenAsync(await Pages.FileAsync(notebook));
        await Mouse.MustBeAnsweredAsync(page);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Every_formula_is_typeset_or_readable(string notebook)
    {
        await using OpenPage page = await browser.OpenAsync(await Pages.FileAsync(notebook));
        double[][] sizes = await page.EvaluateAsync<double[][]>(
            """
            [...document.querySelectorAll('.formula, math:not(.formula *), code.tex')].map(e => e.getBoundingClientRect()).map(r => [r.width, r.height])
            """);
        Assert.Equal(Notebooks.Formulas(notebook), sizes.Length);
        Assert.All(sizes, size => Assert.True(size[0] > 2 && size[1] > 2, "a formula has no size"));
        string[] raw = await page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('.markdown :not(pre, pre *, code, code *, script, style, annotation, .rnn-chart *)')]
                .flatMap(e => [...e.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data))
                .filter(text => /\$|\\[a-zA-Z({[]/.test(text))
            """);
        Found.Nothing("raw formulas", raw);
    }

    [Fact]
    public async Task The_index_leads_to_every_page_and_each_page_back()
    {
        string index = await Pages.FileAsync("index");
        await using OpenPage page = await browser.OpenAsync(index);
        string[] links = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('main a')].map(a => a.href)");
        string[] pages = await Task.WhenAll(Notebooks.All.Select(Pages.FileAsync));
        Assert.Equal(pages.Select(file => new Uri(file).AbsoluteUri), links);
        foreach (string file in pages)
        {
            await using OpenPage one = await browser.OpenAsync(file);
            Assert.Contains(new Uri(index).AbsoluteUri, await one.EvaluateAsync<string[]>("[...document.querySelectorAll('a')].map(a => a.href)"));
        }
    }

    public static TheoryData<string, ColorScheme, int> Views =>
    [
        .. from name in Notebooks.All.Append("index")
           from scheme in new[] { ColorScheme.Light, ColorScheme.Dark }
           from width in new[] { 1280, 390 }
           select (name, scheme, width),
    ];

    [Theory]
    [MemberData(nameof(Views))]
    public async Task The_page_fits_the_window_and_has_no_error_and_no_barrier(string name, ColorScheme scheme, int width)
    {
        await using OpenPage page = await browser.OpenAsync(await Pages.FileAsync(name), width, scheme);
        await Screenshots.TakeAsync(page, name, scheme, width);
        Found.Nothing("asked of the web", page.Requests);
        Found.Nothing("errors on the console", page.ConsoleErrors);
        Found.Nothing("exceptions", page.PageErrors);
        Found.Nothing("wider than the window", await page.WiderThanTheWindowAsync());
        Found.Nothing("barriers", await page.AccessibilityViolationsAsync());
    }
}
