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
    [InlineData("1e999 1", "1e999 1.0000000001", true)]
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
        string start = new('x', 1000), before = new('x', 40), after = new('x', 75);
        Assert.Equal(
            [
                $"output 1 (stream stdout), text, line 1: expected \"…{before}old{after[..74]}…, "
                    + $"got \"…{before}new{after[..74]}…",
            ],
            Comparison.Differences(
                Cell([Outputs.Stream("stdout", start + "old" + start)], 1),
                [Outputs.Stream("stdout", start + "new" + start)], 1));
        Assert.Equal(
            [$"output 1 (stream stdout), text, line 1: expected \"…{before}old\", got \"…{before}\""],
            Comparison.Differences(
                Cell([Outputs.Stream("stdout", start + "old")], 1), [Outputs.Stream("stdout", start)], 1));
    }

    [Theory]
    [InlineData(40, "")]
    [InlineData(41, "…")]
    public void Forty_characters_before_the_difference_are_shown(int same, string start)
    {
        string before = new('x', same), shown = new('x', 40);
        Assert.Equal(
            [$"output 1 (stream stdout), text, line 1: expected \"{start}{shown}old\", got \"{start}{shown}new\""],
            Comparison.Differences(
                Cell([Outputs.Stream("stdout", before + "old")], 1), [Outputs.Stream("stdout", before + "new")], 1));
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
        // Whatever other tags it has.
        Assert.Empty(Comparison.Differences(
            Cell([Outputs.Stream("stdout", "1")], 2, "a", "volatile", "b"), [Outputs.Stream("stdout", "2")], 2));
        Assert.Single(Comparison.Differences(
            Cell([Outputs.Stream("stdout", "1")], 2, "a", "b"), [Outputs.Stream("stdout", "2")], 2));
    }

    /// <summary>Each wrapped into the JSON or the metadata of an output.</summary>
    [Theory]
    [InlineData("{\"a\": [1, 2]}", "{\"a\": [1, 3]}", ", a[1]: expected 2, got 3")]
    [InlineData("{\"a\": [1, 2]}", "{\"a\": [1, 2, 3]}", ", a: expected [1,2], got [1,2,3]")]
    [InlineData("{\"a\": 1}", "{\"a\": 1, \"b\": null}", ", b: expected nothing, got null")]
    [InlineData("{\"a\": 1, \"b\": null}", "{\"a\": 1}", ", b: expected null, got nothing")]
    [InlineData("{\"a\": null}", "{\"a\": false}", ", a: expected null, got false")]
    [InlineData("{\"a\": 1}", "{\"a\": \"1\"}", ", a: expected 1, got \"1\"")]
    [InlineData("{\"a\": \"b 1\"}", "{\"a\": \"b 2\"}", ", a, line 1: expected \"b 1\", got \"b 2\"")]
    [InlineData("{\"a\": {\"b\": [true]}}", "{\"a\": {\"b\": [[]]}}", ", a, b[0]: expected true, got []")]
    [InlineData("{\"a\": 1}", "{\"a\": 1.0000000001}", null)]
    [InlineData("{\"a\": {\"b\": null}}", "{\"a\": {\"b\": null}}", null)]
    public void Differences_deep_inside_an_output_are_told_with_their_path(string committed, string fresh, string? difference)
    {
        foreach (string key in (string[])["data, application/json", "metadata"])
        {
            string[] told = [.. Comparison.Differences(Cell([Wrapped(committed)], 1), [Wrapped(fresh)], 1)];
            Assert.Equal(difference is null ? [] : [$"output 1 (display_data application/json), {key}{difference}"], told);

            JsonObject Wrapped(string json)
            {
                JsonObject output = Outputs.Display([KeyValuePair.Create("application/json", key == "metadata" ? "0" : json)]);
                output["metadata"] = key == "metadata" ? JsonNode.Parse(json) : new JsonObject();
                return output;
            }
        }
    }

    [Fact]
    public void More_outputs_than_committed_and_fewer_are_told_one_by_one()
    {
        JsonObject[] outputs = [.. "abc".Select(each => Outputs.Display([KeyValuePair.Create("text/plain", $"{each}")]))];
        Assert.Equal(
            [
                "output 2: expected nothing, got display_data text/plain \"b\"",
                "output 3: expected nothing, got display_data text/plain \"c\"",
            ],
            Comparison.Differences(Cell(outputs[..1], 1), outputs, 1));
        Assert.Equal(
            ["output 3: expected display_data text/plain \"c\", got nothing"],
            Comparison.Differences(Cell(outputs, 1), outputs[..2], 1));
    }

    [Fact]
    public void Of_many_unlike_lines_five_are_told_and_the_rest_counted()
    {
        string Lines(int from) => string.Join('\n', Enumerable.Range(from, 7).Select(i => $"x{i}"));
        string[] told = [.. Comparison.Differences(
            Cell([Outputs.Stream("stdout", Lines(0))], 1), [Outputs.Stream("stdout", Lines(100))], 1)];
        Assert.Equal(6, told.Length);
        Assert.Equal("output 1 (stream stdout), text, line 5: expected \"x4\", got \"x104\"", told[4]);
        Assert.Equal("output 1 (stream stdout), text: and 2 more lines", told[5]);
        Assert.Equal(5, Comparison.Differences(
            Cell([Outputs.Stream("stdout", "a\nb\nc\nd\ne")], 1), [Outputs.Stream("stdout", "b\nc\nd\ne\nf")], 1).Count());
        Assert.Equal(
            ["output 1 (stream stdout), text, line 3: expected nothing, got \"\""],
            Comparison.Differences(Cell([Outputs.Stream("stdout", "a\nb")], 1), [Outputs.Stream("stdout", "a\nb\n")], 1));
        Assert.Equal(
            ["output 1 (stream stdout), text, line 3: expected \"\", got nothing"],
            Comparison.Differences(Cell([Outputs.Stream("stdout", "a\nb\n")], 1), [Outputs.Stream("stdout", "a\nb")], 1));
    }

    [Theory]
    [InlineData(118, "\"")]
    [InlineData(119, "…")]
    public void What_fits_into_120_characters_is_shown_whole(int length, string end) =>
        Assert.Equal(
            [$"output 1: expected nothing, got stream stdout \"{new string('y', 118)}{end}"],
            Comparison.Differences(Cell([], 1), [Outputs.Stream("stdout", new string('y', length))], 1));

    [Fact]
    public void An_output_without_a_text_is_told_by_its_kind() =>
        Assert.Equal(
            ["output 1: expected display_data  \"\", got nothing"],
            Comparison.Differences(Cell([Outputs.Display([])], 1), [], 1));

    [Fact]
    public void Kinds_of_output_name_all_that_it_holds() =>
        Assert.Equal(
            ["kinds of output: expected \"stream stdout, display_data text/html + text/plain\", got \"\""],
            Comparison.Differences(
                Cell(
                    [
                        Outputs.Stream("stdout", "a"),
                        Outputs.Display([KeyValuePair.Create("text/plain", "x"), KeyValuePair.Create("text/html", "y")]),
                    ],
                    1, "volatile"),
                [], 1));

    [Fact]
    public void What_is_long_is_cut_and_control_characters_are_escaped()
    {
        Assert.Equal(
            [$"output 1: expected nothing, got stream stdout \"\\u001B[31m{new string('y', 108)}…"],
            Comparison.Differences(Cell([], 1), [Outputs.Stream("stdout", "\u001b[31m" + new string('y', 200))], 1));
    }

    private static Cell Cell(JsonObject[] outputs, int? count, params string[] tags)
    {
        JsonObject code = Notebooks.Code("1", tags);
        code["outputs"] = new JsonArray([.. outputs.Select(output => output.DeepClone())]);
        code["execution_count"] = count;
        return Notebooks.Parse(Notebooks.Of(code)).Cells[0];
    }
}
