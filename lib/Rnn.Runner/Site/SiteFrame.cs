using Rnn.Runner.Page;

namespace Rnn.Runner.Site;

/// <summary>What stands round each page of the site: the way to the others and through itself.</summary>
/// <param name="pages">All pages, in the order in which they are read.</param>
/// <param name="home">Where the site will be.</param>
/// <param name="shared">The files that all of them need.</param>
internal sealed class SiteFrame(IReadOnlyList<SitePage> pages, Home home, SharedFiles shared)
{
    /// <summary>Contents of fewer headings than this are no help.</summary>
    private const int FewestHeadings = 3;

    private static string Version => typeof(SiteFrame).Assembly.GetName().Version!.ToString(3);

    public byte[] Around(SitePage page)
    {
        string toRoot = home.ToRoot(page.Place);
        string head = new SiteHead(page, home, shared).Html($"{toRoot}/{Assets.Folder}");
        string trail = page.Trail.Length > 0 ? $"<p class=\"trail\">{page.Trail}</p>\n" : "";
        return Encoding.UTF8.GetBytes(Resource.Filled(
            "site.html", head, page.Part == Part.None ? "plain" : "course", toRoot, Menu(page, toRoot),
            $"{toRoot}/{Assets.Folder}/{shared.Search}", Contents(page), trail, page.Body, Neighbours(page, toRoot), Foot(page)));
    }

    private string Menu(SitePage page, string toRoot)
    {
        return string.Concat(pages.Where(each => each.Part != Part.None).GroupBy(each => each.Part).Select(part =>
            $"<li>{PartName(part.Key)}\n<ul>\n{string.Concat(part.Select(Item))}</ul>\n</li>\n"));

        string Item(SitePage each) =>
            $"<li><a href=\"{toRoot}/{each.Place}\"{(each == page ? " aria-current=\"page\"" : "")}>"
                + $"{Html.Encode(each.Name)}</a></li>\n";
    }

    private static string PartName(Part part) =>
        part switch { Part.Lessons => "Lessons", Part.Solutions => "Solutions", _ => "Beside the lessons" };

    private static string Contents(SitePage page)
    {
        Heading[] headings = [.. page.Headings.Where(each => each.Level is 2 or 3)];
        if (headings.Length < FewestHeadings || page.Part == Part.None)
            return "";
        string items = string.Concat(headings.Select(heading =>
            $"<li class=\"level-{heading.Level}\"><a href=\"#{heading.Id}\">{Html.Encode(heading.Text)}</a></li>\n"));
        return "<details class=\"contents\">\n<summary>Contents</summary>\n"
            + $"<nav aria-label=\"Contents\">\n<ul>\n{items}</ul>\n</nav>\n</details>\n";
    }

    /// <summary>Lessons and what stands beside them are read one after another, and so are the solutions.</summary>
    private string Neighbours(SitePage page, string toRoot)
    {
        if (page.Part == Part.None)
            return "";
        SitePage[] row = [.. pages.Where(each =>
            each.Part != Part.None && each.Part == Part.Solutions == (page.Part == Part.Solutions))];
        int i = Array.IndexOf(row, page);
        return $"<nav class=\"neighbours\" aria-label=\"Previous and next\">\n{Link(i - 1, "prev", "Previous")}"
            + $"{Link(i + 1, "next", "Next")}</nav>\n";

        string Link(int to, string relation, string word) => to < 0 || to >= row.Length ? "" :
            $"<a rel=\"{relation}\" href=\"{toRoot}/{row[to].Place}\"><span>{word}</span> {Html.Encode(NameOf(row[to]))}</a>\n";

        // The names of solutions are those of their lessons, which are not meant here.
        static string NameOf(SitePage page) => page.Part == Part.Solutions ? page.Title : page.Name;
    }

    private string Foot(SitePage page)
    {
        string source = page.Source is not null && home.File(page.Source) is string address
            ? $" <a href=\"{Html.Encode(address)}\">{Html.Encode(page.Source)}</a> is where it comes from."
            : "";
        return "<p>Outputs and figures are those that the notebooks were committed with; a fresh run of every notebook is "
            + $"compared with them before a change is accepted. Version {Version}.{source}</p>";
    }
}
