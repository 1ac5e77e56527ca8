using CsCheck;

namespace Rnn.Tests;

/// <summary>
/// The gradient of the loss against central differences of the loss, entry by entry; and when the source's formula is that one.
/// </summary>
public sealed class GradientTests
{
    private const double Step = 2e-5;

    /// <summary>Ten shapes each: of the loss that is printed, offset and all.</summary>
    [Theory]
    [InlineData(Labels.OneHot, OutputGradient.Exact)]
    [InlineData(Labels.MultiHot, OutputGradient.Exact)]
    [InlineData(Labels.Fractional, OutputGradient.Exact)]
    [InlineData(Labels.Zero, OutputGradient.Exact)]
    [InlineData(Labels.OneHot, OutputGradient.AsInSource)]
    public void The_gradient_of_the_printed_loss_agrees_with_central_differences(Labels labels, OutputGradient outputGradient)
    {
        Random shapes = new(20);
        for (int i = 0; i < 10; i++)
        {
            int seed = shapes.Next(1000);
            Case one = new(seed, shapes.Next(1, 5), shapes.Next(1, 10), shapes.Next(1, 5), shapes.Next(1, 9), 1, labels);
            AgreesWithCentralDifferences(one.Weights, one.First, outputGradient,
                (weights, sequence) => Backward(weights, sequence, outputGradient).Loss);
        }
    }

    /// <summary>
    /// Any shape and target: of -sum(yTrue * ln y). The 1e-8 that the printed loss adds inside its logarithm is in neither
    /// formula; where an entry all but cancels, it alone could pass the bound.
    /// </summary>
    [Fact]
    public void Exact_agrees_with_central_differences_of_the_cross_entropy() =>
        Case.Small.Sample(one => AgreesWithCentralDifferences(one.Weights, one.First, OutputGradient.Exact, CrossEntropy),
            iter: 150);

    [Fact]
    public void AsInSource_agrees_with_central_differences_of_the_cross_entropy_for_one_hot_targets() =>
        Case.Small.Sample(one =>
        {
            Case oneHot = one with { Labels = Labels.OneHot };
            AgreesWithCentralDifferences(oneHot.Weights, oneHot.First, OutputGradient.AsInSource, CrossEntropy);
        }, iter: 50);

    [Fact]
    public void The_loss_is_the_cross_entropy_with_its_offset() =>
        Case.Any.Sample(one =>
        {
            ForwardPass forward = RecurrentNetwork.Forward(one.First.X, one.Weights);
            double expected = -one.First.Y.PointwiseMultiply((forward.Y + 1e-8).PointwiseLog()).Enumerate().Sum();
            BackwardPass backward = RecurrentNetwork.Backward(one.First.X, one.First.Y, forward, one.Weights);
            Close.To(expected, backward.Loss, 1e-12, "Loss", 1e-14);
        }, iter: 50);

    /// <summary>An output of 0 with a target: the offset keeps the loss finite.</summary>
    [Fact]
    public void A_probability_of_zero_costs_the_logarithm_of_the_offset()
    {
        Weights weights = TestData.Weights(1, 1, 2);
        Matrix<double> one = Matrix<double>.Build.Dense(1, 1, 0.5);
        ForwardPass forward = new(one, Matrix<double>.Build.DenseOfRowArrays([[0, 1]]));
        Matrix<double> target = Matrix<double>.Build.DenseOfRowArrays([[1, 0]]);
        Close.To(-Math.Log(1e-8), RecurrentNetwork.Backward(one, target, forward, weights).Loss, 1e-14, "Loss");
    }

    [Fact]
    public void The_two_are_the_same_bits_for_one_hot_targets() =>
        Case.Any.Sample(one =>
        {
            Case oneHot = one with { Labels = Labels.OneHot };
            Bits.AreEqual(Backward(oneHot.Weights, oneHot.First, OutputGradient.AsInSource),
                Backward(oneHot.Weights, oneHot.First, OutputGradient.Exact));
        }, iter: 100);

    [Fact]
    public void The_two_are_the_same_for_target_rows_that_are_any_distribution() =>
        Case.Any.Sample(one =>
        {
            Sequence first = one.First with { Y = RecurrentNetwork.Softmax(one.First.Y) };
            Close.To(Backward(one.Weights, first, OutputGradient.AsInSource), Backward(one.Weights, first, OutputGradient.Exact),
                1e-12, "Exact", 1e-12);
        }, iter: 100);

    [Fact]
    public void The_two_differ_by_y_times_the_row_sum_less_1_elsewhere()
    {
        Weights weights = TestData.Weights();
        Sequence sequence = new(TestData.Matrix(new Random(3), 4, 3),
            Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 1 }, { 0, 0 }, { 0.25, 0.5 }, { 0, 1 } }));
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
        Bits.AreEqual(Backward(one.Weights, one.First, OutputGradient.AsInSource),
            RecurrentNetwork.Backward(one.First.X, one.First.Y, forward, one.Weights));
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

    /// <summary>
    /// As in the source: the gradient of Wh leaves out what hPrev contributes at the first step, and only that.
    /// </summary>
    [Fact]
    public void H_prev_does_not_enter_the_gradient_of_Wh_at_the_first_step()
    {
        Case one = new(6, 3, 5, 4, 1, 1, Labels.OneHot);
        BackwardPass single = RecurrentNetwork.Backward(one.First.X, one.First.Y,
            RecurrentNetwork.Forward(one.First.X, one.Weights, one.HPrev), one.Weights);
        Assert.All(Bits.Of(single.Gradients.Wh), entry => Assert.Equal(0, entry));
        Assert.All(Bits.Of(single.Gradients.Wx), entry => Assert.NotEqual(0, entry));
    }

    private static BackwardPass Backward(Weights weights, Sequence sequence, OutputGradient outputGradient) =>
        RecurrentNetwork.Backward(sequence.X, sequence.Y, RecurrentNetwork.Forward(sequence.X, weights), weights, outputGradient);

    private static void AgreesWithCentralDifferences(Weights weights, Sequence sequence, OutputGradient outputGradient,
                                                     Func<Weights, Sequence, double> loss)
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
                    Agree(gradient[i, j], matrix[i, j], value => matrix[row, column] = value, () => loss(nudged, sequence),
                        $"{name}[{i}, {j}]");
                }
            }
        }

        foreach ((string name, Vector<double> gradient, Vector<double> vector) in new[]
            { ("Bh", gradients.Bh, nudged.Bh), ("By", gradients.By, nudged.By) })
        {
            for (int j = 0; j < vector.Count; j++)
            {
                int entry = j;
                Agree(gradient[j], vector[j], value => vector[entry] = value, () => loss(nudged, sequence), $"{name}[{j}]");
            }
        }
    }

    private static void Agree(double analytic, double value, Action<double> set, Func<double> loss, string name)
    {
        set(value + Step);
        double above = loss();
        set(value - Step);
        double below = loss();
        set(value);
        double numeric = (above - below) / (2 * Step);
        Assert.True(Math.Abs(analytic - numeric) <= 1e-5 * Math.Max(0.01, Math.Abs(analytic) + Math.Abs(numeric)),
            $"the gradient of {name} is {analytic:R}, central differences say {numeric:R}.");
    }

    private static double CrossEntropy(Weights weights, Sequence sequence)
    {
        Matrix<double> y = RecurrentNetwork.Forward(sequence.X, weights).Y;
        return -sequence.Y.PointwiseMultiply(y.PointwiseLog()).Enumerate().Sum();
    }
}
