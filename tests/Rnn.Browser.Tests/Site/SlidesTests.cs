using Rnn.Browser.Tests.Live;

namespace Rnn.Browser.Tests.Site;

/// <summary>Lesson 01 as slides, from disk and without a network, as on a teacher's stick.</summary>
public sealed class SlidesTests(BrowserFixture browser)
{
    /// <summary>
    /// In the size that they are made for, and where reveal.js makes them smaller, as for an old projector, or larger.
    /// </summary>
    [Theory]
    [InlineData(1280, 720)]
    [InlineData(1024, 768)]
    [InlineData(1920, 1080)]
    public async Task From_the_first_to_the_last_all_can_be_read_and_every_explorer_lives(int width, int height)
    {
        string own = new Uri(BuiltSite.Folder + Path.DirectorySeparatorChar).AbsoluteUri;
        await using BrowserPage page = await browser.OpenAsync(
            BuiltSite.PathOf($"slides/{Pages.Fresh}.html"), width, height: height, own: own);
        List<ShownSlide> shown = [await ShowAsync(page)];
        while (true)
        {
            ShownSlide slide = shown[^1];
            await Screenshots.TakeAsync(page, $"slides-{width}-{slide.Number:00}-{slide.Parts}");
            string where = $"slide {slide.Number}, part {slide.Parts}";
            Found.Nothing(where, slide.Faults);
            foreach (ShownChart chart in await page.EvaluateScriptAsync<ShownChart[]>("shown-charts.js"))
            {
                if (slide.Charts.Contains(chart.Id))
                    chart.MustBeDrawn();
            }

            // Those of later slides are not awake yet.
            LiveExplorer[] explorers = await LiveExplorer.AllAsync(page);
            foreach (int index in slide.Explorers)
                await MustLiveAsync(explorers[index], where);
            if (width == 1280)
                Found.Nothing($"{where}: barriers", await page.BarriersAsync());

            // As a teacher's clicker does it, also just after a slider was dragged.
            await page.Page.Keyboard.PressAsync("PageDown");
            ShownSlide next = await ShowAsync(page);
            if ((next.Number, next.Parts) == (slide.Number, slide.Parts))
                break;
            shown.Add(next);
        }

        Assert.InRange(shown[^1].Total, 8, 100);
        Assert.Equal(Enumerable.Range(1, shown[^1].Total), shown.Select(slide => slide.Number).Distinct());
        Assert.NotEmpty(shown.SelectMany(slide => slide.Charts));
        Assert.NotEmpty(shown.SelectMany(slide => slide.Explorers));
        Assert.True(shown.Sum(slide => slide.Formulas) > 0, "no slide has a formula");
        Found.Nothing("asked of others", page.Requests);
        page.MustHaveNoError();
    }

    private static async Task<ShownSlide> ShowAsync(BrowserPage page)
    {
        await page.Page.WaitForFunctionAsync(
            """
            () => window.Reveal && Reveal.isReady()
                && ![...Reveal.getCurrentSlide().querySelectorAll('.figure[data-figure]')].some(e => e.checkVisibility())
            """);
        await page.UntilDrawnAsync();
        return await page.EvaluateScriptAsync<ShownSlide>("shown-slide.js");
    }

    private static async Task MustLiveAsync(LiveExplorer explorer, string where)
    {
        Assert.Equal("", await explorer.NoteAsync());
        (string name, string type) = (await explorer.ControlsAsync()).First(control => control.Type == "range");
        Dictionary<string, double> before = await explorer.ReadoutsAsync();
        await explorer.MoveAsync(name, type, Means.Mouse, 0.9);
        Dictionary<string, double> after = await explorer.ReadoutsAsync();
        Assert.False(
            before.OrderBy(each => each.Key).SequenceEqual(after.OrderBy(each => each.Key)),
            $"{where}: {await explorer.KindAsync()} shows the same after {name} was moved");
    }
}
