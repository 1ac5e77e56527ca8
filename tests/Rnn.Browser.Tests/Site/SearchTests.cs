namespace Rnn.Browser.Tests.Site;

/// <summary>Finds things in the course, without a hand on the mouse and with one.</summary>
public sealed class SearchTests(BrowserFixture browser)
{
    private const string Option = "#found [role=option]";

    [Theory]
    [InlineData("index.html", 1280, "light")]
    [InlineData("01-rnn-from-scratch.html", 390, "dark")]
    [InlineData("solutions/03-inventing-elements.html", 1280, "dark")]
    public async Task A_word_leads_to_the_sections_that_have_it_with_keys_alone(string place, int width, string scheme)
    {
        await using BrowserPage page = await browser.OpenSiteAsync(place, width, scheme);
        await page.FindAsync("softmax");
        (string Place, string Fragment)[] targets = await TargetsAsync(page, place);
        Assert.InRange(targets.Length, 3, 50);
        Assert.All(targets, target => Assert.True(
            target.Fragment.Length == 0
                || WrittenPage.ByPlace[target.Place].Document.GetElementById(target.Fragment) is not null,
            $"{target.Place} has no #{target.Fragment}"));
        Assert.Contains(
            "softmax", await page.EvaluateAsync<string>($"document.querySelector('{Option}').textContent"),
            StringComparison.OrdinalIgnoreCase);
        await Screenshots.TakeAsync(page, $"site-search-{scheme}-{width}");
        await page.MustFitAsync(width);
        Found.Nothing("barriers", await page.BarriersAsync());

        await page.Page.Keyboard.PressAsync("ArrowDown");
        await page.Page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal(1, await page.EvaluateAsync<int>($"document.querySelectorAll('{Option}[aria-selected=true]').length"));
        await page.FollowAsync(() => page.Page.Keyboard.PressAsync("Enter"));
        Assert.Equal(BuiltSite.Address($"{targets[1].Place}#{targets[1].Fragment}").TrimEnd('#'), page.Page.Url);
        page.MustHaveNoError();
        Found.Nothing("asked of others", page.Requests);
    }

    [Fact]
    public async Task What_was_found_can_be_clicked_and_what_is_nowhere_is_said_to_be()
    {
        const string Place = "terms.html";
        await using BrowserPage page = await browser.OpenSiteAsync(Place);
        await page.FindAsync("gradient");
        (string Place, string Fragment) first = (await TargetsAsync(page, Place))[0];
        await page.FollowAsync(() => page.Page.ClickAsync(Option));
        Assert.Equal(BuiltSite.Address($"{first.Place}#{first.Fragment}").TrimEnd('#'), page.Page.Url);

        await page.Page.Keyboard.PressAsync("/");
        await page.Page.Keyboard.TypeAsync("zebra");
        await page.Page.WaitForFunctionAsync("() => document.querySelector('.found-count').textContent.includes('zebra')");
        Assert.Equal(0, await page.EvaluateAsync<int>($"document.querySelectorAll('{Option}').length"));
        await page.Page.Keyboard.PressAsync("Escape");
        Assert.False(await page.EvaluateAsync<bool>("document.querySelector('.found-count').checkVisibility()"));
        page.MustHaveNoError();
    }

    private static async Task<(string Place, string Fragment)[]> TargetsAsync(BrowserPage page, string place)
    {
        string[] links = await page.EvaluateAsync<string[]>($"[...document.querySelectorAll('{Option}')].map(e => e.dataset.to)");
        return [.. links.Select(link => WrittenPage.ByPlace[place].Target(link)!.Value)];
    }
}
