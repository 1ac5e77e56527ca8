using PuppeteerSharp.Media;

namespace Rnn.Browser.Tests.Site;

/// <summary>How one finds one's way through a page: on a screen, with keys alone, on a phone and on paper.</summary>
public sealed class ReadingTests(BrowserFixture browser)
{
    private const string Lesson = Pages.Fresh + ".html";

    [Fact]
    public async Task The_contents_follow_the_reader_and_lead_to_each_section()
    {
        await using BrowserPage page = await browser.OpenSiteAsync(Lesson);
        int count = await page.EvaluateAsync<int>("document.querySelectorAll('.contents a').length");
        Assert.InRange(count, 5, 50);
        foreach (int i in new[] { 1, count / 2, count - 1 })
        {
            string id = await page.EvaluateAsync<string>($"document.querySelectorAll('.contents a')[{i}].hash.slice(1)");
            await page.EvaluateAsync<object>($"(document.getElementById('{id}').scrollIntoView(), null)");
            await page.Page.WaitForFunctionAsync(
                $"() => [...document.querySelectorAll('.contents a[aria-current]')].map(a => a.hash).join() === '#{id}'");
            // The contents themselves move, so that the marked line can be seen.
            Assert.True(await page.EvaluateAsync<bool>(
                """
                [document.querySelector('.contents a[aria-current]').getBoundingClientRect()]
                    .every(box => box.top >= 0 && box.bottom <= innerHeight)
                """));
        }

        page.MustHaveNoError();
    }

    [Fact]
    public async Task On_a_phone_the_contents_are_folded_and_fold_again_once_they_have_led_somewhere()
    {
        await using BrowserPage page = await browser.OpenSiteAsync(Lesson, 390);
        Assert.False(await page.EvaluateAsync<bool>("document.querySelector('.contents').open"));
        await page.Page.ClickAsync(".contents summary");
        await page.Page.ClickAsync(".contents li:nth-child(3) a");
        await page.Page.WaitForFunctionAsync("() => !document.querySelector('.contents').open");
        Assert.InRange(
            await page.EvaluateAsync<double>("document.querySelector(location.hash).getBoundingClientRect().top"), -1, 300);
    }

    [Fact]
    public async Task The_first_tab_skips_to_the_text_and_the_menu_opens_and_closes_with_keys()
    {
        await using BrowserPage page = await browser.OpenSiteAsync(Lesson);
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("MAIN", await page.EvaluateAsync<string>("document.activeElement.tagName"));

        await page.Page.FocusAsync(".menu summary");
        await page.Page.Keyboard.PressAsync("Enter");
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('.menu a[aria-current=page]').checkVisibility()"));
        Assert.Equal(Lesson, await page.EvaluateAsync<string>(
            "document.querySelector('.menu a[aria-current=page]').pathname.split('/').pop()"));
        Found.Nothing("barriers", await page.BarriersAsync());
        await page.Page.Keyboard.PressAsync("Escape");
        Assert.False(await page.EvaluateAsync<bool>("document.querySelector('.menu').open"));
        Assert.Equal("SUMMARY", await page.EvaluateAsync<string>("document.activeElement.tagName"));
    }

    /// <summary>Whoever prints wants the text and the figures, and none of what leads to other pages.</summary>
    [Fact]
    public async Task On_paper_there_are_text_and_figures_and_nothing_to_click_through()
    {
        await using BrowserPage page = await browser.OpenSiteAsync(Lesson);
        await page.ReadThroughAsync();
        await page.Page.EmulateMediaTypeAsync(MediaType.Print);
        Found.Nothing("on paper", await page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('.skip, header, .search, .menu, .contents, .neighbours, .modebar')]
                .filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 100))
            """));
        Found.Nothing("lies over the text", await page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('body *')].filter(e => e.checkVisibility())
                .filter(e => ['fixed', 'sticky'].includes(getComputedStyle(e).position)).map(e => e.outerHTML.slice(0, 100))
            """));
        Assert.All(
            await ShownChart.AllAsync(page, Pages.Fresh), chart => Assert.True(chart.Drawings == 1 || chart.Picture is not null));
        byte[] pdf = await page.Page.PdfDataAsync(new() { Format = PaperFormat.A4 });
        // As text: how many sheets there are.
        Assert.InRange(Regex.Count(Encoding.Latin1.GetString(pdf), @"/Type\s*/Page\b"), 10, 80);
    }
}
