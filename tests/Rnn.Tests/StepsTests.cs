using Rnn.Steps;

namespace Rnn.Tests;

/// <summary>
/// The steps from the readable loop to the fast one, which notebook 04 shows and the benchmarks time, compute the same.
/// </summary>
public sealed class StepsTests
{
    private delegate TrainingResult Step(
        IReadOnlyList<Sequence> sequences, Weights initial, int epochs, double learningRate = 0.01);

    private static TrainingResult TheLibrary(
        IReadOnlyList<Sequence> sequences, Weights initial, int epochs, double learningRate = 0.01) =>
        Library.Train(sequences, initial, epochs, learningRate);

    [Theory]
    [InlineData(10, 5, 10, 3, 20, 30)]
    [InlineData(1, 1, 1, 1, 2, 5)]
    [InlineData(7, 3, 33, 9, 3, 5)]
    [InlineData(13, 11, 47, 18, 2, 5)]
    public void Each_agrees_with_the_one_before(int steps, int input, int hidden, int output, int count, int epochs)
    {
        (Sequence[] sequences, Weights weights) = new Size(steps, input, hidden, output, count).Draw();
        TrainingResult before = Readable.Train(sequences, weights, epochs);
        Step[] all =
            [PlainLoops.Train, FlatRows.Train, Vectors.Train, Matrices.Train, Registers.Train, TheLibrary];
        foreach (Step step in all)
        {
            TrainingResult result = step(sequences, weights, epochs);
            Agree(before.Losses, result.Losses, step);
            Agree(before.MeanLosses, result.MeanLosses, step);
            Agree([.. before.Weights.Wh.Enumerate()], [.. result.Weights.Wh.Enumerate()], step);
            Agree([.. before.Weights.Wx.Enumerate()], [.. result.Weights.Wx.Enumerate()], step);
            Agree([.. before.Weights.Wy.Enumerate()], [.. result.Weights.Wy.Enumerate()], step);
            Agree([.. before.Weights.Bh, .. before.Weights.By], [.. result.Weights.Bh, .. result.Weights.By], step);
            before = result;
        }
    }

    private static void Agree(IReadOnlyList<double> expected, IReadOnlyList<double> actual, Step step)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.All(expected.Zip(actual), pair => Assert.True(
            Math.Abs(pair.First - pair.Second) <= 1e-9 * Math.Abs(pair.First),
            $"{step.Method.DeclaringType?.Name}: {pair.First:R} and {pair.Second:R}"));
    }
}
