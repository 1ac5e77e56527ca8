using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace Rnn.Tests;

/// <summary>The gradient of the loss against central differences of the loss, entry by entry; and when the source's formula is it.</summary>
public sealed class GradientTests
{
    private const double Step = 2e-5;

    [Fact]
    public void Exact_agrees_with_central_differences_in_every_entry() =>
        Case.Small.Sample(one => AgreesWithCentralDifferences(one.Weights, one.First, OutputGradient.Exact), iter: 120);

    [Fact]
    public void AsInSource_agrees_with_central_differences_for_one_hot_targets() =>
        Case.Small.Sample(one =>
        {
            Case oneHot = one with { Labels = Labels.OneHot };
            AgreesWithCentralDifferences(oneHot.Weights, oneHot.First, OutputGradient.AsInSource);
        }, iter: 40);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Exact_agrees_with_central_differences_on_a_longer_sequence(int labels)
    {
        Case one = new(5, 3, 9, 4, 20, 1, (Labels)labels);
        AgreesWithCentralDifferences(one.Weights, one.First, OutputGradient.Exact);
    }

    [Fact]
    public void The_two_are_the_same_bits_for_one_hot_targets() =>
        Case.Any.Sample(one =>
        {
            Case oneHot = one with { Labels = Labels.OneHot };
            Bits.AreEqual(Bits.Of(Backward(oneHot.Weights, oneHot.First, OutputGradient.AsInSource)),
                Bits.Of(Backward(oneHot.Weights, oneHot.First, OutputGradient.Exact)));
        }, iter: 100);

    [Fact]
    public void The_two_are_the_same_for_target_rows_that_are_any_distribution() =>
        Case.Any.Sample(one =>
        {
            Sequence first = one.First with { Y = RecurrentNetwork.Softmax(one.First.Y) };
            Close.To(Backward(one.Weights, first, OutputGradient.AsInSource), Backward(one.Weights, first, OutputGradient.Exact), 1e-12, "Exact", 1e-12);
        }, iter: 100);

    [Fact]
    public void The_two_differ_by_y_times_the_row_sum_less_1_elsewhere()
    {
        Weights weights = TestData.Weights();
        Sequence sequence = new(TestData.Matrix(new Random(3), 4, 3), Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 1 }, { 0, 0 }, { 0.25, 0.5 }, { 0, 1 } }));
        double[] rowSums = [2, 0, 0.75, 1];
        ForwardPass forward = RecurrentNetwork.Forward(sequence.X, weights);

        BackwardPass asInSource = RecurrentNetwork.Backward(sequence.X, sequence.Y, forward, weights);
        BackwardPass exact = RecurrentNetwork.Backward(sequence.X, sequence.Y, forward, weights, OutputGradient.Exact);

        Assert.Equal(asInSource.Loss, exact.Loss);
        for (int k = 0; k < 2; k++)
        {
            double difference = Enumerable.Range(0, 4).Sum(t => forward.Y[t, k] * (rowSums[t] - 1));
            Close.To(difference, exact.Gradients.By[k] - asInSource.Gradients.By[k], 1e-12, $"By[{k}]");
        }

        Assert.All(Bits.Of(asInSource.Gradients).Zip(Bits.Of(exact.Gradients)), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    [Fact]
    public void The_default_is_the_formula_of_the_source()
    {
        Case one = new(5, 3, 9, 4, 20, 1, Labels.MultiHot);
        ForwardPass forward = RecurrentNetwork.Forward(one.First.X, one.Weights);
        Bits.AreEqual(Bits.Of(Backward(one.Weights, one.First, OutputGradient.AsInSource)),
            Bits.Of(RecurrentNetwork.Backward(one.First.X, one.First.Y, forward, one.Weights)));
        Assert.Equal(OutputGradient.AsInSource, new TrainingOptions().OutputGradient);
    }

    [Fact]
    public void Exact_vanishes_and_the_loss_is_zero_where_all_targets_are_zero() =>
        Case.Any.Sample(one =>
        {
            Case zero = one with { Labels = Labels.Zero };
            BackwardPass exact = Backward(zero.Weights, zero.First, OutputGradient.Exact);
            Assert.Equal(0, exact.Loss);
            Assert.All(Bits.Of(exact.Gradients), entry => Assert.Equal(0, entry));
        }, iter: 30);

    /// <summary>As in the source: the gradient of Wh leaves out what hPrev contributes at the first step, and only that.</summary>
    [Fact]
    public void H_prev_does_not_enter_the_gradient_of_Wh_at_the_first_step()
    {
        Case one = new(6, 3, 5, 4, 1, 1, Labels.OneHot);
        BackwardPass single = RecurrentNetwork.Backward(one.First.X, one.First.Y, RecurrentNetwork.Forward(one.First.X, one.Weights, one.HPrev), one.Weights);
        Assert.All(Bits.Of(single.Gradients.Wh), entry => Assert.Equal(0, entry));
        Assert.All(Bits.Of(single.Gradients.Wx), entry => Assert.NotEqual(0, entry));
    }

    private static BackwardPass Backward(Weights weights, Sequence sequence, OutputGradient outputGradient) =>
        RecurrentNetwork.Backward(sequence.X, sequence.Y, RecurrentNetwork.Forward(sequence.X, weights), weights, outputGradient);

    private static void AgreesWithCentralDifferences(Weights weights, Sequence sequence, OutputGradient outputGradient)
    {
        Weights gradients = Backward(weights, sequence, outputGradient).Gradients;
        Weights nudged = new(weights.Wh.Clone(), weights.Wx.Clone(), weights.Wy.Clone(), weights.Bh.Clone(), weights.By.Clone());
        foreach ((string name, Matrix<double> gradient, Matrix<double> matrix) in new[]
            { ("Wh", gradients.Wh, nudged.Wh), ("Wx", gradients.Wx, nudged.Wx), ("Wy", gradients.Wy, nudged.Wy) })
        {
            for (int i = 0; i < matrix.RowCount; i++)
            {
                for (int j = 0; j < matrix.ColumnCount; j++)
                {
                    (int row, int column) = (i, j);
                    Agree(gradient[i, j], matrix[i, j], value => matrix[row, column] = value, nudged, sequence, $"{name}[{i}, {j}]");
                }
            }
        }

        foreach ((string name, Vector<double> gradient, Vector<double> vector) in new[] { ("Bh", gradients.Bh, nudged.Bh), ("By", gradients.By, nudged.By) })
        {
            for (int j = 0; j < vector.Count; j++)
            {
                int entry = j;
                Agree(gradient[j], vector[j], value => vector[entry] = value, nudged, sequence, $"{name}[{j}]");
            }
        }
    }

    private static void Agree(double analytic, double value, Action<double> set, Weights nudged, Sequence sequence, string name)
    {
        set(value + Step);
        double above = Loss(nudged, sequence);
        set(value - Step);
        double below = Loss(nudged, sequence);
        set(value);
        double numeric = (above - below) / (2 * Step);
        Assert.True(Math.Abs(analytic - numeric) <= 1e-5 * Math.Max(0.01, Math.Abs(analytic) + Math.Abs(numeric)),
            $"the gradient of {name} is {analytic:R}, central differences say {numeric:R}.");
    }

    /// <summary>The loss written out once more, so that a wrong loss with its own right gradient is found.</summary>
    private static double Loss(Weights weights, Sequence sequence)
    {
        Matrix<double> y = RecurrentNetwork.Forward(sequence.X, weights).Y;
        double loss = 0;
        for (int t = 0; t < y.RowCount; t++)
        {
            for (int k = 0; k < y.ColumnCount; k++)
                loss -= sequence.Y[t, k] * Math.Log(y[t, k] + 1e-8);
        }

        return loss;
    }
}
