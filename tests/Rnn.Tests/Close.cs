using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace Rnn.Tests;

/// <summary>Equality of numbers up to rounding; a failure names the tensor and the entry.</summary>
internal static class Close
{
    /// <summary>The bar for single passes and for losses.</summary>
    public const double Pass = 1e-9;

    /// <summary>The bar for weights after training.</summary>
    public const double Trained = 1e-6;

    public static void To(double expected, double actual, double relative, string name, double absolute = 0)
    {
        // Written so that NaN is never close.
        if (!(Math.Abs(actual - expected) <= relative * Math.Abs(expected) + absolute))
            Assert.Fail($"{name} should be {expected:R} but is {actual:R}: off by {Math.Abs(actual - expected):R}, allowed {relative:R} relative + {absolute:R}.");
    }

    public static void To(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double relative, string name, double absolute = 0)
    {
        Assert.True(expected.Count == actual.Count, $"{name} should have {expected.Count} entries but has {actual.Count}.");
        for (int i = 0; i < expected.Count; i++)
            To(expected[i], actual[i], relative, $"{name}[{i}]", absolute);
    }

    public static void To(Vector<double> expected, Vector<double> actual, double relative, string name, double absolute = 0) =>
        To(expected.ToArray(), actual.ToArray(), relative, name, absolute);

    public static void To(Matrix<double> expected, Matrix<double> actual, double relative, string name, double absolute = 0)
    {
        Assert.True(expected.RowCount == actual.RowCount && expected.ColumnCount == actual.ColumnCount,
            $"{name} should be ({expected.RowCount}, {expected.ColumnCount}) but is ({actual.RowCount}, {actual.ColumnCount}).");
        for (int i = 0; i < expected.RowCount; i++)
        {
            for (int j = 0; j < expected.ColumnCount; j++)
                To(expected[i, j], actual[i, j], relative, $"{name}[{i}, {j}]", absolute);
        }
    }

    public static void To(Weights expected, Weights actual, double relative, string name, double absolute = 0)
    {
        To(expected.Wh, actual.Wh, relative, $"{name}.Wh", absolute);
        To(expected.Wx, actual.Wx, relative, $"{name}.Wx", absolute);
        To(expected.Wy, actual.Wy, relative, $"{name}.Wy", absolute);
        To(expected.Bh, actual.Bh, relative, $"{name}.Bh", absolute);
        To(expected.By, actual.By, relative, $"{name}.By", absolute);
    }

    public static void To(ForwardPass expected, ForwardPass actual, double relative, string name, double absolute = 0)
    {
        To(expected.H, actual.H, relative, $"{name}.H", absolute);
        To(expected.Y, actual.Y, relative, $"{name}.Y", absolute);
    }

    public static void To(BackwardPass expected, BackwardPass actual, double relative, string name, double absolute = 0)
    {
        To(expected.Loss, actual.Loss, relative, $"{name}.Loss", absolute);
        To(expected.Gradients, actual.Gradients, relative, $"{name}.Gradients", absolute);
    }
}
