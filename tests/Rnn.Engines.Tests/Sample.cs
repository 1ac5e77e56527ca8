namespace Rnn.Engines.Tests;

/// <summary>A network, and sequences for it.</summary>
/// <param name="Name">Enough to make it again.</param>
/// <param name="Weights">The weights to start from.</param>
/// <param name="Sequences">The sequences; their targets are sets of classes, so that a row may sum to anything.</param>
/// <param name="LearningRate">
/// The step size of training. It has to be small: with 0.01, on sequences of 100 steps, twenty epochs make 1e-8 and more of a
/// change of the weights by 1e-15, in PyTorch alone as between the two, and no rounding stays below 1e-9.
/// </param>
internal sealed record Sample(string Name, Weights Weights, Sequence[] Sequences, double LearningRate)
{
    /// <summary>How often <see cref="Trained"/> goes through all sequences.</summary>
    public const int Epochs = 20;

    /// <summary>The source's example, and networks of other shapes with sequences of several lengths.</summary>
    public static IEnumerable<Sample> ToTrain =>
        [OfSource(), .. Enumerable.Range(1, 6).Select(seed => Draw(seed, 10 * seed, 1, 37, 100))];

    /// <summary>What the library finds for the first sequence, with the exact gradient.</summary>
    public Weights Gradients()
    {
        (Matrix<double> x, Matrix<double> y) = Sequences[0];
        return RecurrentNetwork.Backward(
            x, y, RecurrentNetwork.Forward(x, Weights), Weights, OutputGradient.Exact).Gradients;
    }

    /// <summary>What the library has after 20 epochs with the exact gradient.</summary>
    public TrainingResult Trained() => RecurrentNetwork.Train(
        Sequences,
        new TrainingOptions
        {
            InitialWeights = Weights,
            Epochs = Epochs,
            LearningRate = LearningRate,
            OutputGradient = OutputGradient.Exact,
        },
        cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>
    /// One to nine inputs and outputs, one to seventy hidden units; no weight is zero, the biases included.
    /// </summary>
    public static Sample Draw(int seed, params int[] lengths)
    {
        Random random = new(seed);
        int input = random.Next(1, 10), hidden = random.Next(1, 71), output = random.Next(1, 10);
        Sequence[] sequences =
        [
            .. lengths.Select(steps =>
                new Sequence(TestData.Matrix(random, steps, input), TestData.ZeroOrOne(random, steps, output))),
        ];
        return new Sample(
            $"seed {seed}: {input} inputs, {hidden} hidden units, {output} outputs",
            TestData.Weights(input, hidden, output, 1.5 / Math.Sqrt(hidden), seed), sequences, LearningRate: 0.001);
    }

    private static Sample OfSource()
    {
        NumPyRandom random = new(42);
        Matrix<double>[] x = [.. Enumerable.Range(0, 100).Select(_ => random.Rand(10, 5))];
        Matrix<double>[] y = [.. Enumerable.Range(0, 100).Select(_ => random.RandInt(0, 2, 10, 3))];
        return new Sample(
            "the source's example", RecurrentNetwork.InitializeWeights(5, 10, 3, random),
            [.. x.Zip(y, (input, target) => new Sequence(input, target))], LearningRate: 0.01);
    }
}
