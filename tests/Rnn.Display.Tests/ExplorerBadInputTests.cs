using Rnn.Tests;

namespace Rnn.Display.Tests;

public sealed class ExplorerBadInputTests
{
    private const int Input = 3, Hidden = 4, Output = 3;

    private static readonly Weights Good = TestData.Weights(Input, Hidden, Output);
    private static readonly Sequence Fits = Sequence(Input, Output, 5);
    private static readonly OutputGradient None = (OutputGradient)99;

    /// <summary>What every explorer of a sequence refuses, and what the message says beside the sequence's name.</summary>
    private static readonly (Sequence? Sequence, string[] Says)[] BadSequences =
    [
        (null, ["null"]),
        (new Sequence(null!, Fits.Y), ["X", "null"]),
        (new Sequence(Fits.X, null!), ["Y", "null"]),
        (Sequence(Input, Output, 0), ["at least one step", "X has no rows"]),
        (Fits with { Y = Matrix<double>.Build.Dense(0, Output) }, ["at least one step", "Y has no rows"]),
        (Sequence(Input + 1, Output, 5), ["3 inputs", "X has 4 columns"]),
        (Sequence(Input, Output - 1, 5), ["3 outputs", "Y has 2 columns"]),
        (Fits with { Y = Sequence(Input, Output, 6).Y }, ["as many rows in Y as in X (5)", "6"]),
        (Fits with { X = With(Fits.X, 4, 2, double.NaN) }, ["finite", "X[4, 2]", "NaN"]),
        (Fits with { X = With(Fits.X, 0, 1, double.NegativeInfinity) }, ["finite", "X[0, 1]", "-Infinity"]),
        (Fits with { Y = With(Fits.Y, 1, 0, double.PositiveInfinity) }, ["finite", "Y[1, 0]", "Infinity"]),
        (Fits with { Y = With(Fits.Y, 3, 2, double.NaN) }, ["finite", "Y[3, 2]", "NaN"]),
        (Fits with { Y = With(Fits.Y, 2, 1, -0.5) }, ["negative", "Y[2, 1]", "-0.5"]),
    ];

    /// <summary>Whatever takes weights refuses these: matrices can be changed after they were checked.</summary>
    private static readonly (Weights? Weights, string[] Says)[] BadWeights =
    [
        (null, ["null"]),
        (Spoilt(weights => weights.Wh[0, 3] = double.NaN), ["finite", "Wh[0, 3]", "NaN"]),
        (Spoilt(weights => weights.Wx[2, 1] = double.PositiveInfinity), ["finite", "Wx[2, 1]", "Infinity"]),
        (Spoilt(weights => weights.Wy[3, 0] = double.NegativeInfinity), ["finite", "Wy[3, 0]", "-Infinity"]),
        (Spoilt(weights => weights.Bh[2] = double.NaN), ["finite", "Bh[2]", "NaN"]),
        (Spoilt(weights => weights.By[1] = double.NaN), ["finite", "By[1]", "NaN"]),
    ];

    /// <summary>The call, the parameter that the exception names, and what else the message says.</summary>
    public static readonly (Action Call, string Parameter, string[] Says)[] Cases =
    [
        (() => Explorers.Softmax(null!), "logits", ["null"]),
        (() => Explorers.Softmax([]), "logits", ["empty"]),
        (() => Explorers.Softmax([1, double.NaN]), "logits", ["finite", "logits[1]", "NaN"]),
        (() => Explorers.Softmax([double.PositiveInfinity]), "logits", ["finite", "logits[0]", "Infinity"]),
        (() => Explorers.Softmax([1], null!), "labels", ["null"]),
        (() => Explorers.Softmax([1, 2], "a"), "labels", ["logits", "(2)", "1"]),
        (() => Explorers.Softmax([1], "a", "b"), "labels", ["logits", "(1)", "2"]),
        (() => Explorers.Softmax([1, 2], "a", null!), "labels", ["labels[1]", "null"]),

        .. Refused((sequence, weights) => Explorers.Network(sequence, weights), 64),
        (() => Explorers.Network(Fits, Good, None), "outputGradient", ["AsInSource", "Exact", "99"]),
        .. Refused((sequence, weights) => Explorers.Nudge(sequence, weights), 64),
        (() => Explorers.Nudge(Fits, Good, None), "outputGradient", ["AsInSource", "Exact", "99"]),

        .. Refused((sequence, weights) => Explorers.ThroughTime(weights, sequence), 400, null),
        (() => Explorers.ThroughTime(Good, Sequence(Input, Output, 1)), "sequence", ["at least two steps", "1"]),
        (() => Explorers.ThroughTime(Good, Fits with { Y = Last(Fits.Y, 0) }), "sequence", ["target", "last step", "0"]),
        (() => Explorers.ThroughTime(Good, Fits with { Y = Last(Fits.Y, -0.0) }), "sequence", ["target", "last step", "0"]),

        (() => Explorers.Training(null!, [Fits]), "stages", ["null"]),
        (() => Explorers.Training([], [Fits]), "stages", ["empty"]),
        (() => Explorers.Training([(0, Good)], [Fits]), "stages", ["at least two", "1"]),
        (() => Explorers.Training([(-1, Good), (2, Good)], [Fits]), "stages", ["stages[0]", "at least 0", "-1"]),
        (() => Explorers.Training([(0, Good), (2, Good), (2, Good)], [Fits]), "stages", ["stages[2]", "at least 3", "2"]),
        (() => Explorers.Training([(5, Good), (2, Good)], [Fits]), "stages", ["stages[1]", "at least 6", "2"]),
        (() => Explorers.Training([(0, Good), (int.MaxValue, Good), (1, Good)], [Fits]), "stages", ["stages[2]", "rise", "1"]),
        (() => Explorers.Training([(0, Good), (1, TestData.Weights(4, Hidden, Output))], [Fits]), "stages",
            ["stages[1]", "stages[0]", "(3, 4, 3)", "(4, 4, 3)"]),
        (() => Explorers.Training([(0, Good), (1, TestData.Weights(Input, 5, Output))], [Fits]), "stages",
            ["stages[1]", "(3, 5, 3)"]),
        (() => Explorers.Training([(0, Good), (1, TestData.Weights(Input, Hidden, 2))], [Fits]), "stages",
            ["stages[1]", "(3, 4, 2)"]),
        .. BadWeights.Select(bad => Case(
            () => Explorers.Training([(0, Good), (1, bad.Weights!)], [Fits]), "stages", ["stages[1]", .. bad.Says])),
        .. TooLarge(64).Select(bad => Case(
            () => Explorers.Training([(0, bad.Weights), (1, bad.Weights)], [Fits]), "stages", ["stages[0]", .. bad.Says])),
        (() => Explorers.Training(Stages(), null!), "sequences", ["null"]),
        (() => Explorers.Training(Stages(), []), "sequences", ["empty"]),
        .. BadSequences.Append(TooLong(64)).Select(bad => Case(
            () => Explorers.Training(Stages(), [Fits, bad.Sequence!]), "sequences", ["sequences[1]", .. bad.Says])),
        (() => Explorers.Training(Stages(), [Fits], []), "fresh", ["empty"]),
        .. BadSequences.Append(TooLong(64)).Select(bad => Case(
            () => Explorers.Training(Stages(), [Fits], [Fits, bad.Sequence!]), "fresh", ["fresh[1]", .. bad.Says])),
        (() => Explorers.Training(Stages(), [Fits], null, ["a", "b"]), "answers", ["outputs", "(3)", "2"]),
        (() => Explorers.Training(Stages(), [Fits], null, ["a", "b", "c", "d"]), "answers", ["outputs", "(3)", "4"]),
        (() => Explorers.Training(Stages(), [Fits], null, ["a", null!, "c"]), "answers", ["answers[1]", "null"]),

        .. BadWeights.Select(bad => Case(() => Explorers.Text(bad.Weights!, "^ab", ".ab"), "weights", bad.Says)),
        (() => Explorers.Text(Good, null!, ".ab"), "reads", ["null"]),
        (() => Explorers.Text(Good, "^ab", null!), "says", ["null"]),
        (() => Explorers.Text(Good, "^ab", ".ab", null!), "text", ["null"]),
        (() => Explorers.Text(Good, "", ".ab"), "reads", ["inputs", "(3)", "0"]),
        (() => Explorers.Text(Good, "^abc", ".ab"), "reads", ["inputs", "(3)", "4"]),
        (() => Explorers.Text(Good, "^ab", ".a"), "says", ["outputs", "(3)", "2"]),
        (() => Explorers.Text(Good, "aba", ".ab"), "reads", ["once", "'a'"]),
        (() => Explorers.Text(Good, "^ab", ".bb"), "says", ["once", "'b'"]),
        (() => Explorers.Text(Good, "a😀", ".ab"), "reads", ["UTF-16", "surrogate"]),
        (() => Explorers.Text(Good, "^ab", "a\udc00b"), "says", ["UTF-16", "surrogate"]),
        (() => Explorers.Text(Good, "^~a", "ab."), "reads", ["says", "one letter", "\"^~\""]),
        (() => Explorers.Text(TestData.Weights(2, Hidden, 4), "ab", "ab.!"), "says", ["reads", "one letter", "\".!\""]),
        (() => Explorers.Text(Good, "^ab", ".ab", "abxaxy"), "text", ["\"xy\""]),
        (() => Explorers.Text(Good, "^ab", ".ab", "aB"), "text", ["\"B\""]),
        (() => Explorers.Text(Good, "^ab", ".ab", "a😀b😁"), "text", ["\"😀😁\""]),
        // The marks are no letters of a text.
        (() => Explorers.Text(Good, "^ab", ".ab", "^a"), "text", ["\"^\""]),
        (() => Explorers.Text(Good, "^ab", ".ab", "a."), "text", ["\".\""]),
        (() => Explorers.Text(Good, "^ab", ".ab", new string('a', 401)), "text", ["400", "401"]),
    ];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Cases.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void It_is_refused_by_name_with_what_was_expected_and_what_came(int number)
    {
        ArgumentException exception = Refusal.MustBe(Cases[number]);
        string message = Refusal.Message(exception);
        Assert.StartsWith(Cases[number].Parameter, message);
        Assert.EndsWith(".", exception is ArgumentOutOfRangeException ? message.Split(Environment.NewLine)[0] : message);
        Assert.All(Cases[number].Says, part => Assert.Contains(part, message));
    }

    /// <summary>As the documentation has it: a matrix of a sequence counts, an entry of a list does not.</summary>
    [Fact]
    public void What_is_null_is_an_ArgumentNullException()
    {
        Action[] calls =
        [
            () => Explorers.Softmax(null!), () => Explorers.Softmax([1], null!),
            () => Explorers.Network(null!, Good), () => Explorers.Network(Fits, null!),
            () => Explorers.Network(Fits with { X = null! }, Good),
            () => Explorers.Nudge(null!, Good), () => Explorers.Nudge(Fits, null!),
            () => Explorers.Nudge(Fits with { Y = null! }, Good),
            () => Explorers.Training(null!, [Fits]), () => Explorers.Training(Stages(), null!),
            () => Explorers.Training([(0, Good), (1, null!)], [Fits]),
            () => Explorers.Training(Stages(), [Fits with { X = null! }]),
            () => Explorers.Text(null!, "^ab", ".ab"), () => Explorers.Text(Good, null!, ".ab"),
            () => Explorers.Text(Good, "^ab", null!), () => Explorers.Text(Good, "^ab", ".ab", null!),
            () => Explorers.ThroughTime(null!, Fits), () => Explorers.ThroughTime(Good, null!),
            () => Explorers.ThroughTime(Good, Fits with { Y = null! }),
        ];
        Assert.All(calls, call => Assert.Throws<ArgumentNullException>(call));
    }

    [Fact]
    public void The_limits_themselves_are_accepted()
    {
        Weights large = TestData.Weights(64, 64, 64);
        Sequence longest = Sequence(64, 64, 64);
        Assert.All(
            (Explorer[])
            [
                Explorers.Softmax([0]),
                Explorers.Network(longest, large), Explorers.Nudge(longest, large, OutputGradient.Exact),
                Explorers.Training([(0, large), (1, large)], [longest], [longest]),
                // Their units are not drawn one by one.
                Explorers.ThroughTime(TestData.Weights(70, 70, 70), Sequence(70, 70, 400)),
                Explorers.ThroughTime(Good, Sequence(Input, Output, 2)),
                Explorers.Text(TestData.Weights(3, 70, 3), "^ab", ".ab", new string('a', 400), uint.MaxValue),
                // Without marks, and with one only.
                Explorers.Text(TestData.Weights(2, 4, 2), "ab", "ba", "abba"),
                Explorers.Text(TestData.Weights(2, 4, 3), "ab", ".ab"),
                // Nothing is to be said, which is a target like others but for what has to begin with one.
                Explorers.Network(Fits with { Y = Fits.Y * 0 }, Good),
            ],
            explorer => Assert.NotEmpty(explorer.ToHtml()));
    }

    /// <summary>Finite weights that no loss can be computed with: the library says so.</summary>
    [Fact]
    public void A_training_whose_numbers_overflow_is_refused_as_the_library_refuses_it()
    {
        Weights huge = Spoilt(weights => weights.Wx.MapInplace(_ => 1e308));
        Sequence sequence = Fits with { X = Fits.X * 0 + 9 };
        Assert.Throws<ArithmeticException>(() => Explorers.Training([(0, Good), (1, huge)], [sequence]));
    }

    private static (Action Call, string Parameter, string[] Says) Case(Action call, string parameter, string[] says) =>
        (call, parameter, says);

    /// <summary>What an explorer of one sequence refuses.</summary>
    /// <param name="make">Makes it.</param>
    /// <param name="steps">So many it can draw.</param>
    /// <param name="units">So many of a kind it can draw; null: any number.</param>
    private static IEnumerable<(Action, string, string[])> Refused(
        Func<Sequence, Weights, Explorer> make, int steps, int? units = 64) =>
    [
        .. BadSequences.Append(TooLong(steps)).Select(bad => Case(() => make(bad.Sequence!, Good), "sequence", bad.Says)),
        .. BadWeights.Select(bad => Case(() => make(Fits, bad.Weights!), "weights", bad.Says)),
        .. units is not int most ? [] : TooLarge(most).Select(bad => Case(
            () => make(Sequence(bad.Weights.InputDim, bad.Weights.OutputDim, 5), bad.Weights), "weights", bad.Says)),
    ];

    private static (Sequence? Sequence, string[] Says) TooLong(int most) =>
        (Sequence(Input, Output, most + 1), [$"at most {most} steps", $"{most + 1}"]);

    private static (Weights Weights, string[] Says)[] TooLarge(int most) =>
    [
        (TestData.Weights(most + 1, Hidden, Output), [$"at most {most} inputs", $"{most + 1}"]),
        (TestData.Weights(Input, most + 1, Output), [$"at most {most} hidden units", $"{most + 1}"]),
        (TestData.Weights(Input, Hidden, most + 1), [$"at most {most} outputs", $"{most + 1}"]),
    ];

    private static (int, Weights)[] Stages() => [(0, Good), (10, Good)];

    private static Sequence Sequence(int input, int output, int steps) => new(
        Matrix<double>.Build.Dense(steps, input, (t, i) => Math.Sin(t + 3 * i)),
        Matrix<double>.Build.Dense(steps, output, (t, k) => t % output == k ? 1 : 0));

    private static Matrix<double> With(Matrix<double> matrix, int row, int column, double entry)
    {
        Matrix<double> changed = matrix.Clone();
        changed[row, column] = entry;
        return changed;
    }

    private static Matrix<double> Last(Matrix<double> matrix, double entry)
    {
        Matrix<double> changed = matrix.Clone();
        changed.SetRow(matrix.RowCount - 1, Vector<double>.Build.Dense(matrix.ColumnCount, entry));
        return changed;
    }

    private static Weights Spoilt(Action<Weights> spoil)
    {
        Weights weights = TestData.Weights(Input, Hidden, Output);
        spoil(weights);
        return weights;
    }
}
