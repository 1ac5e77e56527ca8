using System.Net;
using PuppeteerSharp.Media;
using Rnn.Runner.Pictures;

[assembly: AssemblyFixture(typeof(Rnn.Browser.Tests.BrowserFixture))]

namespace Rnn.Browser.Tests;

/// <summary>One headless browser for all tests of a project, started by the first that opens a page.</summary>
public sealed class BrowserFixture : IAsyncDisposable
{
    /// <summary>Every host is unknown but this machine, where a site may be served.</summary>
    private static readonly LaunchOptions Options = new()
    {
        ExecutablePath = Chromium.Path,
        Pipe = true,
        Args =
        [
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-component-update",
            $"--host-resolver-rules=\"MAP * ~NOTFOUND, EXCLUDE {IPAddress.Loopback}\"",
        ],
    };

    private readonly Lazy<Task<IBrowser>> browser = new(() => new Launcher().LaunchAsync(Options));

    /// <summary>
    /// Opens a page and waits until each of its charts and explorers is drawn or says why it is not. Without a browser, the test
    /// is skipped.
    /// </summary>
    /// <param name="page">The path or address of an HTML file, or HTML.</param>
    /// <param name="width">Of the window, in pixels; a narrow one is a phone's.</param>
    /// <param name="scheme">Which colours the reader prefers: light or dark.</param>
    /// <param name="javaScript">Whether scripts run.</param>
    /// <param name="serve">The script at an address of the web, or null where nothing answers; by default nothing does.</param>
    /// <param name="height">Of the window, in pixels.</param>
    /// <param name="own">How addresses begin that the page may load from.</param>
    public async Task<BrowserPage> OpenAsync(
        string page, int width = 1280, string scheme = "light", bool javaScript = true, Func<string, string?>? serve = null,
        int height = 900, string own = "file:")
    {
        Assert.SkipWhen(Chromium.Path is null, Chromium.Missing);
        IBrowserContext context = await (await browser.Value).CreateBrowserContextAsync();
        BrowserPage opened = new(await context.NewPageAsync(), serve ?? (_ => null), own);
        // Beside others, a busy machine needs more than the usual 30 seconds for a large page.
        opened.Page.DefaultNavigationTimeout = 120_000;
        // Each page has the focus, as if there were no other.
        await opened.Page.Client.SendAsync("Emulation.setFocusEmulationEnabled", new { enabled = true });
        bool isPhone = width < 600;
        await opened.Page.SetViewportAsync(new() { Width = width, Height = height, IsMobile = isPhone, HasTouch = isPhone });
        await opened.Page.EmulateMediaFeaturesAsync([new() { MediaFeature = MediaFeature.PrefersColorScheme, Value = scheme }]);
        await opened.Page.SetJavaScriptEnabledAsync(javaScript);
        await opened.Page.SetRequestInterceptionAsync(true);
        if (page.Contains('<'))
            await opened.Page.SetContentAsync(page);
        else
            await opened.Page.GoToAsync(new Uri(page).AbsoluteUri);
        if (javaScript)
            await opened.UntilDrawnAsync();
        return opened;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser.IsValueCreated)
            await (await browser.Value).DisposeAsync();
    }
}
