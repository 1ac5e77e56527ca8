namespace Rnn.Tests;

/// <summary>The numbers of a result, one after another, compared bit by bit.</summary>
internal static class Bits
{
    /// <summary>Of anything that <see cref="Entries"/> knows.</summary>
    public static IEnumerable<double> Of(object result) => Entries.Of(result).Select(entry => entry.Value);

    public static void AreEqual(object expected, object actual) => AreEqual(Of(expected), Of(actual));

    public static void AreEqual(IEnumerable<double> expected, IEnumerable<double> actual) =>
        Assert.Equal(expected.Select(BitConverter.DoubleToInt64Bits), actual.Select(BitConverter.DoubleToInt64Bits));
}
