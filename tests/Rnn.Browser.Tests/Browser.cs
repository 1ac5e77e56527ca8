using Microsoft.Playwright;
using Rnn.Runner.Pictures;

[assembly: AssemblyFixture(typeof(Rnn.Browser.Tests.Browser))]

namespace Rnn.Browser.Tests;

/// <summary>One headless browser for all tests: the machine's own, never one that Playwright downloads.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        string path = Chromium.Path ?? throw new InvalidOperationException(Chromium.Missing);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = path,
            // Whatever slips past the routes of a page still finds no host.
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", Chromium.NoNetwork],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }

    /// <summary>Opens a file of this machine and waits until all its charts are drawn, or say why they are not.</summary>
    /// <param name="file">An HTML file.</param>
    /// <param name="width">Of the window, in pixels; a narrow one is a phone's.</param>
    /// <param name="scheme">What the reader prefers.</param>
    /// <param name="javaScript">Whether scripts run.</param>
    /// <param name="serve">The script at an address of the web, or null where nothing answers; without it, nothing ever does.</param>
    public async Task<OpenPage> OpenAsync(
        string file, int width = 1280, ColorScheme scheme = ColorScheme.Light, bool javaScript = true, Func<string, string?>? serve = null)
    {
        IBrowserContext context = await browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            HasTouch = width < 600,
            IsMobile = width < 600,
            ColorScheme = scheme,
            JavaScriptEnabled = javaScript,
        });
        OpenPage page = new(context, await context.NewPageAsync(), serve ?? (_ => null));
        await page.GoToAsync(new Uri(file).AbsoluteUri, untilDrawn: javaScript);
        return page;
    }
}
