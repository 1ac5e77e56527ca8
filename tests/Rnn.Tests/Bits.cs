using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace Rnn.Tests;

/// <summary>The numbers of a result, one after another, compared bit by bit.</summary>
internal static class Bits
{
    public static IEnumerable<double> Of(Matrix<double> matrix) => matrix.ToColumnMajorArray();

    public static IEnumerable<double> Of(Weights weights) =>
        [.. Of(weights.Wh), .. Of(weights.Wx), .. Of(weights.Wy), .. weights.Bh.ToArray(), .. weights.By.ToArray()];

    public static IEnumerable<double> Of(ForwardPass forward) => [.. Of(forward.H), .. Of(forward.Y)];

    public static IEnumerable<double> Of(BackwardPass backward) => [.. Of(backward.Gradients), backward.Loss];

    public static IEnumerable<double> Of(TrainingResult result) => [.. Of(result.Weights), .. result.Losses, .. result.MeanLosses];

    public static void AreEqual(IEnumerable<double> expected, IEnumerable<double> actual) =>
        Assert.Equal(expected.Select(BitConverter.DoubleToInt64Bits), actual.Select(BitConverter.DoubleToInt64Bits));
}
