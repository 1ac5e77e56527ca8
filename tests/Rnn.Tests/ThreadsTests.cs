using CsCheck;
using static Rnn.RecurrentNetwork;

namespace Rnn.Tests;

/// <summary>Any number of threads gives the same bits, the same exceptions, and leaves nothing behind.</summary>
public sealed class ThreadsTests
{
    [Fact]
    public void Any_number_of_threads_gives_the_same_bits() =>
        Gen.Select(Case.Any, Gen.Int[2, 5], Gen.Bool, Gen.Enum<OutputGradient>()).Sample(
            (one, threads, clips, gradient) =>
            {
                TrainingOptions options = new()
                {
                    InitialWeights = one.Weights,
                    Epochs = 2,
                    OutputGradient = gradient,
                    ClipNorm = clips ? 0.1 : null,
                    Threads = 1,
                };
                Bits.AreEqual(Train(one.Sequences, options), Train(one.Sequences, options with { Threads = threads }));
            },
            iter: 60, threads: 1);

    /// <summary>Where the rows of the weights are too long for the registers, and the parts of the threads not equal.</summary>
    [Theory]
    [InlineData(57)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(130)]
    [InlineData(200)]
    public void Wide_networks_too(int hidden)
    {
        List<Sequence> sequences = [.. TestData.Sequences(2, 5, 3, 19), .. TestData.Sequences(2, 5, 3, 4, 8)];
        TrainingOptions options = new() { InitialWeights = TestData.Weights(5, hidden, 3, 0.1), Epochs = 3, Threads = 1 };
        double[] alone = [.. Bits.Of(Train(sequences, options))];
        foreach (int? threads in new int?[] { null, 2, 3, 5 })
            Bits.AreEqual(alone, Bits.Of(Train(sequences, options with { Threads = threads })));
    }

    /// <summary>The size from which on more than one thread pays.</summary>
    [Fact]
    public async Task Several_runs_at_once_that_choose_their_threads_give_the_same_bits()
    {
        List<Sequence> sequences = TestData.Sequences(3, 4, 3, 6);
        TrainingOptions options = new() { InitialWeights = TestData.Weights(4, 400, 3, 0.05), Epochs = 3, Threads = 1 };
        double[] alone = [.. Bits.Of(Train(sequences, options))];
        TrainingResult[] results = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => Task.Run(() => Train(sequences, options with { Threads = null }))));
        Assert.All(results, result => Bits.AreEqual(alone, Bits.Of(result)));
    }

    [Fact]
    public void An_overflow_is_told_in_the_same_words()
    {
        List<Sequence> sequences = TestData.Sequences(3, 4, 3, 6);
        Weights weights = TestData.Weights(4, 40, 3);
        TrainingOptions options = new() { InitialWeights = weights, LearningRate = double.MaxValue, Threads = 1 };
        string alone = Assert.Throws<ArithmeticException>(() => Train(sequences, options)).Message;
        foreach (int threads in new[] { 2, 3, 5 })
            Assert.Equal(
                alone, Assert.Throws<ArithmeticException>(() => Train(sequences, options with { Threads = threads })).Message);
    }

    [Fact]
    public void A_report_may_end_a_run_of_several_threads()
    {
        using CancellationTokenSource source = new();
        TrainingOptions options = new() { InitialWeights = TestData.Weights(3, 40, 2), ReportEvery = 1, Threads = 3 };
        List<int> epochs = [];
        Assert.Throws<OperationCanceledException>(() => Train(TestData.Sequences(), options, Report, source.Token));
        Assert.Equal([0, 1, 2], epochs);
        Assert.Throws<TimeZoneNotFoundException>(
            () => Train(TestData.Sequences(), options, _ => throw new TimeZoneNotFoundException()));

        void Report(EpochReport report)
        {
            epochs.Add(report.Epoch);
            if (report.Epoch == 2)
                source.Cancel();
        }
    }
}
