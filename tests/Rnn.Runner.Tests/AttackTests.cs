using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Rnn.Runner.Tests;

/// <summary>Nothing runs, loads or leads away from a page that a cell did not show as HTML.</summary>
public sealed partial class AttackTests(ITestOutputHelper log)
{
    private const string Address = "http://127.0.0.1:9/x";

    private static readonly string[] Forbidden =
    [
        "iframe", "frame", "frameset", "object", "embed", "applet", "form", "button", "select", "textarea", "base", "link", "svg",
        "portal", "fencedframe", "video", "audio", "source", "area", "map", "template", "noscript", "xmp", "plaintext", "marquee",
        "keygen", "isindex",
    ];

    /// <summary>Attributes that load, send or stand in a script's way; those that begin with "on" besides.</summary>
    private static readonly string[] ForbiddenAttributes =
        ["srcset", "srcdoc", "ping", "background", "poster", "formaction", "action", "lowsrc", "dynsrc", "data", "manifest"];

    [Fact]
    public void No_attack_in_markdown_or_in_an_output_leaves_anything_active()
    {
        string[] attacks = Attacks.Markdown(Address);
        JsonObject[] outputs = Attacks.Outputs(Address);
        NotebookFile notebook = Notebooks.Parse(Attacks.Notebook(Address));
        AssertHarmless(Render(notebook, new CellResult(outputs, 1)));
        // One by one, too: one could swallow the next.
        foreach (string attack in Attacks.Raw(Address))
            AssertHarmless(Render(Notebooks.Parse(Notebooks.Of(Notebooks.Markdown(attack))), null), attack);
        log.WriteLine($"{attacks.Length} attacks in markdown, {outputs.Length} in outputs");
        Assert.True(attacks.Length >= 500);
    }

    [Fact]
    public void Html_of_a_cell_that_was_skipped_is_a_strangers()
    {
        const string Html = $"<b>kept</b><script>x</script><img src={Address} onerror=x>";
        JsonObject html = Outputs.Display([KeyValuePair.Create("text/html", Html)]);
        NotebookFile notebook = Notebooks.Parse(Notebooks.Of(Notebooks.Code("1", "optional")));
        string skipped = Render(notebook, new CellResult([html], 1) { SkipReason = "none" });
        Assert.Contains("<b>kept</b>", skipped, StringComparison.Ordinal);
        AssertHarmless(skipped);
        Assert.Contains("<script>x</script>", Render(notebook, new CellResult([html], 1)), StringComparison.Ordinal);
    }

    /// <summary>What people write in markdown survives.</summary>
    [Theory]
    [InlineData("a **b** `c` ~~d~~<br>e", "<p>a <strong>b</strong> <code>c</code> <del>d</del><br>e</p>")]
    [InlineData("<details><summary>s</summary>t</details>", "<details><summary>s</summary>t</details>")]
    [InlineData("<a id=\"here\"></a>[x](#here)", "<a id=\"here\"></a><a href=\"#here\">x</a>")]
    [InlineData("[x](mailto:a@b.c) <https://b.c/?a=1&b=2>", "a@b.c\">x</a> <a href=\"https://b.c/?a=1&amp;b=2\">")]
    [InlineData("- [x] done", "<input disabled=\"disabled\" type=\"checkbox\" checked=\"checked\"> done")]
    [InlineData("x[^1]\n\n[^1]: note", "<a id=\"fnref:1\" href=\"#fn:1\" class=\"footnote-ref\"><sup>1</sup></a>")]
    [InlineData("a<sub>1</sub> <kbd>x</kbd> é < ü &amp; \"", "a<sub>1</sub> <kbd>x</kbd> é &lt; ü &amp; \"")]
    [InlineData("![p](data:image/gif;base64,R0lGODlhACw=)", "<img src=\"data:image/gif;base64,R0lGODlhACw=\" alt=\"p\">")]
    public void What_is_harmless_stays(string markdown, string html) =>
        Assert.Contains(
            html, Render(Notebooks.Parse(Notebooks.Of(Notebooks.Markdown(markdown))), null), StringComparison.Ordinal);

    [Fact]
    public void The_policy_forbids_what_the_sanitiser_would_miss()
    {
        string page = Render(Notebooks.Parse(Notebooks.Of(Notebooks.Markdown("x"))), null);
        Assert.All(
            ["default-src 'none'", "form-action 'none'", "base-uri 'none'", "frame-src 'none'"],
            rule => Assert.Contains(rule, page, StringComparison.Ordinal));
    }

    [Fact]
    public void Pictures_come_from_the_repository_or_the_notebooks_folder_and_no_other()
    {
        using Sandbox sandbox = new();
        const string Picture = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
        sandbox.Write("outside/secret.svg", Picture);
        sandbox.Write("lesson/own.svg", Picture);
        sandbox.Write("lesson/page.svg", "<p>no drawing</p>");
        string notebook = sandbox.Write("lesson/n.ipynb", Notebooks.Of(Notebooks.Markdown(
            "![own](own.svg) ![secret](../outside/secret.svg) ![link](link.svg) ![deep](folder/secret.svg) ![none](page.svg)")));
        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(sandbox["lesson/link.svg"], sandbox["outside/secret.svg"]);
            Directory.CreateSymbolicLink(sandbox["lesson/folder"], sandbox["outside"]);
        }

        string page = Render(NotebookFile.Read(notebook, "n.ipynb"), null);
        Assert.Equal(1, Regex.Count(page, "src=\"data:image/svg"));
        Assert.Equal(4, Regex.Count(page, "<em class=\"missing\">"));
    }

    private static string Render(NotebookFile notebook, CellResult? result) =>
        Encoding.UTF8.GetString(NotebookPage.Render(
            notebook, notebook.CodeCells.Where(_ => result is not null).ToDictionary(cell => cell.Id, _ => result!),
            Path.GetFullPath("n.html"), new HashSet<string>(), _ => { }));

    private static void AssertHarmless(string page, string attack = "all")
    {
        using IDocument document = new HtmlParser().ParseDocument(page);
        Assert.Equal("utf-8", document.QuerySelector("meta")!.GetAttribute("charset"));
        IElement[] all = [.. document.All];
        string[] faults =
        [
            .. all.Where(each => Forbidden.Contains(each.LocalName)).Select(each => each.OuterHtml),
            .. all.Where(each => each.LocalName == "meta").Skip(4).Select(each => each.OuterHtml),
            .. all.Where(each => each.LocalName is "script" or "style").Skip(2).Select(each => each.OuterHtml),
            .. all.Where(each => each.LocalName == "input" && !each.HasAttribute("disabled")).Select(each => each.OuterHtml),
            .. from each in all
               from attribute in each.Attributes
               where attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)
                   || ForbiddenAttributes.Contains(attribute.Name) || (attribute.Name == "name" && each.LocalName != "meta")
                   || attribute.Name == "style" && !TextAlign.IsMatch(attribute.Value)
                   || attribute.LocalName == "href" && !Href.IsMatch(attribute.Value)
                   || attribute.Name == "src" && !attribute.Value.StartsWith("data:image/", StringComparison.Ordinal)
                   || attribute.Name == "id" && Regex.IsMatch(attribute.Value, "^(Plotly|rnnPlotly|define|module)$")
               select $"{attribute.Name}={attribute.Value}",
        ];
        Assert.True(faults.Length == 0, $"{attack}\nleaves {string.Join("\n", faults.Take(5))}");
    }

    [GeneratedRegex("^text-align: ?(left|right|center);?$")] private static partial Regex TextAlign { get; }

    /// <summary>Somewhere that a reader goes by a click, or a place near the page.</summary>
    [GeneratedRegex("^(https?:|mailto:|[^:/?#]*([/?#]|$))", RegexOptions.IgnoreCase)] private static partial Regex Href { get; }
}
