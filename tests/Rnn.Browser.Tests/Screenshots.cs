using Microsoft.Playwright;

namespace Rnn.Browser.Tests;

/// <summary>Pictures of the pages, for whoever changes how they look.</summary>
internal static class Screenshots
{
    private static readonly string Folder = Path.Combine(Notebooks.Root, "artifacts", "screenshots");

    /// <summary>The whole page; of the phone's only the light one, since the dark one differs in colours alone.</summary>
    public static async Task TakeAsync(OpenPage page, string name, ColorScheme scheme, int width)
    {
        string? view = (scheme, width) switch
        {
            (ColorScheme.Light, 1280) => "light",
            (ColorScheme.Dark, 1280) => "dark",
            (ColorScheme.Light, _) => "phone",
            _ => null,
        };
        if (view is not null)
            await TakeAsync(page, $"{name}-{view}");
    }

    public static Task TakeAsync(OpenPage page, string name) =>
        page.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder, name.Replace('/', '-') + ".png"), FullPage = true });
}
