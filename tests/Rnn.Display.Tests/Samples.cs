using System.Text.Json;
using System.Text.RegularExpressions;
using MathNet.Numerics.LinearAlgebra;

namespace Rnn.Display.Tests;

/// <summary>One chart of every kind, and what a browser would read from its HTML.</summary>
internal static partial class Samples
{
    public static readonly double[] Losses = [16.600037513012345, 16.25, 15.9, 1e-300];
    public static readonly double[] MeanLosses = [16.73, 16.5, 16.1, 16];

    public static Matrix<double> Matrix(int rows, int columns) =>
        Matrix<double>.Build.Dense(rows, columns, (i, j) => Math.Sin(1 + 7 * i + j) / 50);

    public static Dictionary<string, IReadOnlyList<double>> Curves(params (string Name, double[] Values)[] curves) =>
        curves.ToDictionary(curve => curve.Name, curve => (IReadOnlyList<double>)curve.Values);

    public static TrainingResult Training()
    {
        var weights = new Weights(Matrix(2, 2), Matrix(1, 2), Matrix(2, 1), Vector<double>.Build.Dense(2), Vector<double>.Build.Dense(1));
        return new TrainingResult(weights, Losses, MeanLosses);
    }

    /// <summary>Each with the number of its traces.</summary>
    public static IEnumerable<(string Kind, Chart Chart, int Traces)> AllKinds()
    {
        yield return ("loss curve", Charts.LossCurve(Training()), 2);
        yield return ("loss curves", Charts.LossCurve(Curves(("a", [3, 2, 1]), ("b", [3, 1]), ("c", [2, 0.1, 0.01])), "Three runs", logY: true), 3);
        yield return ("lines", Charts.Lines([1, 2, 4, 8], Curves(("naive", [7, 8, 9, 30]), ("fast", [1, 1, 2, 3])), "Time per step", "hidden units", "time (ms)", logX: true, logY: true), 2);
        yield return ("heat map", Charts.HeatMap(Matrix(10, 10), "Wh", "from hidden unit", "to hidden unit", unit: "weight"), 1);
        yield return ("big heat map", Charts.HeatMap(Matrix(60, 30), "Hidden states", "time step", "hidden unit", unit: "activation (tanh)"), 1);
        yield return ("probabilities", Charts.HeatMap(Matrix(4, 3).PointwiseAbs(), "Y", "letter", "class", ["e", "m", "m", "a"], ["up", "down", "first"], "probability", diverging: false), 1);
        yield return ("histogram", Charts.Histogram(Matrix(20, 20).Enumerate(), "Initial weights", "weight"), 1);
        yield return ("bars", Charts.Bars(["up", "down", "up"], [0.25, 0.5, 0.25], "Probabilities", "class", "probability"), 1);
        yield return ("grouped bars", Charts.Bars(["a", "b"], Curves(("data", [0.5, 0.5]), ("model", [0.25, 0.75])), "Letters", "letter", "share"), 2);
    }

    /// <summary>The figure that stands in a chart's HTML.</summary>
    public static JsonElement Figure(Chart chart)
    {
        Match script = Assert.Single(JsonScript().Matches(chart.ToHtml()));
        return JsonDocument.Parse(script.Groups[1].Value).RootElement;
    }

    public static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];

    public static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(text => text.GetString()!)];

    [GeneratedRegex("""<script type="application/json">(.*?)</script>""", RegexOptions.Singleline)]
    private static partial Regex JsonScript();
}
