namespace Rnn.Browser.Tests.Live;

/// <summary>An explorer of each kind, of the lessons' sizes.</summary>
internal static class ExplorerSamples
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    private static readonly MatrixBuilder<double> Build = Matrix<double>.Build;

    public static IReadOnlyList<string> Kinds { get; } = ["softmax", "network", "nudge", "training", "text", "through-time"];

    public static Explorer Of(string kind) => kind switch
    {
        "softmax" => Explorers.Softmax([1, 2, 3], "up", "down", "first step"),
        "network" => Explorers.Network(Rising(1), Drawn(5, 10, 3), OutputGradient.Exact),
        "nudge" => Explorers.Nudge(Rising(2), Drawn(5, 10, 3)),
        "training" => Explorers.Training(Stages(), [.. Enumerable.Range(0, 8).Select(i => Rising(10 + (uint)i))],
            [.. Enumerable.Range(0, 5).Select(i => Rising(20 + (uint)i))], ["up", "down", "first step"]),
        "text" => Explorers.Text(Drawn(27, 32, 27), "^" + Letters, "." + Letters, "promethium", 11),
        "through-time" => Explorers.ThroughTime(Drawn(4, 32, 4, 0.1), Noise(60)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such explorer."),
    };

    /// <summary>As large as it still has to answer within a frame.</summary>
    public static Explorer LongText() => Explorers.Text(
        Drawn(26, 128, 26, 0.1), Letters, Letters, string.Concat(Enumerable.Range(0, 200).Select(i => Letters[i * 7 % 26])));

    /// <summary>
    /// Of the size of lesson 05's, with line breaks and other signs among its letters; its weights have 32 bits.
    /// </summary>
    public static Explorer Rounded()
    {
        string signs = "\n" + string.Concat(Enumerable.Range(' ', 93).Select(each => (char)each));
        return Explorers.Text(
            RoundedWeights(Drawn(94, 128, 94, 0.1)), signs, signs, "if (a < b)\n    return \"x\"; // done", 5);
    }

    private static Weights RoundedWeights(Weights weights)
    {
        return new(
            weights.Wh.Map(Round), weights.Wx.Map(Round), weights.Wy.Map(Round), weights.Bh.Map(Round), weights.By.Map(Round));

        static double Round(double entry) => (float)entry;
    }

    private static Weights Drawn(int input, int hidden, int output, double scale = 0.4) =>
        RecurrentNetwork.InitializeWeights(input, hidden, output, new NumPyRandom(7), scale);

    /// <summary>Lesson 01's twin: did the first input rise? Up, down, or the first step.</summary>
    private static Sequence Rising(uint seed)
    {
        Matrix<double> x = new NumPyRandom(seed).Rand(10, 5);
        return new(x, Build.Dense(10, 3, (t, k) => k == (t == 0 ? 2 : x[t, 0] > x[t - 1, 0] ? 0 : 1) ? 1 : 0));
    }

    private static Sequence Noise(int steps)
    {
        NumPyRandom dice = new(9);
        return new(dice.Randn(steps, 4), Build.Dense(steps, 4, (t, k) => k == t % 4 ? 1 : 0));
    }

    private static IEnumerable<(int Epoch, Weights Weights)> Stages()
    {
        Sequence[] sequences = [.. Enumerable.Range(0, 50).Select(i => Rising(30 + (uint)i))];
        Weights weights = Drawn(5, 10, 3, 0.1);
        int at = 0;
        yield return (0, weights);
        foreach (int epoch in new[] { 1, 5, 20, 60 })
        {
            weights = RecurrentNetwork.Train(
                sequences, new TrainingOptions { InitialWeights = weights, Epochs = epoch - at }).Weights;
            yield return (at = epoch, weights);
        }
    }
}
