using static Rnn.Display.Tests.Samples;

namespace Rnn.Display.Tests;

public sealed class BadInputTests
{
    private static readonly Matrix<double> M = Matrix(2, 3);
    private static readonly Matrix<double> WithNaN = Matrix<double>.Build.DenseOfArray(new[,] { { 1, double.NaN } });

    /// <summary>The call, the parameter that the exception names, and what else the message says.</summary>
    public static readonly (Action Call, string Parameter, string[] Says)[] Cases =
    [
        (() => Charts.LossCurve((TrainingResult)null!), "result", ["null"]),
        (() => Charts.LossCurve(Training() with { Losses = [], MeanLosses = [] }), "result", ["result.Losses", "empty"]),
        (() => Charts.LossCurve(Training() with { Losses = [1] }), "result", ["result.MeanLosses", "(1)", "4"]),
        (() => Charts.LossCurve(Training() with { MeanLosses = [1, 2, double.NaN, 3] }), "result",
            ["result.MeanLosses[2]", "NaN"]),
        (() => Charts.LossCurve("t", null!), "curves", ["null"]),
        (() => Charts.LossCurve("t"), "curves", ["empty"]),
        (() => Charts.LossCurve("t", ("a", [])), "curves", ["curves[\"a\"]", "empty"]),
        (() => Charts.LossCurve("t", ("a", null!)), "curves", ["curves[\"a\"]", "null"]),
        (() => Charts.LossCurve("t", ("a", [1]), default), "curves", ["curves[1]", "name"]),
        (() => Charts.LossCurve("t", ("a", [1]), (" ", [1])), "curves", ["curves[1]", "name"]),
        (() => Charts.LossCurve("t", ("a", [1]), ("b", [1]), ("a", [2])), "curves", ["curves[2]", "\"a\"", "curves[0]"]),
        (() => Charts.LossCurve("t", ("a", [1, double.PositiveInfinity])), "curves", ["curves[\"a\"][1]", "Infinity"]),
        (() => Charts.LossCurve("t", false, true, ("a", [1, 0])), "curves", ["curves[\"a\"][1]", "positive", "0"]),
        (() => Charts.LossCurve("t", true, false), "curves", ["empty"]),
        (() => Charts.Lines(null!, "t", "x", "y", ("a", [1])), "x", ["null"]),
        (() => Charts.Lines([], "t", "x", "y", ("a", [])), "x", ["empty"]),
        (() => Charts.Lines([1], "t", "x", "y"), "curves", ["empty"]),
        (() => Charts.Lines([1], "t", "x", "y", null!), "curves", ["null"]),
        (() => Charts.Lines([1], "t", "x", "y", ("a", null!)), "curves", ["curves[\"a\"]", "null"]),
        (() => Charts.Lines([1], "t", "x", "y", ("a", [1]), ("a", [1])), "curves", ["curves[1]", "\"a\"", "curves[0]"]),
        (() => Charts.Lines([1, 2], "t", "x", "y", ("a", [1, 2]), ("b", [1, 2, 3])), "curves", ["curves[\"b\"]", "x (2)", "3"]),
        (() => Charts.Lines([0, 1], "t", "x", "y", true, false, ("a", [1, 2])), "x", ["x[0]", "positive"]),
        (() => Charts.Lines([0, 1], "t", "x", "y", false, true, ("a", [1, -2])), "curves",
            ["curves[\"a\"][1]", "positive", "-2"]),
        (() => Charts.Lines([double.NaN], "t", "x", "y", ("a", [1])), "x", ["x[0]", "NaN"]),
        (() => Charts.Lines([1], " ", "x", "y", ("a", [1])), "title", ["empty"]),
        (() => Charts.Lines([1], "t", null!, "y", ("a", [1])), "xAxis", ["null"]),
        (() => Charts.Lines([1], "t", "x", "", ("a", [1])), "yAxis", ["empty"]),
        (() => Charts.HeatMap(null!, "t", "r", "c"), "values", ["null"]),
        (() => Charts.HeatMap(WithNaN, "t", "r", "c"), "values", ["values[0, 1]", "NaN"]),
        (() => Charts.HeatMap(M, null!, "r", "c"), "title", ["null"]),
        (() => Charts.HeatMap(M, "t", "", "c"), "rowAxis", ["empty"]),
        (() => Charts.HeatMap(M, "t", "r", null!), "columnAxis", ["null"]),
        (() => Charts.HeatMap(M, "t", "r", "c", ["a"]), "rowLabels", ["(2)", "1"]),
        (() => Charts.HeatMap(M, "t", "r", "c", null, ["a", "b", "c", "d"]), "columnLabels", ["(3)", "4"]),
        (() => Charts.HeatMap(M, "t", "r", "c", ["a", null!]), "rowLabels", ["rowLabels[1]", "null"]),
        (() => Charts.Histogram(null!, "t", "x"), "values", ["null"]),
        (() => Charts.Histogram([], "t", "x"), "values", ["empty"]),
        (() => Charts.Histogram([1, double.NegativeInfinity], "t", "x"), "values", ["values[1]", "-Infinity"]),
        (() => Charts.Histogram([1], "t", "x", bins: 0), "bins", ["at least 1", "0"]),
        (() => Charts.Histogram([1], "t", ""), "xAxis", ["empty"]),
        (() => Charts.Bars(null!, [1.0], "t", "x", "y"), "labels", ["null"]),
        (() => Charts.Bars([], Array.Empty<double>(), "t", "x", "y"), "labels", ["empty"]),
        (() => Charts.Bars(["a", "b"], [1.0], "t", "x", "y"), "values", ["labels (2)", "1"]),
        (() => Charts.Bars(["a"], (double[])null!, "t", "x", "y"), "values", ["null"]),
        (() => Charts.Bars(["a"], [double.NaN], "t", "x", "y"), "values", ["values[0]", "NaN"]),
        (() => Charts.Bars([null!], [1.0], "t", "x", "y"), "labels", ["labels[0]", "null"]),
        (() => Charts.Bars(["a"], "t", "x", "y", ("s", [1, 2])), "series", ["series[\"s\"]", "labels (1)", "2"]),
        (() => Charts.Bars(["a"], "t", "x", "y", ("s", [1]), ("s", [2])), "series", ["series[1]", "\"s\"", "series[0]"]),
        (() => Charts.Bars(["a"], "t", "x", "y", ("s", [1]), default), "series", ["series[1]", "name"]),
        (() => Charts.Bars(["a"], "t", "x", "y"), "series", ["empty"]),
        (() => Charts.Bars(["a"], [1.0], "t", "x", "\t"), "yAxis", ["empty"]),
        (() => Charts.Table((Matrix<double>)null!), "values", ["null"]),
        (() => Charts.Table(M, rowLabels: ["a"]), "rowLabels", ["(2)", "1"]),
        (() => Charts.Table(M, columnLabels: ["a"]), "columnLabels", ["(3)", "1"]),
        (() => Charts.Table(M, rowAxis: ""), "rowAxis", ["empty"]),
        (() => Charts.Table(M, columnAxis: null!), "columnAxis", ["null"]),
        (() => Charts.Table(M, format: "Q9"), "format", ["Q9"]),
        (() => Charts.Table((Vector<double>)null!), "values", ["null"]),
        (() => Charts.Table(M.Row(0), axis: " "), "axis", ["empty"]),
        (() => Charts.Table(M.Row(0), name: null!), "name", ["null"]),
        (() => Charts.Table(M.Row(0), labels: ["a"]), "labels", ["values (3)", "1"]),
        (() => Charts.Table([], [["a"]]), "columnLabels", ["empty"]),
        (() => Charts.Table(["a"], []), "rows", ["empty"]),
        (() => Charts.Table(["a", "b"], [["x", 1], ["y"]]), "rows", ["rows[1]", "(2)", "1"]),
        (() => Charts.Table(["a"], [[null!]]), "rows", ["rows[0][0]", "null"]),
        (() => Charts.Table(["a"], [null!]), "rows", ["rows[0]", "null"]),
    ];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Cases.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void It_is_refused_by_name_with_what_was_expected_and_what_came(int number) => Refusal.MustBe(Cases[number]);
}
