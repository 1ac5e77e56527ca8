using System.Xml.Linq;
using CsCheck;

namespace Rnn.Runner.Tests;

public sealed class FormulaTests
{
    [Theory]
    [InlineData("x_t", "<msub><mi>x</mi><mi>t</mi></msub>")]
    [InlineData("h_{t-1}^\\top", "<msubsup><mi>h</mi><mrow><mi>t</mi><mo>−</mo><mn>1</mn></mrow><mi>⊤</mi></msubsup>")]
    [InlineData("\\frac{\\partial L}{2}", "<mfrac><mrow><mi>∂</mi><mi>L</mi></mrow><mn>2</mn></mfrac>")]
    [InlineData("\\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>")]
    [InlineData("x^10", "<mrow><msup><mi>x</mi><mn>1</mn></msup><mn>0</mn></mrow>")]
    [InlineData("\\tanh(x)", "<mrow><mi>tanh</mi><mo stretchy=\"false\">(</mo><mi>x</mi><mo stretchy=\"false\">)</mo></mrow>")]
    [InlineData("1.5 < 2", "<mrow><mn>1.5</mn><mo>&lt;</mo><mn>2</mn></mrow>")]
    public void A_formula_is_MathML_with_its_source_beside_it(string tex, string expected)
    {
        string html = Formula.ToHtml(tex, display: false, Assert.Fail);
        Assert.Equal(
            $"<math><semantics>{expected}<annotation "
                + $"encoding=\"application/x-tex\">{Html.Encode(tex)}</annotation></semantics></math>",
            html);
    }

    [Fact]
    public void Limits_stand_above_and_below_on_a_line_of_its_own_and_beside_within_text()
    {
        Assert.Contains(
            "<munderover><mo>∑</mo>", Formula.ToHtml("\\sum_{t=1}^T x_t", display: true, Assert.Fail), StringComparison.Ordinal);
        Assert.Contains(
            "<msubsup><mo>∑</mo>", Formula.ToHtml("\\sum_{t=1}^T x_t", display: false, Assert.Fail), StringComparison.Ordinal);
        Assert.Contains(
            "<msubsup><mo>∑</mo>", Formula.ToHtml("\\frac{\\sum_{t=1}^T x_t}{2}", display: true, Assert.Fail),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_have_their_rows_and_columns()
    {
        XElement math = XElement.Parse(
            Formula.ToHtml("\\begin{aligned} a &= b \\\\ c &= d \\\\ \\end{aligned}", display: true, Assert.Fail));
        Assert.Equal(2, math.Descendants("mtr").Count());
        Assert.Equal(
            ["right", "left", "right", "left"],
            math.Descendants("mtd").Select(each => each.Attribute("style")!.Value["text-align: ".Length..]));
    }

    [Theory]
    [InlineData("a = b \\qquad c = d", 2)]
    [InlineData("\\frac{a \\qquad b}{c}", 1)]
    [InlineData("\\left( a \\qquad b \\right)", 1)]
    [InlineData("\\begin{aligned} a &= b \\qquad c \\end{aligned}", 1)]
    public void Formulas_side_by_side_may_stand_below_each_other(string tex, int parts) =>
        Assert.Equal(parts, XElement.Parse(Formula.ToHtml(tex, display: true, Assert.Fail)).Elements("math").Count());

    [Theory]
    [InlineData("\\foo{x}", "\\foo is unknown")]
    [InlineData("\\frac{1}", "")]
    [InlineData("{x", "")]
    [InlineData("x}", "")]
    [InlineData("x_1_2", "")]
    [InlineData("\\left( x", "")]
    [InlineData("\\begin{pmatrix} 1", "pmatrix")]
    [InlineData("\\", "")]
    public void What_it_does_not_know_stays_TeX_and_is_named(string tex, string reason)
    {
        List<string> warnings = [];
        Assert.Equal($"<code class=\"tex\">{tex}</code>", Formula.ToHtml(tex, display: false, warnings.Add));
        string warning = Assert.Single(warnings);
        Assert.StartsWith($"the formula \"{tex}\" stays TeX: ", warning, StringComparison.Ordinal);
        Assert.Contains(reason, warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_formula_of_the_notebooks_is_known()
    {
        string[] paths = Directory.GetFiles(Repo.Path("notebooks"), "*.ipynb", SearchOption.AllDirectories);
        Assert.NotEmpty(paths);
        // It colours code, which takes the compiler's time, and is none of the formulas' business.
        Highlighter blind = new(Notebooks.Parse(Notebooks.Of()));
        Assert.All(paths, path =>
        {
            NotebookFile notebook = NotebookFile.Read(path, Path.GetFileName(path));
            MarkdownRenderer renderer = new(
                notebook, blind, _ => null,
                warning => Assert.DoesNotContain("stays TeX", warning, StringComparison.Ordinal));
            foreach (Cell cell in notebook.Cells.Where(cell => cell.Type == "markdown"))
                renderer.Render(cell);
        });
    }

    [Fact]
    public void Whatever_the_TeX_the_markup_is_well_formed() =>
        Gen.OneOf(
                "\\frac", "\\left", "\\right", "\\begin{aligned}", "\\end{aligned}", "\\sum", "\\text", "\\hat", "{", "}",
                "[", "]", "(", "^", "_", "&", "\\\\", "\\,", "'", "x", "12", ".", "<", "é", "𝛿", " ", "\\", "\\}")
            .Array[0, 14].Select(string.Concat)
            .Sample(
                tex =>
                    Assert.NotEmpty(XElement.Parse(Formula.ToHtml(tex, display: true, _ => { })).Name.LocalName), iter: 20_000);
}
