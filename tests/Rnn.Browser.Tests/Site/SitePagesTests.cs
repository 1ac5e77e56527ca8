using Rnn.Browser.Tests.Live;
using Rnn.Runner.Site;

namespace Rnn.Browser.Tests.Site;

/// <summary>Each page of the site, from a server below a path of its own, read from its first line to its last.</summary>
public sealed class SitePagesTests(BrowserFixture browser)
{
    /// <summary>
    /// A dark phone has the colours of a dark screen and the layout of a light phone. Slides are looked at one by one, elsewhere;
    /// on a phone they stand below one another.
    /// </summary>
    public static IEnumerable<TheoryDataRow<string, string, int>> Views() =>
        from place in BuiltSite.Places
        from view in new[] { ("light", 1280), ("dark", 1280), ("light", 390) }
        where !place.StartsWith("slides/", StringComparison.Ordinal) || view is ("light", 390)
        select new TheoryDataRow<string, string, int>(place, view.Item1, view.Item2);

    /// <summary>As a browser shows it, also to those who use it with a keyboard or have it read to them.</summary>
    [Theory]
    [MemberData(nameof(Views), DisableDiscoveryEnumeration = true)]
    public async Task It_shows_all_that_it_holds_and_has_no_error_and_no_barrier(string place, string scheme, int width)
    {
        string view = width > 600 ? scheme : "phone";
        await using BrowserPage page = await browser.OpenSiteAsync(place, width, scheme);
        await page.ReadThroughAsync();
        await Screenshots.TakeAsync(page, $"site-{place[..^".html".Length]}-{view}");
        await page.MustFitAsync(width);
        Found.Nothing("barriers", await page.BarriersAsync(colours: view != "phone"));
        string? notebook = BuiltSite.NotebookOf(place);
        if (notebook is not null)
        {
            ShownChart[] charts = await ShownChart.AllAsync(page, notebook);
            Assert.All(charts, chart => chart.MustBeDrawn());
            await Formulas.MustBeReadableAsync(page, Notebooks.Formulas(notebook));
        }

        // Each of them by hand, once; the landing page has one, of a lesson.
        if (view == "light")
        {
            int explorers = notebook is null ? place == SitePage.Landing ? 1 : 0 : Notebooks.Explorers(notebook);
            await LiveExplorer.AllMustAnswerAsync(page, explorers, Means.Mouse, isWide: true);
            await Mouse.MustBeAnsweredAsync(page);
        }

        page.MustHaveNoError();
        Found.Nothing("asked of others", page.Requests);
        Assert.InRange(page.Files.Count(file => file.Contains("plotly", StringComparison.Ordinal)), 0, 1);
    }
}
