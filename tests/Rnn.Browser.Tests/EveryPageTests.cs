using Rnn.Browser.Tests.Live;
using Rnn.Runner.Pictures;

namespace Rnn.Browser.Tests;

/// <summary>The runner's pages, each whole in one file, from disk and without a network.</summary>
public sealed class EveryPageTests(BrowserFixture browser)
{
    /// <summary>
    /// Lesson 01 and the index in all three views: a dark phone has the colours of a dark screen and the layout of a light phone.
    /// The others are made of the same parts, which the site's tests try in all views.
    /// </summary>
    public static TheoryData<string, string, int> Views =>
    [
        .. from name in Notebooks.All.Append("index")
           from view in new[] { ("light", 1280), ("dark", 1280), ("light", 390) }
           where name is Pages.Fresh or "index" || view is ("light", 1280)
           select (name, view.Item1, view.Item2),
    ];

    [Fact]
    public void There_is_a_browser() => Assert.True(Chromium.Path is not null, Chromium.Missing);

    [Fact]
    public void Every_page_is_made() => Pages.MustBeMade();

    [Theory]
    [MemberData(nameof(Views))]
    public async Task It_shows_all_that_it_holds_and_has_no_error_and_no_barrier(string name, string scheme, int width)
    {
        bool isNotebook = name != "index", isWide = width > 600;
        await using BrowserPage page = await browser.OpenAsync(Pages.File(name), width, scheme);
        await Screenshots.TakeAsync(page, $"{name}-{(isWide ? scheme : "phone")}");
        await page.MustFitAsync(width);
        if (isNotebook)
        {
            ShownChart[] charts = await ShownChart.AllAsync(page, name);
            Assert.All(charts, chart => chart.MustBeDrawn());
            Assert.All(charts, chart => Assert.InRange(chart.Width, Math.Min(720, width) - 80, Math.Min(720, width)));
            await Formulas.MustBeReadableAsync(page, Notebooks.Formulas(name));
            Assert.Contains(new Uri(Pages.File("index")).AbsoluteUri, await LinksAsync(page, "a"));
        }

        if (name is Pages.Fresh or "index")
            Found.Nothing("barriers", await page.BarriersAsync());
        if (name == Pages.Fresh && isWide)
        {
            await Mouse.MustBeAnsweredAsync(page);
            await LiveExplorer.AllMustAnswerAsync(page, Notebooks.Explorers(name), Means.Mouse, isWide);
        }

        page.MustHaveNoError();
        Found.Nothing("asked of the web", page.Requests);
    }

    [Fact]
    public async Task The_index_leads_to_every_page()
    {
        await using BrowserPage page = await browser.OpenAsync(Pages.File("index"));
        Assert.Equal(
            Notebooks.All.Select(notebook => new Uri(Pages.File(notebook)).AbsoluteUri), await LinksAsync(page, "main a"));
    }

    [Fact]
    public async Task A_page_holds_plotly_js_once_and_the_keyboard_reaches_code_that_scrolls()
    {
        Assert.InRange(Notebooks.Charts(Pages.Fresh), 10, 100);
        string html = await File.ReadAllTextAsync(Pages.File(Pages.Fresh), TestContext.Current.CancellationToken);
        Assert.Single(Regex.Matches(html, @"plotly\.js v2\.28\.0"));
        // On a screen its code fits; on a phone, some of it scrolls. What does not is no stop of the tab key.
        await using BrowserPage page = await browser.OpenAsync(Pages.File(Pages.Fresh), width: 390);
        Assert.NotNull(await page.Page.QuerySelectorAsync("pre.highlight[tabindex='0']"));
        Assert.NotNull(await page.Page.QuerySelectorAsync("pre.highlight:not([tabindex])"));
    }

    private static Task<string[]> LinksAsync(BrowserPage page, string css) =>
        page.EvaluateAsync<string[]>($"[...document.querySelectorAll('{css}')].map(a => a.href)");
}
