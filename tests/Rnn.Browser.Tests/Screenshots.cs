namespace Rnn.Browser.Tests;

/// <summary>Pictures of the pages, for whoever changes how they look.</summary>
internal static class Screenshots
{
    private static readonly string Folder = Repo.Path("artifacts", "screenshots");

    /// <summary>The whole page.</summary>
    public static Task TakeAsync(BrowserPage page, string name)
    {
        Directory.CreateDirectory(Folder);
        return page.Page.ScreenshotAsync(
            Path.Combine(Folder, name.Replace('/', '-') + ".png"), new() { FullPage = true, OptimizeForSpeed = true });
    }
}
