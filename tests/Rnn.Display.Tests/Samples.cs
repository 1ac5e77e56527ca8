using System.Text.RegularExpressions;

namespace Rnn.Display.Tests;

/// <summary>One chart of every kind, and what a browser would read from its HTML.</summary>
internal static partial class Samples
{
    public static readonly double[] Losses = [16.600037513012345, 16.25, 15.9, 1e-300];
    public static readonly double[] MeanLosses = [16.73, 16.5, 16.1, 16];

    public static Matrix<double> Matrix(int rows, int columns) =>
        Matrix<double>.Build.Dense(rows, columns, (i, j) => Math.Sin(1 + 7 * i + j) / 50);

    public static TrainingResult Training()
    {
        Vector<double> bh = Vector<double>.Build.Dense(2), by = Vector<double>.Build.Dense(1);
        return new TrainingResult(new Weights(Matrix(2, 2), Matrix(1, 2), Matrix(2, 1), bh, by), Losses, MeanLosses);
    }

    /// <summary>Each with the number of its traces.</summary>
    public static IEnumerable<(string Kind, Chart Chart, int Traces)> AllKinds() =>
    [
        ("loss curve", Charts.LossCurve(Training()), 2),
        ("loss curves", Charts.LossCurve(
            "Three runs", false, true, ("a", [3, 2, 1]), ("b", [3, 1]), ("c", [2, 0.1, 0.01])), 3),
        ("loss curves by epochs trained", Charts.LossCurve("Two runs", true, false, ("a", [3, 2, 1]), ("b", [2, -0.1])), 2),
        ("lines", Charts.Lines([-1, 0, 1], "Slopes", "x", "y", ("tanh", [-0.8, 0, 0.8]), ("its slope", [0.4, 1, 0.4])), 2),
        ("logarithmic lines", Charts.Lines(
            [1, 2, 4, 8], "Time per step", "hidden units", "time (ms)", true, true,
            ("naive", [7, 8, 9, 30]), ("fast", [1, 1, 2, 3])), 2),
        ("heat map", Charts.HeatMap(Matrix(10, 10), "Wh", "from hidden unit", "to hidden unit", unit: "weight"), 1),
        ("big heat map", Charts.HeatMap(
            Matrix(60, 30), "Hidden states", "time step", "hidden unit", unit: "activation (tanh)"), 1),
        ("probabilities", Charts.HeatMap(
            Matrix(4, 3).PointwiseAbs(), "Y", "letter", "class", ["e", "m", "m", "a"], ["up", "down", "first"], "probability",
            diverging: false), 1),
        ("histogram", Charts.Histogram(Matrix(20, 20).Enumerate(), "Initial weights", "weight"), 1),
        ("bars", Charts.Bars(["up", "down", "up"], [0.25, 0.5, 0.25], "Probabilities", "class", "probability"), 1),
        ("grouped bars", Charts.Bars(
            ["a", "b"], "Letters", "letter", "share", ("data", [0.5, 0.5]), ("model", [0.25, 0.75])), 2),
    ];

    /// <summary>plotly.js as the build has taken it out of Plotly.NET.</summary>
    public static string PlotlyJs => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, ChartHooks.PlotlyFile));

    /// <summary>The figure that stands in a chart's HTML.</summary>
    public static JsonElement Figure(Chart chart)
    {
        Match script = Assert.Single(JsonScript.Matches(chart.ToHtml()));
        return JsonDocument.Parse(script.Groups[1].Value).RootElement;
    }

    public static JsonElement Layout(Chart chart) => Figure(chart).GetProperty("layout");

    public static JsonElement[] Traces(Chart chart) => [.. Figure(chart).GetProperty("data").EnumerateArray()];

    /// <param name="element">Where to begin.</param>
    /// <param name="path">Names with dots between them.</param>
    public static JsonElement At(this JsonElement element, string path) =>
        path.Split('.').Aggregate(element, (part, name) => part.GetProperty(name));

    public static string Text(this JsonElement element, string path) => element.At(path).GetString()!;

    public static double Number(this JsonElement element, string path) => element.At(path).GetDouble();

    public static double[] Numbers(this JsonElement element, string path) =>
        [.. element.At(path).EnumerateArray().Select(number => number.GetDouble())];

    public static string[] Texts(this JsonElement element, string path) =>
        [.. element.At(path).EnumerateArray().Select(text => text.GetString()!)];

    public static string[] Texts(this JsonElement[] elements, string path) => [.. elements.Select(element => element.Text(path))];

    [GeneratedRegex("""<script type="application/json">(.*?)</script>""", RegexOptions.Singleline)]
    private static partial Regex JsonScript { get; }
}
