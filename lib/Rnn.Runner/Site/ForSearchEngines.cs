namespace Rnn.Runner.Site;

/// <summary>What search engines are told, where the site's address is known.</summary>
internal static class ForSearchEngines
{
    public static IEnumerable<(string Name, string Text)> Files(Home home, IReadOnlyList<SitePage> pages)
    {
        if (home.Site is not string site)
            yield break;
        string urls = string.Concat(pages.Where(page => page.Place != SitePage.Missing)
            .Select(page => $"<url><loc>{Page.Html.Encode(home.AddressOf(page.Place)!)}</loc></url>\n"));
        yield return (
            "sitemap.xml",
            $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
            {urls}</urlset>

            """);
        yield return ("robots.txt", $"User-agent: *\nAllow: /\nSitemap: {site}sitemap.xml\n");
    }
}
