using System.Text.RegularExpressions;

namespace Rnn.Display.Tests;

/// <summary>What Verso's <c>run</c> prints of our figures: it takes the tags away, and nothing else.</summary>
public sealed class VersoTerminalTests
{
    [Theory]
    [InlineData(true, "Verso.Cli", "run", "lesson.ipynb")]
    [InlineData(true, "Verso.Cli", "run", "lesson.ipynb", "--timeout", "1800", "--output", "text")]
    [InlineData(false, "Verso.Cli", "run", "lesson.ipynb", "--output", "none", "--save")]
    [InlineData(false, "Verso.Cli", "run", "lesson.ipynb", "--output=Json")]
    [InlineData(false, "Verso.Cli", "run", "lesson.ipynb", "--output-file", "lesson.txt")]
    [InlineData(false, "Verso.Cli", "export", "lesson.ipynb", "--execute", "--format", "html")]
    [InlineData(false, "Verso.Cli", "serve", "run")]
    [InlineData(false, "Verso.Cli")]
    [InlineData(false, "Verso.Host", "run", "lesson.ipynb")]
    [InlineData(false, "Rnn.Runner", "run", "lesson.ipynb")]
    [InlineData(false, null, "run", "lesson.ipynb")]
    public void It_reads_alone_where_Verso_runs_and_neither_saves_nor_writes_JSON(
        bool alone, string? program, params string[] line) =>
        Assert.Equal(alone, VersoTerminal.Reads(program, ["/tools/Verso.Cli.dll", .. line]));

    [Theory]
    [InlineData("A curve, from 1 to 2; “a” & 'b'", "A curve, from 1 to 2; “a” & 'b'")]
    [InlineData("if (a < b && b > c)", "if (a &lt; b && b > c)")]
    public void What_it_prints_loses_nothing_with_the_tags(string text, string printed) =>
        Assert.Equal(printed, Regex.Replace(VersoTerminal.Printable(text), "<[^>]+>", "").Trim());

    [Fact]
    public void Elsewhere_a_figure_is_its_html() => Assert.Null(VersoTerminal.Text(Explorers.Softmax([1, 2])));
}
