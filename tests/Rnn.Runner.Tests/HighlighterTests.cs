using System.Text.RegularExpressions;

namespace Rnn.Runner.Tests;

public sealed class HighlighterTests
{
    [Fact]
    public void A_cell_knows_what_the_cells_before_it_define()
    {
        string[] html = Colour(
            "using System.IO;\n#r \"none.dll\"", "class Net { public int By; }\nNet net = new();", "net.By",
            "File.Exists(net.By.ToString())");
        Assert.Contains(
            "<span class=\"keyword\">using</span> <span class=\"type\">System</span>", html[0], StringComparison.Ordinal);
        Assert.Contains(
            "<span class=\"keyword\">r</span> <span class=\"string\">&quot;none.dll&quot;</span>", html[0],
            StringComparison.Ordinal);
        Assert.Contains("<span class=\"type\">Net</span> <span class=\"variable\">net</span>", html[1], StringComparison.Ordinal);
        Assert.Contains(
            "<code><span class=\"variable\">net</span>.<span class=\"variable\">By</span></code>", html[2],
            StringComparison.Ordinal);
        Assert.Contains(
            "<span class=\"type\">File</span>.<span class=\"method\">Exists</span>(", html[3], StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_defined_once_more_is_the_latest()
    {
        string[] html = Colour("string x = \"a\";", "x.Trim()", "int[] x = [1];", "x.Sum()", "x.CopyTo(x, 0)");
        Assert.Contains("<span class=\"method\">Trim</span>", html[1], StringComparison.Ordinal);
        Assert.Contains("<span class=\"method\">Sum</span>", html[3], StringComparison.Ordinal);
        Assert.Contains("<span class=\"method\">CopyTo</span>", html[4], StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_cell_leaves_the_others_as_they_are()
    {
        string[] whole = Colour("int a = 1;", "a", "(int b, int c) = (a, 2);", "b + c");
        string[] broken = Colour("int a = 1;", "a", "/* never ends", "(int b, int c) = (a, 2);", "b + c");
        Assert.Equal(whole, broken.Where((_, i) => i != 2));
    }

    [Fact]
    public void Prose_may_speak_of_what_the_cells_define()
    {
        NotebookFile notebook = Notebooks.Parse(Notebooks.Of(Notebooks.Code("void Show(int n) => display(n);")));
        Highlighter highlighter = new(notebook);
        Assert.Contains("<span class=\"method\">display</span>", highlighter.ToHtml(notebook.Cells[0]), StringComparison.Ordinal);
        Assert.Contains("<span class=\"method\">Show</span>(", highlighter.ToHtml("Show(1);"), StringComparison.Ordinal);
    }

    /// <summary>Threads of its own once made a page come out otherwise now and then, when the machine was busy.</summary>
    [Fact]
    public void The_same_cells_always_look_the_same()
    {
        string path = Repo.Path("notebooks/01-rnn-from-scratch.ipynb");
        NotebookFile notebook = NotebookFile.Read(path, "01");
        string[] pages = [.. Enumerable.Range(0, 2).AsParallel().Select(_ =>
        {
            Highlighter highlighter = new(notebook);
            return string.Concat(notebook.CodeCells.Select(cell => highlighter.ToHtml(cell)));
        })];
        Assert.Single(pages.Distinct());
        // Nothing of the cells' text is lost.
        string text = System.Net.WebUtility.HtmlDecode(Regex.Replace(pages[0], "<[^>]*>", ""));
        Assert.Equal(string.Concat(notebook.CodeCells.Select(cell => cell.Source)), text);
    }

    private static string[] Colour(params string[] cells)
    {
        NotebookFile notebook = Notebooks.Parse(Notebooks.Of([.. cells.Select(cell => Notebooks.Code(cell))]));
        Highlighter highlighter = new(notebook);
        return [.. notebook.Cells.Select(cell => highlighter.ToHtml(cell))];
    }
}
