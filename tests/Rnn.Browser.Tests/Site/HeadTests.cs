using Rnn.Runner.Site;

namespace Rnn.Browser.Tests.Site;

/// <summary>What search engines, and those that a link is sent to, see of a page.</summary>
public sealed class HeadTests
{
    [Fact]
    public void Every_page_has_a_title_and_a_description_of_its_own()
    {
        IReadOnlyList<WrittenPage> pages = WrittenPage.All;
        Found.Nothing("no title", pages.Where(page => page.Document.Title is not { Length: > 5 }).Select(page => page.Place));
        Found.Nothing(
            "no sentence that describes it",
            pages.Where(page => page.Meta("description") is not { Length: > 30 and < 300 })
                .Select(page => $"{page.Place}: {page.Meta("description")}"));
        Found.Nothing("the same title", Twice(page => page.Document.Title!));
        Found.Nothing("the same description", Twice(page => page.Meta("description")!));
        Found.Nothing("no single heading", pages.Where(page => page.Document.QuerySelectorAll("h1").Length != 1)
            .Select(page => page.Place));
        Assert.All(pages, page => Assert.Equal("en", page.Document.DocumentElement.GetAttribute("lang")));

        IEnumerable<string> Twice(Func<WrittenPage, string> text) =>
            pages.GroupBy(text).Where(same => same.Count() > 1)
                .Select(same => $"{same.Key}: {string.Join(", ", same.Select(page => page.Place))}");
    }

    /// <summary>Where the site's address is not known, nothing names one; a picture needs one.</summary>
    [Fact]
    public void Whoever_is_sent_a_link_sees_what_the_page_says_and_a_picture_where_its_address_is_known()
    {
        string? site = Home.OfThisBuild.Site;
        Assert.All(WrittenPage.All.Where(page => page.Place != SitePage.Missing), page =>
        {
            string? address = Home.OfThisBuild.AddressOf(page.Place);
            Assert.Equal(address, page.Document.QuerySelector("link[rel=canonical]")?.GetAttribute("href"));
            Assert.Equal(address, page.Meta("og:url"));
            Assert.Equal(page.Meta("description"), page.Meta("og:description"));
            Assert.NotNull(page.Meta("og:title"));
            Assert.Equal(site is null, page.Meta("og:image") is null);
            if (page.Meta("og:image") is string image)
                Assert.True(File.Exists(BuiltSite.PathOf(image[site!.Length..])), image);
        });
        Assert.Equal(site is not null, File.Exists(BuiltSite.PathOf("sitemap.xml")));
    }
}
