namespace Rnn.Exchange.Tests;

/// <summary>An entry of an archive, and what the archive says of it where that is not so.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Content">What it holds.</param>
internal sealed record ZipEntry(string Name, byte[] Content)
{
    public bool IsDeflated { get; init; }

    /// <summary>Whether the local header has its sizes in 64 bits, as NumPy writes all its entries.</summary>
    public bool IsZip64 { get; init; }

    /// <summary>Whether the directory has its sizes and its place in 64 bits, as those of 4 GB have.</summary>
    public bool IsLong { get; init; }

    /// <summary>Where it begins.</summary>
    public long? Offset { get; init; }

    public ushort Flags { get; init; }

    public ushort? Method { get; init; }

    public uint? Crc { get; init; }

    public long? Length { get; init; }

    public long? CompressedLength { get; init; }
}
