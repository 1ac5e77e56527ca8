using System.Text.RegularExpressions;

namespace Rnn.Runner.Tests;

public sealed partial class NotebookPageTests
{
    private static readonly HashSet<string> Alone = [];

    [Fact]
    public void It_says_its_language_and_title_and_fits_a_phone()
    {
        string page = Render(Notebooks.Markdown("# A *first* `look`"));
        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", page, StringComparison.Ordinal);
        Assert.Contains("<title>A first look</title>", page, StringComparison.Ordinal);
        Assert.Contains(
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">", page, StringComparison.Ordinal);
        Assert.Contains("@media screen and (prefers-color-scheme: dark)", page, StringComparison.Ordinal);
        Assert.Contains("<h1 id=\"a-first-look\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Headings_of_one_text_have_anchors_of_their_own_and_stand_in_the_contents()
    {
        string page = Render(Notebooks.Markdown("# Title\n\n## Part"), Notebooks.Markdown("## Part"));
        Assert.Contains("<h2 id=\"part\">", page, StringComparison.Ordinal);
        Assert.Contains("<h2 id=\"part-1\">", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"#part-1\">Part</a>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_is_highlighted_and_numbered()
    {
        string page = Render([Notebooks.Code("int x = 1; // ünï <T>")], _ => new CellResult([], 1));
        Assert.Contains("[1]", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"keyword\">int</span>", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"comment\">// ünï &lt;T&gt;</span>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"source_hidden": true}""", true)]
    [InlineData("""{"source_hidden": false}""", false)]
    [InlineData("""{"source_hidden": "yes"}""", false)]
    [InlineData("""["source_hidden"]""", false)]
    public void Code_that_the_notebook_hides_is_folded_away_and_its_outputs_are_not(string jupyter, bool isFolded)
    {
        JsonObject cell = Notebooks.Code("int x = 1;");
        cell["metadata"]!["jupyter"] = JsonNode.Parse(jupyter);
        string page = Render([cell], _ => new CellResult([Outputs.Stream("stdout", "seen")], 1));
        const string Folded = "<details class=\"fold\">\n<summary>Code, folded away</summary>\n<div class=\"source\">";
        Assert.Equal(isFolded, page.Contains(Folded, StringComparison.Ordinal));
        Assert.Equal(isFolded, page.Contains("</details>\n<div class=\"outputs\">", StringComparison.Ordinal));
    }

    [Fact]
    public void Outputs_are_shown_as_the_notebook_shows_them()
    {
        JsonObject[] outputs =
        [
            Outputs.Stream("stdout", "a < b\n"),
            Outputs.Stream("stderr", "oh & no"),
            Outputs.Display([KeyValuePair.Create("text/html", "<b>rich</b>"), KeyValuePair.Create("text/plain", "poor")]),
            Outputs.Result([KeyValuePair.Create("text/plain", "é <T>")], 1),
            Outputs.Error("Error", "n.ipynb, cell 1: <bad>"),
        ];
        string page = Render([Notebooks.Code("1")], _ => new CellResult(outputs, 1));
        Assert.Contains("<pre class=\"stdout\">a &lt; b\n</pre>", page, StringComparison.Ordinal);
        Assert.Contains("<pre class=\"stderr\">oh &amp; no</pre>", page, StringComparison.Ordinal);
        Assert.Contains("<b>rich</b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("poor", page, StringComparison.Ordinal);
        Assert.Contains("<pre>é &lt;T&gt;</pre>", page, StringComparison.Ordinal);
        Assert.Contains("<pre class=\"error\">n.ipynb, cell 1: &lt;bad&gt;</pre>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_stand_in_the_page_and_nothing_is_fetched()
    {
        using Sandbox sandbox = new();
        sandbox.Write("images/net.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        string notebook = Notebooks.Of(Notebooks.Markdown(
            "![net](images/net.svg)\n\n<img width=\"5\" "
                + "src=\"images/net.svg\">\n\n![gone](images/none.png)\n\n![far](https://example.com/far.png)"));
        List<string> warnings = [];
        string page = Encoding.UTF8.GetString(NotebookPage.Render(
            NotebookFile.Read(sandbox.Write("n.ipynb", notebook), "n.ipynb"), new Dictionary<string, CellResult>(),
            sandbox["n.html"], Alone, warnings.Add));
        string data = Convert.ToBase64String(Encoding.UTF8.GetBytes(sandbox.Read("images/net.svg")));
        Assert.Equal(2, Regex.Count(page, Regex.Escape($"src=\"data:image/svg+xml;base64,{data}\"")));
        Assert.All(Fetched.Matches(page), match => Assert.StartsWith("data:", match.Groups[1].Value, StringComparison.Ordinal));
        Assert.Contains("<a href=\"https://example.com/far.png\">far</a>", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.Equal(["n.ipynb: the picture 'images/none.png' was not found, or is none"], warnings);
    }

    [Fact]
    public void A_picture_that_the_cell_carries_is_shown()
    {
        JsonObject cell = Notebooks.Markdown("![dot](attachment:dot.png)");
        cell["attachments"] = new JsonObject { ["dot.png"] = new JsonObject { ["image/png"] = "iVBORw0KGgo=" } };
        Assert.Contains("src=\"data:image/png;base64,iVBORw0KGgo=\"", Render(cell), StringComparison.Ordinal);
    }

    [Fact]
    public void Relative_links_lead_to_the_same_files_and_to_pages_that_are_there()
    {
        using Sandbox sandbox = new();
        string notebook = sandbox.Write(
            "lessons/a.ipynb",
            Notebooks.Of(
                Notebooks.Markdown("[b](b.ipynb#part) [c](c.ipynb) [r](../READ%20ME.md) [s](#s) [w](https://example.com)")));
        sandbox.Write("pages/b.html", "");
        string page = Encoding.UTF8.GetString(NotebookPage.Render(
            NotebookFile.Read(notebook, "a.ipynb"), new Dictionary<string, CellResult>(), sandbox["pages/a.html"], Alone,
            Assert.Fail));
        Assert.Equal(
            ["b.html#part", "../lessons/c.ipynb", "../READ%20ME.md", "#s", "https://example.com"],
            Regex.Matches(page, "href=\"([^\"]*)\"").Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void Formulas_code_and_tables_of_markdown_are_rendered()
    {
        string page = Render(
            Notebooks.Markdown(
                "Inline $x_t$, alone:\n\n$$\n\\sum_t x_t\n$$\n\n| a |\n|---|\n| 1 |\n\n```csharp\nint y;\n```\n\n`$5`"));
        Assert.Contains("<math><semantics><msub>", page, StringComparison.Ordinal);
        Assert.Contains("<math display=\"block\"><semantics><mrow><munder>", page, StringComparison.Ordinal);
        Assert.Contains("<div class=\"scroll\"><table>", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"keyword\">int</span> <span class=\"variable\">y</span>;", page, StringComparison.Ordinal);
        Assert.Contains("<code>$5</code>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_has_the_compilers_own_colours()
    {
        string page = Render(
            Notebooks.Code("class Net { public static double By(int k) => k; }"),
            Notebooks.Code("double by = Net.By(3); // \"by\" is no keyword\nif (by > 1) Console.WriteLine(\"é\");"),
            Notebooks.Markdown("```\nno language <b>\n```\n\n```sh\nls\n```\n\n```csharp\nNet.By(1)\n```"));
        Assert.All(
            [
                "<span class=\"keyword\">class</span> <span class=\"type\">Net</span>",
                "<span class=\"variable\">by</span> = <span class=\"type\">Net</span>.<span class=\"method\">By</span>(",
                "(<span class=\"number\">3</span>); <span class=\"comment\">// &quot;by&quot; is no keyword</span>",
                "<span class=\"control\">if</span> (<span class=\"variable\">by</span> ",
                "<span class=\"string\">&quot;é&quot;</span>",
                "no language &lt;b&gt;",
                "<span class=\"type\">Net</span>.<span class=\"method\">By</span>(<span class=\"number\">1</span>)",
            ],
            part => Assert.Contains(part, page, StringComparison.Ordinal));
    }

    [Fact]
    public void Plotly_js_comes_once_before_the_charts_and_only_where_there_is_one()
    {
        CellResult chart = new(
            [Outputs.Display([KeyValuePair.Create("text/html", "<div class=\"rnn-chart\">the chart</div>")])], 1);
        string page = Render([Notebooks.Code("1"), Notebooks.Code("2")], _ => chart);
        Assert.Equal(1, Regex.Count(page, Regex.Escape("* plotly.js v2.28.0")));
        int plotly = page.IndexOf("* plotly.js v2.28.0", StringComparison.Ordinal);
        Assert.True(plotly < page.IndexOf("the chart", StringComparison.Ordinal));
        // The script ends where it should: the first end tag after it is the page's own.
        Assert.StartsWith(
            "</script>\n<style>", page[page.IndexOf("</script", plotly, StringComparison.OrdinalIgnoreCase)..],
            StringComparison.Ordinal);

        Assert.True(Render([Notebooks.Code("1")], _ => new CellResult([], 1)).Length < 100_000);
    }

    [Fact]
    public void Explorers_share_their_scripts_on_a_page_and_need_no_plotly_js()
    {
        Dictionary<string, string> kinds = new() { ["cell-1"] = "softmax", ["cell-2"] = "text", ["cell-3"] = "softmax" };
        string page = Render([.. kinds.Select(_ => Notebooks.Code("// no rnn-chart"))], id => new CellResult(
            [Outputs.Display([KeyValuePair.Create("text/html", Explorer(kinds[id], id))])], 1));
        Assert.Equal(
            ["softmax of cell-1", "the kit", "softmax", "text of cell-2", "text", "softmax of cell-3"],
            Regex.Matches(page, @"<script[^>]*>\n(.*)\n</script>").Select(match => match.Groups[1].Value));
        Assert.Equal(3, Regex.Count(page, "<div class=\"rnn-explorer\" "));
        Assert.Equal(3, Regex.Count(page, "</script>\n</div>"));
        Assert.DoesNotContain("* plotly.js v2.28.0", page, StringComparison.Ordinal);

        static string Explorer(string kind, string id) =>
            $"""
            <div class="rnn-explorer" data-explorer="{kind}">
            <div class="rnn-explorer-static"><p>{kind}</p></div>
            <p class="rnn-explorer-note" hidden></p>
            <script type="application/json">
            {kind} of {id}
            </script>
            <script class="rnn-explorer-script">
            the kit
            </script>
            <script class="rnn-explorer-script">
            {kind}
            </script>
            </div>
            """.ReplaceLineEndings("\n");
    }

    [Fact]
    public void A_picture_that_a_cell_shows_has_its_text_as_its_alternative()
    {
        JsonObject[] outputs =
        [
            Outputs.Display(
                [KeyValuePair.Create("image/png", "iVBORw0KGgo=\n"), KeyValuePair.Create("text/plain", "a \"dot\"")]),
        ];
        Assert.Contains(
            "<img alt=\"a &quot;dot&quot;\" src=\"data:image/png;base64,iVBORw0KGgo=\">",
            Render([Notebooks.Code("1")], _ => new CellResult(outputs, 1)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_stopped_says_so_at_the_top_and_leads_to_the_cell()
    {
        string page = Render([Notebooks.Code("1"), Notebooks.Code("2"), Notebooks.Code("3")], id => id switch
        {
            "cell-1" => new CellResult([], 1),
            "cell-2" =>
                new CellResult(
                    [Outputs.Stream("stdout", "so far"), Outputs.Error("Error", "n.ipynb, cell 2: <bad>\nand more")], 2),
            _ => null,
        });
        Assert.Contains(
            "<main>\n<p class=\"error\">The run stopped at <a href=\"#cell-cell-2\">cell 2</a>: n.ipynb, cell 2: &lt;bad&gt;</p>",
            page, StringComparison.Ordinal);
        Assert.Contains("id=\"cell-cell-2\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_of_one_run_lead_to_each_other_and_to_the_index()
    {
        using Sandbox sandbox = new();
        NotebookFile a = NotebookFile.Read(
            sandbox.Write(
                "a.ipynb", Notebooks.Of(Notebooks.Markdown("# A & B\n\nThe *first* `lesson`. It has more.\n\n[b](b.ipynb)"))),
            "a.ipynb");
        NotebookFile b = NotebookFile.Read(sandbox.Write("b.ipynb", Notebooks.Of(Notebooks.Code("1"))), "b.ipynb");
        HashSet<string> siblings = [sandbox["pages/a.html"], sandbox["pages/b.html"], sandbox["pages/index.html"]];
        string page = Encoding.UTF8.GetString(
            NotebookPage.Render(a, new Dictionary<string, CellResult>(), sandbox["pages/a.html"], siblings, Assert.Fail));
        Assert.Contains("<header><a href=\"index.html\">All notebooks</a></header>", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"b.html\">b</a>", page, StringComparison.Ordinal);

        string index = Encoding.UTF8.GetString(IndexPage.Render(
            [
                new(a, sandbox["pages/a.html"], true, TimeSpan.FromSeconds(2)),
                new(b, sandbox["pages/more/b.html"], false, TimeSpan.FromSeconds(0.2))
            ], sandbox["pages/index.html"]));
        Assert.Contains(
            "<h2><a href=\"a.html\">A &amp; B</a></h2>\n<p>The first lesson.</p>\n<p class=\"note\">a.ipynb: <span "
                + "class=\"good\">ran to its end</span> in 2.0 s</p>",
            index, StringComparison.Ordinal);
        Assert.Contains(
            "<h2><a href=\"more/b.html\">b</a></h2>\n<p></p>\n<p class=\"note\">b.ipynb: <span class=\"bad\">stopped</span> "
                + "after 0.2 s</p>",
            index, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_text_colour_can_be_read_on_its_paper_in_light_and_in_dark()
    {
        string css = Regex.Match(Render(), "<style>(.*?)</style>", RegexOptions.Singleline).Groups[1].Value;
        string[] themes =
            [.. Regex.Matches(css, @":root \{(.*?)\}", RegexOptions.Singleline).Select(match => match.Groups[1].Value)];
        Assert.Equal(2, themes.Length);
        foreach (string theme in themes)
        {
            Dictionary<string, string> colours = Regex.Matches(theme, "--([a-z-]+): (#[0-9a-f]{6});")
                .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
            string[] papers = ["paper", "code", "bad-paper"];
            string[] texts = [.. colours.Keys.Except([.. papers, "line"])];
            Assert.Equal(
                [
                    "ink", "faint", "link", "bad", "good", "keyword", "control", "type", "method", "variable", "number", "string",
                    "comment"
                ],
                texts);
            Assert.All(from text in texts from paper in papers select (Text: colours[text], Paper: colours[paper]), pair =>
                Assert.True(
                    Contrast(
                        pair.Text, pair.Paper) >= 4.5, $"{pair.Text} on {pair.Paper}: {Contrast(pair.Text, pair.Paper):0.00}"));
        }

        // There is no other.
        Assert.All(
            Regex.Matches(css, "[{;] *(?:color|background): ([^;]+);"),
            match => Assert.StartsWith("var(--", match.Groups[1].Value, StringComparison.Ordinal));

        // As WCAG 2 counts it.
        static double Contrast(string a, string b) =>
            (Math.Max(Luminance(a), Luminance(b)) + 0.05) / (Math.Min(Luminance(a), Luminance(b)) + 0.05);

        static double Luminance(string colour) =>
            Convert.FromHexString(colour[1..]).Select(part => part / 255.0)
                .Select(part => part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4))
                .Zip([0.2126, 0.7152, 0.0722], (part, weight) => part * weight).Sum();
    }

    [Fact]
    public void What_was_skipped_or_has_not_run_says_so()
    {
        string page = Render(
            [Notebooks.Code("1"), Notebooks.Code("2")],
            id =>
                id == "cell-1"
                    ? new CellResult([Outputs.Stream("stdout", "committed")], 7) { SkipReason = "no <package>" }
                    : null);
        Assert.Contains("This cell is optional and was skipped: no &lt;package&gt;", page, StringComparison.Ordinal);
        Assert.Contains("committed", page, StringComparison.Ordinal);
        Assert.Contains("This cell has not run.", page, StringComparison.Ordinal);
    }

    private static string Render(params JsonObject[] cells) => Render(cells, _ => null);

    private static string Render(JsonObject[] cells, Func<string, CellResult?> results)
    {
        NotebookFile notebook = Notebooks.Parse(Notebooks.Of(cells));
        Dictionary<string, CellResult> all = notebook.CodeCells.Where(cell => results(cell.Id) is not null)
            .ToDictionary(cell => cell.Id, cell => results(cell.Id)!);
        return Encoding.UTF8.GetString(NotebookPage.Render(notebook, all, Path.GetFullPath("n.html"), Alone, Assert.Fail));
    }

    /// <summary>What a browser would load by itself.</summary>
    [GeneratedRegex(
        """<(?:img|script|link|iframe|source|video|audio|object)\b[^>]*?\b(?:src|href|data)="([^"]*)""",
        RegexOptions.IgnoreCase)]
    private static partial Regex Fetched { get; }
}
