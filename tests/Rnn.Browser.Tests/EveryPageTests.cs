using Deque.AxeCore.Commons;
using Rnn.Runner.Pictures;

namespace Rnn.Browser.Tests;

/// <summary>Each notebook's page, from disk and without a network.</summary>
public sealed class EveryPageTests(BrowserFixture browser)
{
    public static TheoryData<string> All => Notebooks.Rows;

    [Fact]
    public void There_is_a_browser() => Assert.True(Chromium.Path is not null, Chromium.Missing);

    [Fact]
    public void Every_notebook_runs_to_its_end() => Pages.MustBeMade();

    [Theory]
    [MemberData(nameof(All))]
    public async Task Every_chart_shows_what_its_figure_says(string notebook)
    {
        foreach (int width in new[] { 1280, 390 })
        {
            await using BrowserPage page = await browser.OpenAsync(Pages.File(notebook), width);
            ShownChart[] charts = await ShownChart.AllAsync(page, notebook);
            Assert.All(charts, chart => chart.MustBeDrawn());
            Assert.All(charts, chart => Assert.InRange(chart.Width, Math.Min(720, width) - 80, Math.Min(720, width)));
        }
    }

    [Fact]
    public async Task A_page_holds_plotly_js_once_and_the_keyboard_reaches_code_that_scrolls()
    {
        const string Lesson = "01-rnn-from-scratch";
        Assert.InRange(Notebooks.Charts(Lesson), 10, 100);
        string html = await File.ReadAllTextAsync(Pages.File(Lesson), TestContext.Current.CancellationToken);
        Assert.Single(Regex.Matches(html, @"plotly\.js v2\.28\.0"));
        // On a screen its code fits; on a phone, some of it scrolls. What does not is no stop of the tab key.
        await using BrowserPage page = await browser.OpenAsync(Pages.File(Lesson), width: 390);
        Assert.NotNull(await page.Page.QuerySelectorAsync("pre.highlight[tabindex='0']"));
        Assert.NotNull(await page.Page.QuerySelectorAsync("pre.highlight:not([tabindex])"));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task One_chart_of_each_kind_answers_the_mouse(string notebook)
    {
        await using BrowserPage page = await browser.OpenAsync(Pages.File(notebook));
        await Mouse.MustBeAnsweredAsync(page);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Every_formula_is_typeset_or_readable(string notebook)
    {
        await using BrowserPage page = await browser.OpenAsync(Pages.File(notebook));
        double[][] sizes = await page.EvaluateAsync<double[][]>(
            """
            [...document.querySelectorAll('.formula, math:not(.formula *), code.tex')]
                .map(e => e.getBoundingClientRect()).map(r => [r.width, r.height])
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
        string index = Pages.File("index");
        await using BrowserPage page = await browser.OpenAsync(index);
        string[] links = await LinksAsync(page, "main a");
        string[] pages = [.. Notebooks.All.Select(Pages.File)];
        Assert.Equal(pages.Select(file => new Uri(file).AbsoluteUri), links);
        foreach (string file in pages)
        {
            await using BrowserPage one = await browser.OpenAsync(file);
            Assert.Contains(new Uri(index).AbsoluteUri, await LinksAsync(one, "a"));
        }

        static Task<string[]> LinksAsync(BrowserPage page, string css) =>
            page.EvaluateAsync<string[]>($"[...document.querySelectorAll('{css}')].map(a => a.href)");
    }

    /// <summary>A dark phone has the colours of a dark screen and the layout of a light phone.</summary>
    public static TheoryData<string, string, int> Views =>
    [
        .. from name in Notebooks.All.Append("index")
           from view in new[] { ("light", 1280), ("dark", 1280), ("light", 390) }
           select (name, view.Item1, view.Item2),
    ];

    [Theory]
    [MemberData(nameof(Views))]
    public async Task The_page_fits_the_window_and_has_no_error_and_no_barrier(string name, string scheme, int width)
    {
        await using BrowserPage page = await browser.OpenAsync(Pages.File(name), width, scheme);
        await Screenshots.TakeAsync(page, $"{name}-{(width == 390 ? "phone" : scheme)}");
        Found.Nothing("asked of the web", page.Requests);
        Found.Nothing("errors on the console", page.ConsoleErrors);
        Found.Nothing("exceptions", page.Exceptions);

        // Not innerWidth: a phone zooms out until a wide page fits.
        Found.Nothing("wider than the window", await page.EvaluateAsync<string[]>(
            $$"""
            document.documentElement.scrollWidth <= {{width}} ? [] : ['document', ...[...document.querySelectorAll('body *')]
                .filter(e => e.getBoundingClientRect().right > {{width}} + 0.5 && !e.children.length)
                .map(e => e.outerHTML.slice(0, 200))]
            """));

        await page.Page.EvaluateExpressionAsync(new BundledAxeScriptProvider().GetScript());
        Found.Nothing("barriers", await page.EvaluateAsync<string[]>(
            """
            axe.run().then(result => result.violations.filter(rule => ['serious', 'critical'].includes(rule.impact))
                .flatMap(rule => rule.nodes.map(node => `${rule.id} (${rule.impact}): ${node.html}`)))
            """));
    }
}
