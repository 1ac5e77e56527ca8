using static Rnn.RecurrentNetwork;

namespace Rnn.Tests;

/// <summary>When Train reports, what, and from where; and what its options do.</summary>
public sealed class TrainReportTests
{
    [Theory]
    [InlineData(1, 1, new[] { 0 })]
    [InlineData(5, 1, new[] { 0, 1, 2, 3, 4 })]
    [InlineData(7, 3, new[] { 0, 3, 6 })]
    [InlineData(6, 3, new[] { 0, 3 })]
    [InlineData(3, 100, new[] { 0 })]
    [InlineData(201, 100, new[] { 0, 100, 200 })]
    [InlineData(0, 1, new int[0])]
    [InlineData(4, int.MaxValue, new[] { 0 })]
    public void Reports_after_epoch_0_and_every_ReportEvery(int epochs, int reportEvery, int[] expected)
    {
        List<EpochReport> reports = [];
        TrainingResult result = Train(TestData.Sequences(),
            new TrainingOptions { InitialWeights = TestData.Weights(), Epochs = epochs, ReportEvery = reportEvery }, reports.Add);

        Assert.Equal(expected, reports.Select(report => report.Epoch));
        foreach (EpochReport report in reports)
        {
            Bits.AreEqual([result.Losses[report.Epoch]], [report.Loss]);
            Bits.AreEqual([result.MeanLosses[report.Epoch]], [report.MeanLoss]);
        }

        Assert.Equal((epochs, epochs), (result.Losses.Count, result.MeanLosses.Count));
    }

    [Fact]
    public void By_default_reports_every_100_of_1000_epochs()
    {
        List<EpochReport> reports = [];
        TrainingResult result =
            Train(TestData.Sequences(1, steps: 1), new TrainingOptions { Random = new NumPyRandom(1) }, reports.Add);
        Assert.Equal([0, 100, 200, 300, 400, 500, 600, 700, 800, 900], reports.Select(report => report.Epoch));
        Assert.Equal(1000, result.Losses.Count);
        Assert.Equal(10, result.Weights.HiddenDim);
    }

    [Fact]
    public void The_defaults_are_the_sources()
    {
        TrainingOptions options = new();
        Assert.Equal((null, 1000, 0.01, 100), (options.HiddenDim, options.Epochs, options.LearningRate, options.ReportEvery));
        Assert.Equal((null, null, OutputGradient.AsInSource, null),
            (options.Random, options.InitialWeights, options.OutputGradient, options.ClipNorm));
    }

    [Fact]
    public void Reports_on_the_calling_thread_before_training_goes_on()
    {
        int thread = Environment.CurrentManagedThreadId, inside = 0, reports = 0;
        AccessCounter sequences = new(TestData.Sequences(3), _ => Assert.Equal(0, inside));
        Train(sequences, new TrainingOptions { InitialWeights = TestData.Weights(), Epochs = 3, ReportEvery = 1 }, _ =>
        {
            inside++;
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            reports++;
            inside--;
        });
        Assert.Equal(3, reports);
    }

    [Fact]
    public void The_report_is_of_the_epoch_that_has_just_ended()
    {
        // What is known only once the epoch is over: stopping there gives the losses up to it.
        List<EpochReport> first = [];
        InvalidOperationException stop = new("thrown by a test");
        Assert.Same(stop, Assert.Throws<InvalidOperationException>(() => Train(TestData.Sequences(),
            new TrainingOptions { InitialWeights = TestData.Weights(), Epochs = 50, ReportEvery = 2 }, report =>
            {
                first.Add(report);
                if (report.Epoch == 4)
                    throw stop;
            })));
        TrainingResult shorter =
            Train(TestData.Sequences(), new TrainingOptions { InitialWeights = TestData.Weights(), Epochs = 5 });
        Assert.Equal([0, 2, 4], first.Select(report => report.Epoch));
        Bits.AreEqual([shorter.Losses[0], shorter.Losses[2], shorter.Losses[4]], first.Select(report => report.Loss));
    }

    [Fact]
    public void Whether_and_how_often_it_reports_changes_no_bit()
    {
        TrainingOptions options = new() { InitialWeights = TestData.Weights(), Epochs = 12 };
        double[] silent = [.. Bits.Of(Train(TestData.Sequences(), options))];
        Bits.AreEqual(silent, Bits.Of(Train(TestData.Sequences(), options with { ReportEvery = 1 }, _ => { })));
        Bits.AreEqual(silent, Bits.Of(Train(TestData.Sequences(), options with { ReportEvery = 5 })));
    }

    [Fact]
    public void The_losses_are_of_the_last_sequence_and_the_mean_of_all_each_before_its_update()
    {
        List<Sequence> sequences = TestData.Sequences(3);
        TrainingResult result =
            Train(sequences, new TrainingOptions { InitialWeights = TestData.Weights(), Epochs = 1, LearningRate = 0.3 });

        // Each sequence's loss at the weights that those before it left behind.
        double[] expected = [.. Enumerable.Range(0, 3).Select(i =>
        {
            Weights weights = i == 0 ? TestData.Weights()
                : Train([.. sequences.Take(i)],
                    new TrainingOptions { InitialWeights = TestData.Weights(), Epochs = 1, LearningRate = 0.3 }).Weights;
            return Backward(sequences[i].X, sequences[i].Y, Forward(sequences[i].X, weights), weights).Loss;
        })];
        Close.To(expected[2], result.Losses[0], 1e-13, "Losses[0]");
        Close.To(expected.Average(), result.MeanLosses[0], 1e-13, "MeanLosses[0]");
    }

    [Fact]
    public void Epochs_follow_one_another_as_separate_runs_would()
    {
        TrainingOptions options = new() { InitialWeights = TestData.Weights(), Epochs = 3, LearningRate = 0.2 };
        TrainingResult first = Train(TestData.Sequences(), options);
        TrainingResult then = Train(TestData.Sequences(), options with { InitialWeights = first.Weights });
        TrainingResult together = Train(TestData.Sequences(), options with { Epochs = 6 });
        Bits.AreEqual(then.Weights, together.Weights);
        Bits.AreEqual([.. first.Losses, .. then.Losses], together.Losses);
        Bits.AreEqual([.. first.MeanLosses, .. then.MeanLosses], together.MeanLosses);
    }

    [Fact]
    public void The_order_of_the_sequences_matters()
    {
        List<Sequence> sequences = TestData.Sequences(2);
        TrainingOptions options = new() { InitialWeights = TestData.Weights(), Epochs = 2, LearningRate = 0.5 };
        Assert.NotEqual(Bits.Of(Train(sequences, options).Weights),
            Bits.Of(Train([sequences[1], sequences[0]], options).Weights));
    }

    /// <summary>A longer sequence before a shorter one must leave nothing behind in what they share.</summary>
    [Fact]
    public void What_a_long_sequence_leaves_behind_does_not_reach_a_short_one()
    {
        Sequence longer = TestData.Sequences(1, steps: 30)[0], shorter = TestData.Sequences(1, steps: 3, seed: 5)[0];
        TrainingOptions options = new() { InitialWeights = TestData.Weights(), Epochs = 1, LearningRate = 0.2 };
        Weights after = Train([longer], options).Weights;
        Weights one = Train([shorter], options with { InitialWeights = after }).Weights;
        Weights both = Train([longer, shorter], options).Weights;
        Bits.AreEqual(one, both);
    }

    [Fact]
    public void No_epochs_give_the_initial_weights_and_no_losses()
    {
        TrainingResult given =
            Train(TestData.Sequences(), new TrainingOptions { InitialWeights = TestData.Weights(), Epochs = 0 },
            _ => Assert.Fail("Nothing to report."));
        Bits.AreEqual(TestData.Weights(), given.Weights);
        Assert.Empty(given.Losses);
        Assert.Empty(given.MeanLosses);

        TrainingResult drawn =
            Train(TestData.Sequences(), new TrainingOptions { Random = new NumPyRandom(6), HiddenDim = 7, Epochs = 0 });
        Bits.AreEqual(InitializeWeights(3, 7, 2, new NumPyRandom(6)), drawn.Weights);
    }

    [Fact]
    public void HiddenDim_is_that_of_InitialWeights_else_10()
    {
        TrainingOptions options = new() { Epochs = 1 };
        Assert.Equal(4, Train(TestData.Sequences(), options with { InitialWeights = TestData.Weights() }).Weights.HiddenDim);
        Assert.Equal(4,
            Train(TestData.Sequences(), options with { InitialWeights = TestData.Weights(), HiddenDim = 4 }).Weights.HiddenDim);
        Assert.Equal(10, Train(TestData.Sequences(), options with { Random = new Random(1) }).Weights.HiddenDim);
        Assert.Equal(3, Train(TestData.Sequences(), options with { Random = new Random(1), HiddenDim = 3 }).Weights.HiddenDim);
    }

    [Fact]
    public void Training_on_a_target_that_can_be_learnt_learns_it()
    {
        Random random = new(3);
        List<Sequence> sequences = [.. Enumerable.Range(0, 40).Select(_ =>
        {
            Matrix<double> x = TestData.Matrix(random, 8, 1);
            return new Sequence(x, Matrix<double>.Build.Dense(8, 2, (t, k) => x[t, 0] > 0 == (k == 0) ? 1 : 0));
        })];
        TrainingResult result =
            Train(sequences, new TrainingOptions { Random = new NumPyRandom(1), Epochs = 40, LearningRate = 0.05 });
        Assert.InRange(result.MeanLosses[0], 1, 8 * Math.Log(2) + 0.1);
        Assert.InRange(result.MeanLosses[^1], 0, 1);
    }

    /// <summary>The kernels check no bounds: a longer sequence would be written past the end of their blocks.</summary>
    [Theory]
    [InlineData(6, 3, 6, 2)]
    [InlineData(400, 3, 400, 2)]
    [InlineData(5, 4, 5, 2)]
    [InlineData(5, 3, 5, 3)]
    [InlineData(5, 3, 4, 2)]
    [InlineData(5, 3, 6, 2)]
    [InlineData(0, 3, 0, 2)]
    public void A_sequence_that_a_report_replaces_by_one_that_does_not_fit_is_refused(
        int steps, int input, int targets, int output)
    {
        List<Sequence> sequences = [.. Enumerable.Repeat(new Sequence(Full(5, 3), Full(5, 2)), 3)];
        TrainingOptions options = new() { Random = new NumPyRandom(1), ReportEvery = 1, Epochs = 3 };
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => Train(
            sequences, options, _ => sequences[1] = new Sequence(Full(steps, input), Full(targets, output))));
        Assert.Equal("sequences", refusal.ParamName);
        Assert.StartsWith(
            $"sequences[1] must keep its shape while it is trained on, but is now X ({steps}, {input}), Y ({targets}, {output}).",
            refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sequence_that_a_report_replaces_by_a_shorter_one_is_trained_on()
    {
        List<Sequence> sequences = [.. Enumerable.Repeat(new Sequence(Full(5, 3), Full(5, 2)), 3)];
        TrainingOptions options = new() { Random = new NumPyRandom(1), ReportEvery = 1, Epochs = 3 };
        TrainingResult result = Train(sequences, options, _ => sequences[2] = new Sequence(Full(1, 3), Full(1, 2)));
        Assert.InRange(result.Losses[1], 0, result.Losses[0] / 2);
    }

    private static Matrix<double> Full(int rows, int columns) => Matrix<double>.Build.Dense(rows, columns, 0.5);
}
