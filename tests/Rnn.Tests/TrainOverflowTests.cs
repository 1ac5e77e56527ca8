using static Rnn.RecurrentNetwork;

namespace Rnn.Tests;

/// <summary>
/// Training that overflows stops with an ArithmeticException that says where and what to try; it never returns such numbers.
/// </summary>
public sealed class TrainOverflowTests
{
    /// <summary>
    /// One output is certain whatever the weights, so with a target of 0 its bias falls by LearningRate each step of time.
    /// </summary>
    private static readonly Sequence Falling = new(Of(0), Of(0));

    [Theory]
    [InlineData(1, 1.1e308, 1, 0)]
    [InlineData(1, 6.1e307, 2, 0)]
    [InlineData(2, 6.1e307, 1, 0)]
    [InlineData(2, 5e307, 1, 1)]
    [InlineData(5, 1e307, 3, 2)]
    public void The_epoch_and_the_sequence_are_named(int count, double learningRate, int epoch, int sequence)
    {
        List<int> reported = [];
        ArithmeticException overflow = Overflows([.. Enumerable.Repeat(Falling, count)],
            new TrainingOptions { InitialWeights = Zero(1, 1, 1), LearningRate = learningRate, Epochs = 100, ReportEvery = 1 },
            epoch, sequence, reported.Add);
        Assert.Equal(Enumerable.Range(0, epoch), reported);
        Assert.Contains("LearningRate", overflow.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Extreme_inputs_overflow_in_the_sequence_that_has_them(int at)
    {
        // Two products, each infinite, of opposite signs: the sum is no number.
        Weights weights = new(Of(0.1), Matrix<double>.Build.DenseOfColumnArrays([10, -10]), Of(0.1), Vector(0), Vector(0));
        List<Sequence> sequences = TestData.Sequences(4, 2, 1, 2);
        sequences[at] = sequences[at] with { X = Matrix<double>.Build.Dense(2, 2, 1e308) };
        Overflows(sequences, new TrainingOptions { InitialWeights = weights, Epochs = 3 }, 0, at);
    }

    [Fact]
    public void Extreme_initial_weights_overflow_in_the_first_sequence()
    {
        // Two scores that are both infinite: their softmax is no number.
        Weights weights = new(Zeros(2, 2), Matrix<double>.Build.DenseOfRowArrays([[1, 1]]),
            Matrix<double>.Build.Dense(2, 2, 1.7e308), Vector(0, 0), Vector(0, 0));
        Overflows([new Sequence(Of(1), Matrix<double>.Build.DenseOfRowArrays([[1, 0]]))],
            new TrainingOptions { InitialWeights = weights, Epochs = 2 }, 0, 0);
    }

    [Fact]
    public void Extreme_targets_overflow_the_loss()
    {
        Matrix<double> targets = Matrix<double>.Build.Dense(1, 2, 1.7e308);
        Overflows([new Sequence(Of(1), targets)], new TrainingOptions { InitialWeights = Zero(1, 1, 2), Epochs = 1 }, 0, 0);
    }

    [Fact]
    public void The_mean_of_losses_whose_sum_overflows_is_not_returned()
    {
        // 1.2e308 * ln 2 is finite, twice as much is not far: four of them are not.
        Sequence large = new(Of(0), Matrix<double>.Build.DenseOfRowArrays([[1.2e308, 0]]));
        TrainingOptions options =
            new() { InitialWeights = Zero(1, 1, 2), Epochs = 1, LearningRate = double.Epsilon, ClipNorm = double.Epsilon };
        Assert.ThrowsAny<ArithmeticException>(() => Train([large, large, large, large], options));
    }

    [Fact]
    public void Clipping_lets_the_same_data_train()
    {
        Matrix<double> targets = Matrix<double>.Build.DenseOfRowArrays([[1e300, 0]]);
        TrainingResult result = Train([new Sequence(Of(1), targets)],
            new TrainingOptions { InitialWeights = TestData.Weights(1, 3, 2), Epochs = 20, ClipNorm = 1, LearningRate = 0.1 });
        Assert.All(Bits.Of(result), entry => Assert.True(double.IsFinite(entry)));
        Assert.True(result.Losses[^1] < result.Losses[0]);
    }

    /// <summary>Whatever extremes go in: numbers or an ArithmeticException come out.</summary>
    [Fact]
    public void What_is_returned_is_finite()
    {
        Random random = new(99);
        double[] magnitudes = [1e-300, 1e-3, 1, 1e3, 1e150, 1e200, 1e300, 1e308];
        int returned = 0, overflowed = 0;
        for (int i = 0; i < 600; i++)
        {
            double Magnitude() => magnitudes[random.Next(magnitudes.Length)];
            Weights weights = new(TestData.Matrix(random, 3, 3, Magnitude()), TestData.Matrix(random, 2, 3, Magnitude()),
                TestData.Matrix(random, 3, 2, Magnitude()),
                TestData.Vector(random, 3, Magnitude()), TestData.Vector(random, 2, Magnitude()));
            double targetScale = random.Next(4) == 0 ? Magnitude() : 1;
            Sequence[] sequences = [.. Enumerable.Range(0, 2).Select(_ =>
                new Sequence(TestData.Matrix(random, 3, 2, Magnitude()), TestData.ZeroOrOne(random, 3, 2) * targetScale))];
            TrainingOptions options = new()
            {
                InitialWeights = weights,
                Epochs = 3,
                LearningRate = Magnitude(),
                ClipNorm = random.Next(2) == 0 ? null : Magnitude(),
                OutputGradient = (OutputGradient)random.Next(2),
            };
            try
            {
                TrainingResult result = Train(sequences, options,
                    report => Assert.True(double.IsFinite(report.Loss) && double.IsFinite(report.MeanLoss)));
                Assert.All(Bits.Of(result), entry => Assert.True(double.IsFinite(entry)));
                returned++;
            }
            catch (ArithmeticException overflow)
            {
                Assert.Matches(@"(?i)\bepoch\D*\d", overflow.Message);
                overflowed++;
            }
        }

        // Both were put to the test.
        Assert.InRange(returned, 50, 550);
        Assert.InRange(overflowed, 50, 550);
    }

    /// <summary>The single passes too return numbers or say that they overflowed.</summary>
    [Fact]
    public void What_the_single_passes_return_is_finite()
    {
        Random random = new(98);
        double[] magnitudes = [1e-300, 1, 1e150, 1e300, 1e308];
        List<string> overflows = [];
        for (int i = 0; i < 400; i++)
        {
            double Magnitude() => magnitudes[random.Next(magnitudes.Length)];
            Weights weights = new(TestData.Matrix(random, 3, 3, Magnitude()), TestData.Matrix(random, 2, 3, Magnitude()),
                TestData.Matrix(random, 3, 2, Magnitude()),
                TestData.Vector(random, 3, Magnitude()), TestData.Vector(random, 2, Magnitude()));
            Matrix<double> x = TestData.Matrix(random, 3, 2, Magnitude());
            try
            {
                ForwardPass forward = Forward(x, weights, TestData.Vector(random, 3, Magnitude()));
                Assert.All(Bits.Of(forward), entry => Assert.True(double.IsFinite(entry)));
                BackwardPass backward =
                    Backward(x, TestData.ZeroOrOne(random, 3, 2) * Magnitude(), forward, weights, (OutputGradient)random.Next(2));
                Assert.All(Bits.Of(backward), entry => Assert.True(double.IsFinite(entry)));
            }
            catch (ArithmeticException e)
            {
                overflows.Add(e.Message);
            }
        }

        Assert.InRange(overflows.Count, 20, 380);
        const string Forwards = "The forward pass overflowed: x, weights or hPrev have entries so large that their products";
        Assert.Contains($"{Forwards} are not numbers. Scale them down.", overflows);
        Assert.All(overflows.Where(each => !each.StartsWith(Forwards, StringComparison.Ordinal)), each => Assert.Matches(
            @"^The backward pass \(loss \S+\) overflowed: x, yTrue or weights have entries so large that the gradients are not "
            + @"numbers\. Scale them down\.$",
            each));
    }

    [Fact]
    public void An_ordinary_learning_rate_never_overflows()
    {
        foreach (double learningRate in new[] { 1e-6, 0.01, 1, 10, 1000 })
        {
            TrainingResult result = Train(TestData.Sequences(6),
                new TrainingOptions { Random = new NumPyRandom(3), Epochs = 30, LearningRate = learningRate });
            Assert.All(Bits.Of(result), entry => Assert.True(double.IsFinite(entry)));
        }
    }

    private static ArithmeticException Overflows(
        IReadOnlyList<Sequence> sequences, TrainingOptions options, int epoch, int sequence, Action<int>? onReport = null)
    {
        double[] before = [.. Bits.Of(options.InitialWeights!)];
        ArithmeticException overflow =
            Assert.ThrowsAny<ArithmeticException>(() => Train(sequences, options, report => onReport?.Invoke(report.Epoch)));
        Assert.Matches($@"(?i)\bepoch\D{{0,3}}{epoch}\b", overflow.Message);
        Assert.Matches($@"(?i)\bsequences?\D{{0,3}}{sequence}\b", overflow.Message);
        Assert.Matches("(?i)try", overflow.Message);
        Assert.Contains("ClipNorm", overflow.Message);
        Bits.AreEqual(before, Bits.Of(options.InitialWeights!));
        return overflow;
    }

    private static Matrix<double> Of(double value) => Matrix<double>.Build.Dense(1, 1, value);

    private static Matrix<double> Zeros(int rows, int columns) => Matrix<double>.Build.Dense(rows, columns);

    private static Vector<double> Vector(params double[] values) => Vector<double>.Build.DenseOfArray(values);

    private static Weights Zero(int input, int hidden, int output) =>
        new(Zeros(hidden, hidden), Zeros(input, hidden), Zeros(hidden, output), Vector<double>.Build.Dense(hidden),
            Vector<double>.Build.Dense(output));
}
