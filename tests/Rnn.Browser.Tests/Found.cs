namespace Rnn.Browser.Tests;

internal static class Found
{
    /// <summary>Fails with all that was found, where xunit would cut it short.</summary>
    public static void Nothing(string what, IEnumerable<string> found) =>
        Assert.True(!found.Any(), $"{what}:\n{string.Join('\n', found)}");
}
