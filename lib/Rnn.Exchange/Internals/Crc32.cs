namespace Rnn.Exchange.Internals;

/// <summary>The checksum of zip archives, which the framework reads and does not compare.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    /// <summary>What a byte does to a checksum whose lowest byte is zero.</summary>
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(each => Shifted((uint)each))];

    /// <summary>The checksum of what has gone before and then the bytes; before anything it is 0.</summary>
    public static uint Append(uint before, ReadOnlySpan<byte> bytes)
    {
        uint crc = ~before;
        foreach (byte each in bytes)
            crc = Table[(byte)(crc ^ each)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint Shifted(uint crc)
    {
        for (int bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ ((crc & 1) * Polynomial);
        return crc;
    }
}
