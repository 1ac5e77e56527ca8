using static Rnn.RecurrentNetwork;

namespace Rnn.Tests;

/// <summary>Nothing is allocated per sequence or per epoch, but for the two losses that are returned.</summary>
public sealed class AllocationTests
{
    [Theory]
    [InlineData(1, false, null, 1)]
    [InlineData(20, false, null, 1)]
    [InlineData(20, true, null, 1)]
    [InlineData(20, false, 0.1, 1)]
    [InlineData(20, false, 0.1, 2)]
    public void Twice_the_epochs_cost_twice_the_losses_and_nothing_else(int count, bool sparse, double? clipNorm, int threads)
    {
        List<Sequence> sequences = TestData.Sequences(count, 3, 2, 6);
        if (sparse)
            sequences = [.. sequences.Select(sequence => new Sequence(
                Matrix<double>.Build.SparseOfMatrix(sequence.X),
                Matrix<double>.Build.SparseOfMatrix(sequence.Y)))];

        TrainingOptions options = new()
        {
            InitialWeights = TestData.Weights(hidden: 16),
            ReportEvery = int.MaxValue,
            ClipNorm = clipNorm,
            Threads = threads,
        };
        const int epochs = 200;

        // The least of several runs: as the runtime compiles better code, what a run allocates besides may shrink.
        long once = Enumerable.Range(0, 5).Min(_ => Allocated(sequences, options with { Epochs = epochs }));
        long twice = Enumerable.Range(0, 5).Min(_ => Allocated(sequences, options with { Epochs = 2 * epochs }));

        // One object per epoch would be 24 * 200 bytes at least.
        Assert.InRange(twice - once, long.MinValue, 2 * sizeof(double) * epochs + 1024);
    }

    private static long Allocated(IReadOnlyList<Sequence> sequences, TrainingOptions options)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Train(sequences, options);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
