using Rnn.Runner.Page;

namespace Rnn.Runner.Site;

/// <summary>
/// The whole course as static files. Its pages show the outputs that the notebooks were committed with: nothing is run.
/// </summary>
internal sealed class Course
{
    /// <summary>What every page runs, in this order.</summary>
    private static readonly string[] Scripts = ["page.js", "figures.js", "site.js"];

    /// <summary>How every page looks.</summary>
    private static readonly string[] Styles = ["page.css", "site.css", "sheets.css"];

    private readonly IReadOnlyList<NotebookFile> notebooks;
    private readonly Home home;
    private readonly Action<string> warn;
    private readonly Assets assets = new();
    private readonly Figures figures;

    /// <summary>Where each source's page stands, by the source's full path.</summary>
    private readonly Dictionary<string, string> places = [];

    private readonly NotebookFile plan = MarkdownFile.Read(Source("README.md"));
    private readonly NotebookFile terms = MarkdownFile.Read(Source("terms.md"));
    private readonly NotebookFile sheet = MarkdownFile.Read(Source("cheat-sheet.md"));
    private readonly NotebookFile handout = MarkdownFile.Read(Source("handout.md"));
    private readonly IReadOnlyList<LessonEntry> lessons;

    /// <param name="notebooks">Lessons, solutions and extras.</param>
    /// <param name="plotly">plotly.js.</param>
    /// <param name="home">Where it will be on the web.</param>
    /// <param name="warn">Told what a page has to do without.</param>
    /// <exception cref="NotebookException">A text that is part of the course is not there.</exception>
    public Course(IReadOnlyList<NotebookFile> notebooks, byte[] plotly, Home home, Action<string> warn)
    {
        (this.notebooks, this.home, this.warn) = (notebooks, home, warn);
        figures = new Figures(assets, assets.Add("plotly.js", plotly));
        foreach (NotebookFile notebook in notebooks)
            places[notebook.Path] = Repository.PlaceBelow("", notebook.Path, ".html").Replace(Path.DirectorySeparatorChar, '/');
        places[plan.Path] = "plan.html";
        places[terms.Path] = "terms.html";
        places[sheet.Path] = "cheat-sheet.html";
        places[handout.Path] = "handout.html";
        // Not made of a file of their own; links lead to them as if they stood among the notebooks.
        places[Source("index.md")] = SitePage.Landing;
        foreach (NotebookFile notebook in notebooks.Where(Slides.AreIn))
            places[Source(SlidesPlace(notebook))] = SlidesPlace(notebook);
        lessons = [.. LessonEntry.In(plan.Cells[0].Source).Where(each => places.ContainsKey(Source(each.File)))];
    }

    /// <summary>Where the site's address is not known, nothing can refer to it.</summary>
    private string? CardFile => home.Site is null ? null : Source(Path.Combine("images", "card.png"));

    /// <summary>A file among the notebooks.</summary>
    private static string Source(string name) => Path.Combine(Repository.Root, "notebooks", name);

    /// <summary>All files of the site, by their paths below its root.</summary>
    public IReadOnlyDictionary<string, byte[]> Files()
    {
        // Beside each other: the compiler, which colours their code, takes most of the time.
        Task<SitePage>[] slidesMade = [.. notebooks.Where(Slides.AreIn).Select(notebook => Task.Run(() => SlidesOf(notebook)))];
        IReadOnlyList<SitePage> pages = Pages();
        SitePage[] all = [LandingPage(pages), .. pages, MissingPage()];
        SitePage[] slides = [.. slidesMade.Select(page => page.GetAwaiter().GetResult())];
        string search = assets.Add("search.js", SearchIndex.Script(pages));
        SiteFrame frame = new([.. all, .. slides], home, new SharedFiles(assets, CardFile)
        {
            Style = assets.Add("site.css", string.Concat(Styles.Select(Resource.Text)) + $"{figures.Styles}\n"),
            Script = assets.Add("site.js", string.Concat(Scripts.Select(Resource.Text))),
            Search = search,
        });
        SharedFiles ofSlides = new(assets, CardFile)
        {
            Style = assets.Add("slides.css", Slides.Style(figures.Styles)),
            Script = assets.Add("slides.js", Slides.Script),
            Search = search,
        };
        Dictionary<string, byte[]> files = all.ToDictionary(page => page.Place, frame.Around);
        foreach (SitePage page in slides)
            files.Add(page.Place, Slides.Around(page, home, ofSlides));
        foreach ((string name, string text) in ForSearchEngines.Files(home, [.. all, .. slides]))
            files.Add(name, Encoding.UTF8.GetBytes(text));
        foreach ((string name, byte[] bytes) in assets.Files)
            files.Add($"{Assets.Folder}/{name}", bytes);
        return files;
    }

    /// <summary>The pages in the order in which they are read; the solutions, which their lessons lead to, come last.</summary>
    private IReadOnlyList<SitePage> Pages()
    {
        Task<SitePage>[] made = [.. notebooks.Select(notebook => Task.Run(() => Notebook(notebook)))];
        SitePage[] companions =
        [
            Text(plan, "The workshop's plan") with { Source = Repository.FromRoot(plan.Path) },
            Text(terms, "Terms", Terms.WithAnchors) with { Source = Repository.FromRoot(terms.Path) },
            Text(sheet, "Cheat sheet", html => Sheets.InSections(html, "cheat-sheet"))
                with { Source = Repository.FromRoot(sheet.Path) },
            Text(FilledHandout(), "Handout", html => Sheets.InSections(html, "handout"))
                with { Source = Repository.FromRoot(handout.Path) },
        ];
        return [.. made.Select(page => page.GetAwaiter().GetResult()).Concat(companions).OrderBy(page => page.Part)];
    }

    private SitePage Notebook(NotebookFile notebook)
    {
        string place = places[notebook.Path];
        bool isSolution = place.StartsWith("solutions/", StringComparison.Ordinal);
        Part part = isSolution ? Part.Solutions : Part.Lessons;
        SitePage page = Page(notebook, place, part, null) with { Source = Repository.FromRoot(notebook.Path) };
        if (lessons.FirstOrDefault(each => each.File == Path.GetFileName(notebook.Path)) is not { } lesson)
            return page;

        (string ofLesson, string? ofSolutions) = PlacesOf(lesson);
        string trail = isSolution
            ? $"<a href=\"../{ofLesson}\">Lesson {Html.Encode(lesson.Name)}</a>"
            : $"Lesson {Html.Encode(lesson.Name)} · {lesson.Reading}, with its exercises {lesson.WithExercises}"
                + (ofSolutions is null ? "" : $" · <a href=\"{ofSolutions}\">solutions</a>");
        return page with
        {
            Name = lesson.Name,
            Description = isSolution ? lesson.SolutionsDescription : lesson.Description,
            Trail = trail,
        };
    }

    private SitePage Text(NotebookFile text, string name, Func<string, string>? change = null)
    {
        SitePage page = Page(text, places[text.Path], Part.Companions, name);
        return page with { Body = change?.Invoke(page.Body) ?? page.Body };
    }

    private SitePage LandingPage(IReadOnlyList<SitePage> pages)
    {
        SitePage page = Page(
            MarkdownFile.Of(Landing.Text(home), Source(SitePage.Landing)), SitePage.Landing, Part.None, "Home");
        SitePage? first = pages.FirstOrDefault(each => each.Part == Part.Lessons);
        return page with { Body = Landing.Filled(page.Body, lessons, first, PlacesOf) };
    }

    private SitePage MissingPage() =>
        Page(MarkdownFile.Of(Resource.Text("missing.md"), Source(SitePage.Missing)), SitePage.Missing, Part.None, "Not found");

    private (string Lesson, string? Solutions) PlacesOf(LessonEntry lesson) =>
        (places[Source(lesson.File)], places.GetValueOrDefault(Source(Path.Combine("solutions", lesson.File))));

    private NotebookFile FilledHandout()
    {
        Handout filling = new(plan.Cells[0].Source, notebooks.First(Slides.AreIn), sheet.Cells[0].Source);
        return MarkdownFile.Of(filling.Filled(handout.Cells[0].Source), handout.Path);
    }

    private string SlidesPlace(NotebookFile notebook) => $"slides/{places[notebook.Path]}";

    private SitePage SlidesOf(NotebookFile notebook)
    {
        string lesson = places[notebook.Path], place = SlidesPlace(notebook);
        IEnumerable<(Cell, string)> cells = NotebookPage.Pieces(
            notebook, Committed(notebook), AddressFrom(place), Slides.IsFolded, warn);
        (string title, string description) = MarkdownRenderer.Describe(notebook);
        string body = figures.Lighten(Slides.Arrange(cells), $"{home.ToRoot(place)}/{Assets.Folder}");
        return new SitePage(place, Part.Companions, "Slides", $"Slides: {title}", $"For a projector. {description}", [], body)
        {
            Trail = $"<span>Space goes on, S opens a window for the speaker.</span> <a href=\"../{lesson}\">The whole lesson</a>",
        };
    }

    private SitePage Page(NotebookFile notebook, string place, Part part, string? name)
    {
        (string cells, IReadOnlyList<Heading> headings) = NotebookPage.Content(
            notebook, Committed(notebook), AddressFrom(place), warn);
        (string title, string description) = MarkdownRenderer.Describe(notebook);
        string body = figures.Lighten(cells, $"{home.ToRoot(place)}/{Assets.Folder}");
        return new SitePage(place, part, name ?? title, title, description, headings, body);
    }

    private static Dictionary<string, CellResult> Committed(NotebookFile notebook) =>
        notebook.CodeCells.ToDictionary(cell => cell.Id, cell => new CellResult(cell.Outputs, cell.ExecutionCount));

    /// <summary>Where a link to a file leads from a page; null where it can lead nowhere.</summary>
    private Func<string, string?> AddressFrom(string place) =>
        path => places.TryGetValue(path, out string? to) ? $"{home.ToRoot(place)}/{to}"
            : Repository.IsWithin(Repository.Root, path) ? home.File(Repository.FromRoot(path))
            : null;
}
