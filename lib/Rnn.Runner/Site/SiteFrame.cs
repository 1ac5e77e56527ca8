using Rnn.Runner.Page;

namespace Rnn.Runner.Site;

/// <summary>What stands round each page of the site: its head, the way to the others, its contents.</summary>
/// <param name="style">The style sheet's name among the assets.</param>
/// <param name="script">The script's.</param>
/// <param name="home">Where the site will be.</param>
/// <param name="pages">All pages, in the order in which they are read.</param>
internal sealed class SiteFrame(string style, string script, Home home, IReadOnlyList<SitePage> pages)
{
    /// <summary>
    /// Nothing comes from another host. 'unsafe-eval' is for plotly.js, which compiles some of its drawing code.
    /// </summary>
    private const string Policy = "default-src 'none'; script-src 'self' file: 'unsafe-eval'; "
        + "style-src 'self' file: 'unsafe-inline'; img-src 'self' file: data: blob:; "
        + "form-action 'none'; base-uri 'none'; frame-src 'none'";

    public byte[] Around(SitePage page)
    {
        string toRoot = SitePage.ToRoot(page.Place), toAssets = $"{toRoot}/{Assets.Folder}";
        string styles = string.Concat(page.Styles.Prepend(style).Select(
            name => $"<link rel=\"stylesheet\" href=\"{toAssets}/{name}\">\n"));
        string canonical = home.Site is null ? "" : $"<link rel=\"canonical\" href=\"{Html.Encode(home.Site + page.Place)}\">\n";
        return Encoding.UTF8.GetBytes(Resource.Filled(
            "site.html", Html.Encode(page.Title), Html.Encode(page.Description), Policy, $"{canonical}{styles}",
            $"{toAssets}/{script}", toRoot, Contents(page), page.Body, Neighbours(page)));
    }

    private static string Contents(SitePage page) =>
        string.Concat(page.Headings.Where(each => each.Level is 2 or 3).Select(heading =>
            $"<li class=\"level-{heading.Level}\"><a href=\"#{heading.Id}\">{Html.Encode(heading.Text)}</a></li>\n"));

    private string Neighbours(SitePage page)
    {
        int i = pages.ToList().IndexOf(page);
        return Link(i - 1, "prev", "Back") + Link(i + 1, "next", "Next");

        string Link(int to, string relation, string word) => to < 0 || to >= pages.Count ? "" :
            $"<a rel=\"{relation}\" href=\"{SitePage.ToRoot(page.Place)}/{pages[to].Place}\">"
                + $"<span>{word}</span> {Html.Encode(pages[to].Title)}</a>\n";
    }
}
