using static Rnn.RecurrentNetwork;

namespace Rnn.Tests;

/// <summary>Cancellation is honoured within one sequence; what onReport throws passes through.</summary>
public sealed class TrainCancellationTests
{
    /// <summary>One sequence may be looked at several times, but no more than this.</summary>
    private const int AccessesOfOneSequence = 10;

    [Fact]
    public void A_cancelled_token_stops_it_before_anything_happens()
    {
        NumPyRandom random = new(5);
        using CancellationTokenSource source = new();
        source.Cancel();
        foreach (int epochs in new[] { 3, 0 })
        {
            OperationCanceledException stopped = Assert.ThrowsAny<OperationCanceledException>(() => Train(TestData.Sequences(),
                new TrainingOptions { Random = random, Epochs = epochs }, _ => Assert.Fail("Nothing to report."), source.Token));
            Assert.Equal(source.Token, stopped.CancellationToken);
        }

        Assert.Equal(new NumPyRandom(5).NextDouble(), random.NextDouble());
    }

    [Fact]
    public void Cancelling_from_a_report_stops_it_before_the_next_sequence()
    {
        using CancellationTokenSource source = new();
        List<int> reported = [];
        int accesses = 0;
        AccessCounter sequences = new(TestData.Sequences(50));
        Assert.ThrowsAny<OperationCanceledException>(() => Train(sequences,
            new TrainingOptions { InitialWeights = TestData.Weights(), Epochs = 100, ReportEvery = 1 }, report =>
            {
                reported.Add(report.Epoch);
                if (report.Epoch == 3)
                {
                    source.Cancel();
                    accesses = sequences.Accesses;
                }
            }, source.Token));
        Assert.Equal([0, 1, 2, 3], reported);
        Assert.InRange(sequences.Accesses - accesses, 0, AccessesOfOneSequence);
    }

    public static TheoryData<double> Moments => [0, 0.05, 0.3, 0.5, 0.9, 1];

    /// <summary>
    /// At any moment of the run, the checks before it included: a list may be long, and its sequences made on demand.
    /// </summary>
    [Theory]
    [MemberData(nameof(Moments))]
    public void Cancelling_at_any_sequence_stops_it_within_one(double moment)
    {
        TrainingOptions options = new() { InitialWeights = TestData.Weights(), Epochs = 3, ReportEvery = int.MaxValue };
        AccessCounter undisturbed = new(TestData.Sequences(200));
        Train(undisturbed, options);
        // The last access but one: after the last there is nothing left to stop.
        int at = 1 + (int)(moment * (undisturbed.Accesses - 2));

        using CancellationTokenSource source = new();
        AccessCounter sequences = new(TestData.Sequences(200), access =>
        {
            if (access == at)
                source.Cancel();
        });
        Assert.ThrowsAny<OperationCanceledException>(() => Train(sequences, options, null, source.Token));
        Assert.InRange(sequences.Accesses - at, 0, AccessesOfOneSequence);
    }

    [Fact]
    public void A_token_that_is_not_cancelled_changes_no_bit()
    {
        using CancellationTokenSource source = new();
        TrainingOptions options = new() { InitialWeights = TestData.Weights(), Epochs = 5 };
        Bits.AreEqual(Train(TestData.Sequences(), options),
            Train(TestData.Sequences(), options, null, source.Token));
    }

    [Fact]
    public void An_exception_of_the_report_passes_through_as_it_is()
    {
        InvalidOperationException failure = new("thrown by a test");
        int reports = 0;
        InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => Train(TestData.Sequences(),
            new TrainingOptions { InitialWeights = TestData.Weights(), Epochs = 9, ReportEvery = 2 }, report =>
            {
                reports++;
                if (report.Epoch == 4)
                    throw failure;
            }));
        Assert.Same(failure, thrown);
        Assert.Equal(3, reports);
    }

    [Fact]
    public void An_exception_of_the_list_passes_through_as_it_is()
    {
        InvalidOperationException failure = new("thrown by a test");
        AccessCounter sequences = new(TestData.Sequences(), _ => throw failure);
        TrainingOptions options = new() { InitialWeights = TestData.Weights() };
        Assert.Same(failure, Assert.Throws<InvalidOperationException>(() => Train(sequences, options)));
    }
}
