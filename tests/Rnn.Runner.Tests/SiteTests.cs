using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Rnn.Runner.Site;

namespace Rnn.Runner.Tests;

/// <summary>The course as a site: every page, every link of it, and what it says of itself.</summary>
public sealed partial class SiteTests(SiteTests.Built built) : IClassFixture<SiteTests.Built>
{
    private const string Repository = "https://github.com/someone/course", Address = "https://someone.github.io/course/";

    private static readonly string[] Lessons =
        ["01-rnn-from-scratch", "02-looking-inside", "03-inventing-elements", "04-making-it-fast", "05-beyond"];

    /// <summary>The whole site, once, with its address known.</summary>
    public sealed class Built
    {
        internal IReadOnlyDictionary<string, byte[]> Files { get; } = Make(new Home(Repository, Address), _ => true);

        internal IReadOnlyDictionary<string, string> Pages { get; }

        public Built() => Pages = Files.Where(file => file.Key.EndsWith(".html", StringComparison.Ordinal))
            .ToDictionary(file => file.Key, file => Encoding.UTF8.GetString(file.Value));
    }

    [Fact]
    public void Everything_of_the_course_has_a_page()
    {
        string[] wanted =
        [
            "404.html", "cheat-sheet.html", "extras.html", "handout.html", "index.html", "plan.html", "terms.html",
            "slides/01-rnn-from-scratch.html",
            .. Lessons.SelectMany(name => new[] { $"{name}.html", $"solutions/{name}.html" }),
        ];
        Assert.Empty(wanted.Except(built.Pages.Keys));
        Assert.InRange(built.Files.Values.Sum(bytes => (long)bytes.Length), 4_000_000, 10_000_000);
    }

    [Fact]
    public void Assets_are_named_for_what_they_hold()
    {
        KeyValuePair<string, byte[]>[] assets =
            [.. built.Files.Where(file => file.Key.StartsWith("assets/", StringComparison.Ordinal))];
        Assert.NotEmpty(assets);
        Assert.All(assets, asset => Assert.Contains(
            $"-{Convert.ToHexStringLower(SHA256.HashData(asset.Value))[..12]}.", asset.Key, StringComparison.Ordinal));
        Assert.Single(assets, asset => asset.Key.StartsWith("assets/plotly-", StringComparison.Ordinal));
        Assert.Single(assets, asset => asset.Key.StartsWith("assets/site-", StringComparison.Ordinal)
            && asset.Key.EndsWith(".css", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_link_leads_to_a_page_and_a_place_on_it()
    {
        Assert.Empty(
            from page in built.Pages
            from link in LinksOf(page.Key, page.Value)
            where !link.StartsWith("https://", StringComparison.Ordinal)
            let problem = Problem(page.Key, link)
            where problem is not null
            select $"{page.Key}: {link}: {problem}");

        string? Problem(string page, string link)
        {
            string[] parts = WebUtility.HtmlDecode(link).Split('#', 2);
            Uri target = new(new Uri(Address + page), parts[0]);
            if (!target.AbsoluteUri.StartsWith(Address, StringComparison.Ordinal))
                return "leads out of the site";
            string place = parts[0].Length == 0 ? page : target.AbsoluteUri[Address.Length..];
            return !built.Files.ContainsKey(place) ? "no such file"
                : parts.Length > 1 && !built.Pages[place].Contains($" id=\"{parts[1]}\"", StringComparison.Ordinal) ? "no such id"
                : null;
        }
    }

    [Fact]
    public void Nothing_is_fetched_from_elsewhere()
    {
        Assert.All(built.Pages, page =>
        {
            Assert.DoesNotMatch("""<(?:script|img|iframe|source|video)\b[^>]*\bsrc="(?:[a-z]+:)?//""", page.Value);
            // A canonical link tells where the page is and loads nothing.
            Assert.DoesNotMatch("""<link rel="(?!canonical")[^>]*\bhref="(?:[a-z]+:)?//""", page.Value);
            Assert.DoesNotContain("<script>", page.Value, StringComparison.Ordinal);
        });
        Assert.All(built.Files.Where(file => file.Key.EndsWith(".css", StringComparison.Ordinal)), file =>
        {
            string text = Encoding.UTF8.GetString(file.Value);
            Assert.DoesNotMatch(@"url\((?!""?data:)", text);
            Assert.DoesNotContain("@import", text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Pages_say_what_they_are()
    {
        Assert.All(built.Pages, page =>
        {
            string title = Assert.Single(Title.Matches(page.Value)).Groups[1].Value;
            Assert.Contains("Rnn.Notebook", title, StringComparison.Ordinal);
            string description = Assert.Single(Description.Matches(page.Value)).Groups[1].Value;
            Assert.InRange(description.Length, 30, 300);
            Assert.EndsWith(".", description, StringComparison.Ordinal);
            Assert.Single(Heading1.Matches(page.Value));
            string[] ids = [.. Id.Matches(page.Value).Select(match => match.Groups[1].Value)];
            Assert.Equal(ids.Length, ids.Distinct().Count());
        });
        Assert.Equal(built.Pages.Count, built.Pages.Values.Select(page => Title.Match(page).Value).Distinct().Count());
        Assert.Equal(built.Pages.Count, built.Pages.Values.Select(page => Description.Match(page).Value).Distinct().Count());
    }

    [Fact]
    public void Lessons_lead_on_and_to_their_solutions_and_these_lead_back()
    {
        string second = built.Pages["02-looking-inside.html"];
        Assert.Contains("<a rel=\"prev\" href=\"./01-rnn-from-scratch.html\">", second, StringComparison.Ordinal);
        Assert.Contains("<a rel=\"next\" href=\"./03-inventing-elements.html\">", second, StringComparison.Ordinal);
        Assert.Contains("<a href=\"solutions/02-looking-inside.html\">solutions</a>", second, StringComparison.Ordinal);
        string solution = built.Pages["solutions/05-beyond.html"];
        Assert.Contains("<a href=\"../05-beyond.html\">Lesson 05, beyond</a>", solution, StringComparison.Ordinal);
        Assert.Contains("<a rel=\"prev\" href=\"../solutions/04-making-it-fast.html\">", solution, StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"next\"", solution, StringComparison.Ordinal);
        Assert.Contains("<a rel=\"next\" href=\"./extras.html\">", built.Pages["05-beyond.html"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_landing_page_has_one_explorer_and_the_lessons_with_their_times()
    {
        string page = built.Pages["index.html"];
        Match figure = Assert.Single(Figure.Matches(page));
        Assert.DoesNotContain("loading=\"lazy\"", page, StringComparison.Ordinal);
        Assert.True(figure.Index < page.IndexOf("<h2", StringComparison.Ordinal));
        Assert.Equal(Lessons.Length, Time.Count(page));
        Assert.Contains("softmax, weights, forward pass", page, StringComparison.Ordinal);
        Assert.Contains("href=\"https://codespaces.new/someone/course\"", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"{Repository}\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<p>{", page, StringComparison.Ordinal);
    }

    /// <summary>Terms have anchors; what the search finds is there.</summary>
    [Fact]
    public void The_index_of_the_search_leads_to_what_is_there()
    {
        string script = Encoding.UTF8.GetString(
            built.Files.Single(file => file.Key.StartsWith("assets/search-", StringComparison.Ordinal)).Value);
        Match call = Assert.Single(Index.Matches(script));
        JsonArray pages = JsonNode.Parse(call.Groups[1].Value)!.AsArray();
        Assert.Equal(
            built.Pages.Keys.Except(["index.html", "404.html", "slides/01-rnn-from-scratch.html"]).Order(StringComparer.Ordinal),
            pages.Select(page => (string)page![0]!).Order(StringComparer.Ordinal));
        int sections = 0;
        foreach (JsonNode? page in pages)
        {
            foreach (JsonNode? section in page![2]!.AsArray())
            {
                sections++;
                string id = (string)section![0]!;
                if (id.Length > 0)
                    Assert.Contains($" id=\"{id}\"", built.Pages[(string)page[0]!], StringComparison.Ordinal);
                Assert.DoesNotMatch("<[a-z/]|&[a-z]+;", (string)section[1]!);
            }
        }

        Assert.InRange(sections, 100, 1000);
        Assert.Contains(
            """["term-perplexity","perplexity","e to the loss per symbol""", script, StringComparison.Ordinal);
        Assert.Contains("<tr id=\"term-perplexity\">", built.Pages["terms.html"], StringComparison.Ordinal);
        Assert.Contains("<tr id=\"term-clip-norm\">", built.Pages["terms.html"], StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_address_is_known_search_engines_are_told()
    {
        string map = Encoding.UTF8.GetString(built.Files["sitemap.xml"]);
        Assert.Equal(
            built.Pages.Keys.Except(["404.html"]).Select(page => Address + (page == "index.html" ? "" : page))
                .Order(StringComparer.Ordinal),
            Location.Matches(map).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
        string robots = Encoding.UTF8.GetString(built.Files["robots.txt"]);
        Assert.Contains($"Sitemap: {Address}sitemap.xml", robots, StringComparison.Ordinal);
        string lesson = built.Pages["01-rnn-from-scratch.html"];
        Assert.Contains(
            $"<link rel=\"canonical\" href=\"{Address}01-rnn-from-scratch.html\">", lesson, StringComparison.Ordinal);
        Match picture = Assert.Single(Picture.Matches(lesson));
        Assert.True(built.Files.ContainsKey(picture.Groups[1].Value[Address.Length..]));
        Assert.Contains(
            $"<a href=\"{Repository}/blob/HEAD/notebooks/01-rnn-from-scratch.ipynb\">", lesson, StringComparison.Ordinal);
        // It is shown at any depth.
        Assert.Contains("href=\"/course/index.html\"", built.Pages["404.html"], StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_runs_give_equal_bytes_and_without_an_address_nothing_needs_one()
    {
        IReadOnlyDictionary<string, byte[]> once = MakeShort(), twice = MakeShort();
        Assert.Equal(once.Keys.Order(StringComparer.Ordinal), twice.Keys.Order(StringComparer.Ordinal));
        Assert.All(once, file => Assert.Equal(file.Value, twice[file.Key]));

        Assert.Empty(once.Keys.Intersect(["sitemap.xml", "robots.txt"]));
        Assert.All(once.Where(file => file.Key.EndsWith(".html", StringComparison.Ordinal)), file =>
        {
            string page = Encoding.UTF8.GetString(file.Value);
            Assert.DoesNotMatch("rel=\"canonical\"|og:url|og:image|codespaces|\\{repository\\}", page);
        });

        static IReadOnlyDictionary<string, byte[]> MakeShort() =>
            Make(new Home(null, null), name => name is "01-rnn-from-scratch.ipynb");
    }

    private static IReadOnlyDictionary<string, byte[]> Make(Home home, Func<string, bool> isWanted)
    {
        NotebookFile[] notebooks = [.. Directory.EnumerateFiles(Repo.Path("notebooks"), "*.ipynb", SearchOption.AllDirectories)
            .Where(path => isWanted(Path.GetFileName(path))).Order(StringComparer.Ordinal)
            .Select(path => NotebookFile.Read(path, Path.GetRelativePath(Repo.Root, path)))];
        return new Course(notebooks, PlotlyJs.OfRepository()!, home, message => Assert.Fail(message)).Files();
    }

    /// <summary>What a page refers to, whether a reader follows it or the browser fetches it.</summary>
    private static IEnumerable<string> LinksOf(string place, string page) =>
        Link.Matches(page).Select(match => match.Groups[1].Value)
            .Concat(Fetched.Matches(page).SelectMany(match => match.Groups[1].Value.Split(' '))
                .Select(name => $"{(place.Contains('/', StringComparison.Ordinal) ? "../" : "")}assets/{name}"));

    [GeneratedRegex("(?:href|src|data-script)=\"([^\"]*)\"")] private static partial Regex Link { get; }

    [GeneratedRegex("data-(?:figure|scripts)=\"([^\"]*)\"")] private static partial Regex Fetched { get; }

    [GeneratedRegex("<title>([^<]*)</title>")] private static partial Regex Title { get; }

    [GeneratedRegex("<meta name=\"description\" content=\"([^\"]*)\">")] private static partial Regex Description { get; }

    [GeneratedRegex(" id=\"([^\"]*)\"")] private static partial Regex Id { get; }

    [GeneratedRegex("<h1\\b")] private static partial Regex Heading1 { get; }

    [GeneratedRegex("<div class=\"figure\" data-kind=\"rnn-explorer\"")] private static partial Regex Figure { get; }

    [GeneratedRegex(@"<p class=""times"">\d+ min, with its exercises \d+ min")] private static partial Regex Time { get; }

    [GeneratedRegex("<loc>([^<]*)</loc>")] private static partial Regex Location { get; }

    [GeneratedRegex("<meta property=\"og:image\" content=\"([^\"]*)\">")] private static partial Regex Picture { get; }

    [GeneratedRegex(@"(?m)^rnnSearch\((.*)\);$")] private static partial Regex Index { get; }
}
