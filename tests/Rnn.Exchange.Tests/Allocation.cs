namespace Rnn.Exchange.Tests;

/// <summary>What a damaged file may cost.</summary>
internal static class Allocation
{
    /// <summary>A buffer for each of the five entries, the message, and a few times what the file really has.</summary>
    public static long Allowed(long fileSize) => 512 * 1024 + 10 * fileSize;
}
