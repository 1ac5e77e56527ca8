using Rnn.Steps;

namespace Rnn.Benchmarks;

/// <summary>What a peer took for a size.</summary>
internal sealed class Result
{
    // Who is fast goes through the data more often, until what a call of the library costs once (checks and copies: tens of
    // milliseconds with 512 hidden units, where the others have theirs behind them) is a small part.
    private const double Shortest = 0.5;

    private readonly Size size;
    private readonly Func<int, Run>? train;
    private readonly Samples seconds = new();
    private readonly int epochs = 1;

    /// <summary>Compares the losses, which warms up as well, and finds out how often to train.</summary>
    /// <param name="peer">Who trains.</param>
    /// <param name="size">On what.</param>
    /// <param name="losses">The library's.</param>
    public Result(Peer peer, Size size, IReadOnlyList<double> losses)
    {
        this.size = size;
        train = peer.Prepare?.Invoke(size);
        if (train is null)
            return;

        LossesDifferBy = train(losses.Count).Losses?.Zip(losses, (their, our) => Math.Abs(their / our - 1)).Max();
        while (train(epochs).Seconds < Shortest)
            epochs *= 2;
    }

    /// <summary>Relative to the library's; null where they cannot be compared.</summary>
    public double? LossesDifferBy { get; }

    /// <summary>The median of the seconds for one sequence; infinite where the peer is not installed.</summary>
    public double Median => train is null ? double.PositiveInfinity : seconds.Median;

    /// <summary>See <see cref="Samples.Spread"/>.</summary>
    public double Spread => train is null ? double.PositiveInfinity : seconds.Spread;

    /// <summary>Multiplications and additions in a nanosecond.</summary>
    public double Gigaflops => train is null ? double.PositiveInfinity : size.Flop / Median / 1e9;

    /// <summary>Takes its turn.</summary>
    public void Measure()
    {
        if (train is null)
            return;
        // Nobody pays for the garbage of the one before, nor shares the processor with its threads: those of a BLAS stay awake
        // for some 30 ms after a product, in case there is another.
        GC.Collect();
        Thread.Sleep(50);
        seconds.Add(train(epochs).Seconds / (epochs * size.Count));
    }
}
