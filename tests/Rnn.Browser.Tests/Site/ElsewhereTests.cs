using System.IO.Compression;
using Rnn.Browser.Tests.Live;
using Rnn.Runner.Site;

namespace Rnn.Browser.Tests.Site;

/// <summary>The site without a server: from disk, and unpacked from an archive somewhere else.</summary>
public sealed class ElsewhereTests(BrowserFixture browser) : IDisposable
{
    private readonly DirectoryInfo elsewhere = Directory.CreateTempSubdirectory("somewhere else, früher ");

    [Theory]
    [InlineData(SitePage.Landing)]
    [InlineData(Pages.Fresh + ".html")]
    public Task From_disk_all_figures_live_and_search_finds(string place) => MustWorkAsync(BuiltSite.Folder, place);

    [Theory]
    [InlineData(SitePage.Landing)]
    [InlineData("solutions/02-looking-inside.html")]
    public async Task From_an_archive_all_figures_live_and_search_finds(string place)
    {
        string archive = Path.Combine(elsewhere.FullName, "site.zip"), folder = Path.Combine(elsewhere.FullName, "site 100%");
        await ZipFile.CreateFromDirectoryAsync(BuiltSite.Folder, archive, TestContext.Current.CancellationToken);
        await ZipFile.ExtractToDirectoryAsync(archive, folder, TestContext.Current.CancellationToken);
        await MustWorkAsync(folder, place);
    }

    public void Dispose() => elsewhere.Delete(recursive: true);

    private async Task MustWorkAsync(string folder, string place)
    {
        string own = new Uri(folder + Path.DirectorySeparatorChar).AbsoluteUri;
        await using BrowserPage page = await browser.OpenAsync(Path.Combine(folder, place), own: own);
        await page.ReadThroughAsync();
        if (BuiltSite.NotebookOf(place) is string notebook)
            Assert.All(await ShownChart.AllAsync(page, notebook), chart => chart.MustBeDrawn());
        foreach (LiveExplorer explorer in await LiveExplorer.AllAsync(page))
            await explorer.MoveAllAsync(Means.Mouse, isWide: true, 0.75);

        await page.FindAsync("softmax");
        await page.FollowAsync(() => page.Page.Keyboard.PressAsync("Enter"));
        Assert.StartsWith(own, page.Page.Url);
        Assert.Contains(
            "softmax", await page.EvaluateAsync<string>("document.body.innerText"), StringComparison.OrdinalIgnoreCase);
        page.MustHaveNoError();
        Found.Nothing("asked of others", page.Requests);
    }
}
