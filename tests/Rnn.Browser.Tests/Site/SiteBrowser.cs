namespace Rnn.Browser.Tests.Site;

/// <summary>Opens the site's pages.</summary>
internal static class SiteBrowser
{
    /// <summary>From the server; the page may load from there and nowhere else.</summary>
    public static Task<BrowserPage> OpenSiteAsync(
        this BrowserFixture browser, string place, int width = 1280, string scheme = "light") =>
        browser.OpenAsync(BuiltSite.Address(place), width, scheme, own: BuiltSite.Server.Root.AbsoluteUri);

    /// <summary>Moves through the page as a reader does, until all figures that wait to come into view are drawn.</summary>
    public static async Task ReadThroughAsync(this BrowserPage page)
    {
        await page.Page.EvaluateFunctionAsync(
            """
            async () => {
              for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight / 2) {
                scrollTo({ top: y, behavior: 'instant' });
                await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
              }
              scrollTo({ top: 0, behavior: 'instant' });
            }
            """);
        await page.Page.WaitForFunctionAsync("() => !document.querySelector('.figure[data-figure]')");
        await page.UntilDrawnAsync();
    }

    /// <summary>Searches with keys, and waits for what is found.</summary>
    public static async Task FindAsync(this BrowserPage page, string words)
    {
        // As after a click on the text: in a figure, keys are the figure's.
        await page.EvaluateAsync<object>("(document.activeElement.blur(), null)");
        await page.Page.Keyboard.PressAsync("/");
        await page.Page.Keyboard.TypeAsync(words);
        await page.Page.WaitForSelectorAsync("#found [role=option]", new() { Visible = true });
    }

    /// <summary>Does what leads to another page, or to another place on this one, and waits until it is there.</summary>
    public static async Task FollowAsync(this BrowserPage page, Func<Task> step)
    {
        string before = page.Page.Url;
        await step();
        await page.Page.WaitForFunctionAsync(
            "before => location.href !== before && document.readyState === 'complete'", new WaitForFunctionOptions(), before);
    }
}
