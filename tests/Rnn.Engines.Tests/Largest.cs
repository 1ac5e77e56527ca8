namespace Rnn.Engines.Tests;

/// <summary>The largest difference between the library and another engine, over all that is compared.</summary>
/// <param name="allowed">The most that two numbers may differ, absolutely.</param>
internal sealed class Largest(double allowed)
{
    private double largest;
    private int compared;

    /// <summary>Of anything that <see cref="Entries"/> knows: shapes must be equal, numbers close.</summary>
    public void Compare(object expected, object actual, string name)
    {
        (string Name, double Value)[] wanted = [.. Entries.Of(expected, name)], given = [.. Entries.Of(actual, name)];
        Assert.Equal(wanted.Select(entry => entry.Name), given.Select(entry => entry.Name));
        foreach (((string entry, double number), (_, double got)) in wanted.Zip(given))
        {
            double off = Math.Abs(got - number);
            // NaN is never close.
            Assert.True(off <= allowed, $"{entry} should be {number:R} but is {got:R}: off by {off:R}, allowed {allowed:R}.");
            largest = Math.Max(largest, off);
            compared++;
        }
    }

    /// <summary>What was measured.</summary>
    public override string ToString() =>
        $"the largest difference of {compared} numbers is {largest:0.0e+0}, allowed {allowed:0e+0}";
}
