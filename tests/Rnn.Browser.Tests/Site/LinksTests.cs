using AngleSharp.Dom;
using Rnn.Runner.Site;

namespace Rnn.Browser.Tests.Site;

/// <summary>Where the site's links lead, and what its pages load.</summary>
public sealed class LinksTests
{
    [Fact]
    public void Every_link_leads_to_a_file_and_to_a_place_in_it_and_every_other_is_a_plain_one_to_https()
    {
        Dictionary<string, WrittenPage> pages = WrittenPage.ByPlace;
        Found.Nothing("links", pages.Values.SelectMany(page => page.Links.Select(link => Fault(page, link.Element, link.Link))
            .OfType<string>().Select(fault => $"{page.Place}: {fault}")));

        string? Fault(WrittenPage page, IElement element, string link)
        {
            bool isPlain = element.LocalName == "a"
                || element.LocalName == "link" && element.GetAttribute("rel") == "canonical";
            if (link.StartsWith("data:image/", StringComparison.Ordinal))
                return null;
            if (page.Target(link) is not (string place, string fragment))
            {
                return isPlain && link.StartsWith("https://", StringComparison.Ordinal)
                    ? null
                    : $"leads out: {element.OuterHtml}";
            }

            if (!File.Exists(BuiltSite.PathOf(place)))
                return $"leads nowhere: {link}";
            if (fragment.Length == 0)
                return link.Length == 0 ? $"leads nowhere: {element.OuterHtml}" : null;
            return pages[place].Document.GetElementById(fragment) is null ? $"no such place: {link}" : null;
        }
    }

    [Fact]
    public void Every_page_can_be_reached_from_the_landing_page_by_links()
    {
        Dictionary<string, WrittenPage> pages = WrittenPage.ByPlace;
        HashSet<string> reached = [SitePage.Landing];
        Queue<string> open = new(reached);
        while (open.TryDequeue(out string? place))
        {
            foreach ((IElement element, string link) in pages[place].Links)
            {
                if (element.LocalName == "a" && pages[place].Target(link) is (string to, _) && pages.ContainsKey(to)
                    && reached.Add(to))
                {
                    open.Enqueue(to);
                }
            }
        }

        // To that one the server leads.
        Found.Nothing("out of reach", pages.Keys.Except(reached).Except([SitePage.Missing]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("solutions/")]
    public void From_the_first_next_leads_through_all_and_previous_leads_back(string folder)
    {
        Dictionary<string, WrittenPage> pages = WrittenPage.ByPlace;
        string[] expected = [.. Notebooks.All.Select(notebook => notebook + ".html")
            .Where(place => place[..(place.LastIndexOf('/') + 1)] == folder)];
        List<string> way = [expected[0]];
        // Slides have no way on but their own.
        while (Neighbour(way[^1], "next") is string next && !next.StartsWith("slides/", StringComparison.Ordinal))
        {
            Assert.Equal(way[^1], Neighbour(next, "prev"));
            way.Add(next);
        }

        Assert.Null(Neighbour(way[0], "prev"));
        Assert.Equal(expected, way.Where(expected.Contains));

        string? Neighbour(string place, string relation) =>
            pages[place].Document.QuerySelector($"a[rel={relation}]")?.GetAttribute("href") is string link
                ? pages[place].Target(link)?.Place
                : null;
    }

    /// <summary>Each is named in a page, a style sheet or a script.</summary>
    [Fact]
    public void Styles_load_what_is_there_and_nothing_lies_there_that_nothing_names()
    {
        string assets = Path.Combine(BuiltSite.Folder, "assets");
        string[] files = [.. Directory.EnumerateFiles(assets, "*", SearchOption.AllDirectories)];
        string texts = string.Concat(Directory.EnumerateFiles(BuiltSite.Folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".html" or ".css" or ".js" or ".json").Select(File.ReadAllText));
        Found.Nothing(
            "named by nothing", files.Where(file => !texts.Contains(Path.GetFileName(file), StringComparison.Ordinal)));
        Found.Nothing(
            "loaded by a style sheet, and not there",
            from file in files
            where Path.GetExtension(file) == ".css"
            from match in Regex.Matches(File.ReadAllText(file), @"url\(\s*[""']?(?!data:)([^""')]+)|@import[^;]*")
            where !File.Exists(Path.Combine(Path.GetDirectoryName(file)!, match.Groups[1].Value))
            select $"{file}: {match.Value}");
    }
}
