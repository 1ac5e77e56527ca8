using Rnn.Runner.Site;

namespace Rnn.Runner.Tests;

/// <summary>Which cells of a notebook stand on which slide.</summary>
public sealed class SlideArrangementTests
{
    private const string Figure = "<div class=\"rnn-chart\" id=\"c\">\n<script>1</script>\n</div>";

    [Fact]
    public void A_slide_begins_a_stack_and_a_subslide_stands_below_it() =>
        Assert.Equal(
            """
            <section>
            <section>
            <div class="cell markdown">
            a
            </div>
            <div class="cell markdown">
            b
            </div>
            </section>
            <section>
            <div class="cell markdown">
            c
            </div>
            </section>
            </section>
            <section>
            <section>
            <div class="cell markdown">
            e
            </div>
            </section>
            </section>

            """,
            Arranged(
                ("markdown", "slide", "a\n"), ("markdown", "-", "b\n"), ("markdown", "subslide", "c\n"),
                ("markdown", "skip", "d\n"), ("markdown", "slide", "e\n")));

    [Fact]
    public void Notes_are_for_the_speaker() =>
        Assert.Contains(
            "<aside class=\"notes\">\nb\n</aside>", Arranged(("markdown", "slide", "a\n"), ("markdown", "notes", "b\n")));

    /// <summary>Notes are no text beside a figure, and two figures need the whole width.</summary>
    [Theory]
    [InlineData("- -", true)]
    [InlineData("notes -", false)]
    [InlineData("- - -", false)]
    public void A_figure_alone_stands_beside_its_text(string types, bool isBeside)
    {
        string[] all = types.Split(' ');
        (string, string, string)[] cells =
            [("code", "slide", Figure), ("markdown", all[0], "a\n"), .. all.Skip(2).Select(type => ("code", type, Figure))];
        Assert.Equal(isBeside, Arranged(cells).Contains("<section class=\"two-columns\">", StringComparison.Ordinal));
    }

    [Fact]
    public void A_notebook_that_says_nothing_of_slides_has_none()
    {
        Assert.False(Slides.AreIn(Notebooks.Parse(Notebooks.Of(Notebooks.Markdown("# A")))));
        Assert.True(Slides.AreIn(NotebookFile.Read(
            Repo.Path("notebooks", "01-rnn-from-scratch.ipynb"), "notebooks/01-rnn-from-scratch.ipynb")));
    }

    private static string Arranged(params (string Kind, string Type, string Html)[] cells)
    {
        JsonObject[] made = [.. cells.Select(each =>
        {
            JsonObject cell = each.Kind == "code" ? Notebooks.Code("1") : Notebooks.Markdown("text");
            cell["metadata"] = new JsonObject { ["slideshow"] = new JsonObject { ["slide_type"] = each.Type } };
            return cell;
        })];
        return Slides.Arrange(Notebooks.Parse(Notebooks.Of(made)).Cells.Zip(cells, (cell, each) => (cell, each.Html)));
    }
}
