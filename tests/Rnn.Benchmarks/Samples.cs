namespace Rnn.Benchmarks;

/// <summary>What was measured once a round.</summary>
internal sealed class Samples
{
    private readonly List<double> sorted = [];

    /// <summary>Half of the samples are above it.</summary>
    public double Median => Quantile(0.5);

    /// <summary>From the first quartile to the third, as a part of the median: half of the samples are within.</summary>
    public double Spread => (Quantile(0.75) - Quantile(0.25)) / Median;

    /// <summary>One more.</summary>
    public void Add(double sample)
    {
        int place = sorted.BinarySearch(sample);
        sorted.Insert(place < 0 ? ~place : place, sample);
    }

    private double Quantile(double part)
    {
        double place = part * (sorted.Count - 1);
        int before = (int)place, after = Math.Min(before + 1, sorted.Count - 1);
        return sorted[before] + (place - before) * (sorted[after] - sorted[before]);
    }
}
