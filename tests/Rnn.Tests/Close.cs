namespace Rnn.Tests;

/// <summary>Equality of numbers up to rounding; a failure names the tensor and the entry.</summary>
internal static class Close
{
    /// <summary>The bar for single passes and for losses.</summary>
    public const double Pass = 1e-9;

    /// <summary>The bar for weights after training.</summary>
    public const double Trained = 1e-6;

    /// <summary>Of anything that <see cref="Entries"/> knows: shapes must be equal, numbers close.</summary>
    public static void To<T>(T expected, T actual, double relative, string name, double absolute = 0)
        where T : notnull
    {
        (string Name, double Value)[] wanted = [.. Entries.Of(expected, name)], given = [.. Entries.Of(actual, name)];
        Assert.Equal(wanted.Select(entry => entry.Name), given.Select(entry => entry.Name));
        foreach (((string entry, double number), (_, double got)) in wanted.Zip(given))
        {
            double off = Math.Abs(got - number);
            // NaN is never close.
            Assert.True(off <= relative * Math.Abs(number) + absolute,
                $"{entry} should be {number:R} but is {got:R}: off by {off:R}, allowed {relative:R} relative + {absolute:R}.");
        }
    }
}
