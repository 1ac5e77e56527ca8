using Rnn.Runner.Page;

namespace Rnn.Runner.Site;

/// <summary>
/// The whole course as static files. Its pages show the outputs that the notebooks were committed with: nothing is run.
/// </summary>
internal sealed class Course
{
    private readonly IReadOnlyList<NotebookFile> notebooks;
    private readonly Home home;
    private readonly Action<string> warn;
    private readonly Assets assets = new();
    private readonly Figures figures;

    /// <summary>Where each source's page stands, by the source's full path.</summary>
    private readonly Dictionary<string, string> places = [];

    /// <param name="notebooks">Lessons, solutions and extras.</param>
    /// <param name="plotly">plotly.js.</param>
    /// <param name="home">Where it will be on the web.</param>
    /// <param name="warn">Told what a page has to do without.</param>
    public Course(IReadOnlyList<NotebookFile> notebooks, byte[] plotly, Home home, Action<string> warn)
    {
        (this.notebooks, this.home, this.warn) = (notebooks, home, warn);
        figures = new Figures(assets, assets.Add("plotly.js", plotly));
        foreach (NotebookFile notebook in notebooks)
            places[notebook.Path] = Repository.PlaceBelow("", notebook.Path, ".html").Replace(Path.DirectorySeparatorChar, '/');
        places[Plan] = "plan.html";
    }

    private static string Plan => Path.Combine(Repository.Root, "notebooks", "README.md");

    /// <summary>All files of the site, by their paths below its root.</summary>
    public IReadOnlyDictionary<string, byte[]> Files()
    {
        NotebookFile plan = MarkdownFile.Read(Plan);
        SitePage[] pages = [.. notebooks.Append(plan).Select(Page)];
        SiteFrame frame = new(
            assets.Add("site.css", Resource.Text("page.css") + Resource.Text("site.css")),
            assets.Add("site.js", Resource.Text("figures.js")), home, pages);
        Dictionary<string, byte[]> files = pages.ToDictionary(page => page.Place, frame.Around);
        foreach ((string name, byte[] bytes) in assets.Files)
            files.Add($"{Assets.Folder}/{name}", bytes);
        return files;
    }

    private SitePage Page(NotebookFile notebook)
    {
        string place = places[notebook.Path], toRoot = SitePage.ToRoot(place);
        Dictionary<string, CellResult> results = notebook.CodeCells.ToDictionary(
            cell => cell.Id, cell => new CellResult(cell.Outputs, cell.ExecutionCount));
        (string cells, IReadOnlyList<Heading> headings) = NotebookPage.Content(notebook, results, Address, warn);
        (string title, string description) = MarkdownRenderer.Describe(notebook);
        HashSet<string> styles = [];
        string body = figures.Lighten(cells, $"{toRoot}/{Assets.Folder}", styles);
        return new SitePage(place, title, description, headings, body, [.. styles]);

        string? Address(string path) => places.TryGetValue(path, out string? to)
            ? $"{toRoot}/{to}"
            : Repository.IsWithin(Repository.Root, path) ? home.File(Repository.FromRoot(path)) : null;
    }
}
