namespace Rnn.Exchange.Tests;

/// <summary>A file that must be refused.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Bytes">Makes it.</param>
/// <param name="Entry">The entry at fault, without its ending; empty where it is the archive.</param>
/// <param name="Says">What the message must hold besides.</param>
internal sealed record DamagedFile(string Name, Func<byte[]> Bytes, string Entry, params string[] Says)
{
    /// <summary>An archive that is right but for one entry.</summary>
    public static DamagedFile With(string name, string entry, Func<ZipEntry, ZipEntry> change, params string[] says) =>
        new(name, () => Samples.With(entry, change), entry, says);

    /// <summary>An archive that is right, and one array in it is not.</summary>
    public static DamagedFile With(string name, string entry, byte[] array, params string[] says) =>
        new(name, () => Samples.With(entry, array), entry, says);
}
