using System.Globalization;
using CsCheck;

namespace Rnn.Runner.Tests;

public class ComparisonTests
{
    [Fact]
    public void Numbers_may_differ_by_a_billionth_and_no_more() =>
        Gen.Select(Gen.Double[-1e6, 1e6].Where(x => Math.Abs(x) > 1e-6), Gen.OneOf(1, -1)).Sample((x, sign) =>
        {
            string Text(double value) => string.Create(CultureInfo.InvariantCulture, $"<td title=\"a1\">loss {value:R}</td>");
            Assert.True(Comparison.AreClose(Text(x), Text(x * (1 + sign * 0.9e-9))));
            Assert.False(Comparison.AreClose(Text(x), Text(x * (1 + sign * 1.2e-9))));
        });

    [Theory]
    [InlineData("Loss: 1", "Loss: 1.0000000001", true)]
    [InlineData("1e-3", "0.001", true)]
    [InlineData("0", "-0", true)]
    [InlineData("0", "1e-30", false)]
    [InlineData("[ 1, 2 ]", "[ 1, 2 ]", true)]
    [InlineData("[ 1, 2 ]", "[ 1,  2 ]", false)]
    [InlineData("[ 1, 2 ]", "[ 1, 2, 3 ]", false)]
    [InlineData("1 ok", "1 Ok", false)]
    [InlineData("3-4", "3 -4", false)]
    [InlineData("a1#", "a#1", false)]
    [InlineData("NaN", "1", false)]
    [InlineData("NaN", "NaN", true)]
    [InlineData("1e999", "2e999", false)]
    [InlineData("", "0", false)]
    [InlineData("1.5", "1.5\n", false)]
    public void Everything_else_must_be_equal(string a, string b, bool expected)
    {
        Assert.Equal(expected, Comparison.AreClose(a, b));
        Assert.Equal(expected, Comparison.AreClose(b, a));
    }

    [Fact]
    public void Each_difference_is_told_with_what_was_committed_and_what_came()
    {
        JsonObject[] committed =
        [
            Outputs.Stream("stdout", "a 1\nb 2\nc\n"),
            Outputs.Result([KeyValuePair.Create("text/plain", "x")], 1),
            Outputs.Display([KeyValuePair.Create("text/html", "<p>")]),
        ];
        JsonObject[] fresh =
        [
            Outputs.Stream("stdout", "a 1\nb 3\nd\n"),
            Outputs.Result([KeyValuePair.Create("text/html", "x")], 1),
        ];
        Assert.Equal(
            [
                "execution count: expected null, got 1",
                "output 1 (stream stdout), text, line 2: expected \"b 2\", got \"b 3\"",
                "output 1 (stream stdout), text, line 3: expected \"c\", got \"d\"",
                "output 2: expected execute_result text/plain \"x\", got execute_result text/html \"x\"",
                "output 3: expected display_data text/html \"<p>\", got nothing",
            ],
            Comparison.Differences(Cell(committed, null), fresh, 1));
    }

    [Fact]
    public void A_long_line_is_shown_where_it_differs()
    {
        string start = new('x', 1000);
        string difference = Assert.Single(
            Comparison.Differences(
                Cell([Outputs.Stream("stdout", start + "old" + start)], 1),
                [Outputs.Stream("stdout", start + "new" + start)],
                1));
        Assert.Contains("old", difference, StringComparison.Ordinal);
        Assert.Contains("new", difference, StringComparison.Ordinal);
        Assert.True(difference.Length < 400);
    }

    [Fact]
    public void A_volatile_cell_needs_only_outputs_of_the_same_kinds()
    {
        Cell cell = Cell(
            [Outputs.Stream("stdout", "1.5 s"), Outputs.Result([KeyValuePair.Create("text/html", "x")], 2)], 2, "volatile");
        Assert.Empty(
            Comparison.Differences(
                cell,
                [Outputs.Stream("stdout", "entirely different"), Outputs.Result([KeyValuePair.Create("text/html", "y")], 2)], 2));
        Assert.Single(Comparison.Differences(cell, [Outputs.Stream("stdout", "1.5 s")], 2));
        Assert.Single(
            Comparison.Differences(
                cell, [Outputs.Stream("stderr", "1.5 s"), Outputs.Result([KeyValuePair.Create("text/html", "x")], 2)], 2));
        Assert.Single(Comparison.Differences(cell, [.. cell.Outputs], 3));
    }

    private static Cell Cell(JsonObject[] outputs, int? count, params string[] tags)
    {
        JsonObject code = Notebooks.Code("1", tags);
        code["outputs"] = new JsonArray([.. outputs.Select(output => output.DeepClone())]);
        code["execution_count"] = count;
        return Notebooks.Parse(Notebooks.Of(code)).Cells[0];
    }
}
