namespace Rnn.Exchange.Internals;

/// <summary>NumPy's .npz: a zip archive with an .npy file for each array.</summary>
internal static class Npz
{
    private const string Ending = ".npy";

    /// <summary>A larger entry that is compressed better than any trained weights are is there to fill the memory.</summary>
    private const long Large = 16 << 20;

    private const int LargestExpansion = 100;

    /// <summary>As np.savez does: not compressed, and with a date that says nothing.</summary>
    public static void Write(Stream stream, IReadOnlyList<NamedMatrix> matrices)
    {
        using ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (NamedMatrix matrix in matrices)
        {
            ZipArchiveEntry entry = archive.CreateEntry(matrix.Name + Ending, CompressionLevel.NoCompression);
            entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using Stream content = entry.Open();
            Npy.Write(content, matrix);
        }
    }

    /// <param name="file">The archive, from its beginning.</param>
    /// <param name="path">Its name, for messages.</param>
    public static Weights Read(Stream file, string path)
    {
        using ZipArchive archive = Opened(file, new Place(path));
        Dictionary<string, Matrix<double>> read =
            NamedMatrix.Names.ToDictionary(name => name, name => Read(archive, file.Length, path, name));
        int hidden = read["Wh"].RowCount;
        HasShape("Wh", hidden, "Wh.npy");
        HasShape("Wx", read["Wx"].RowCount, "Wh.npy");
        HasShape("Wy", hidden, "Wh.npy", read["Wy"].ColumnCount);
        HasShape("bh", 1, "Wh.npy");
        HasShape("by", 1, "Wy.npy", read["Wy"].ColumnCount);
        return new Weights(read["Wh"], read["Wx"], read["Wy"], read["bh"].Row(0), read["by"].Row(0));

        void HasShape(string name, int rows, string fitted, int? columns = null)
        {
            Matrix<double> matrix = read[name];
            int wanted = columns ?? hidden;
            if (matrix.RowCount == rows && matrix.ColumnCount == wanted)
                return;
            Matrix<double> other = read[fitted[..2]];
            throw new Place(path, name + Ending).Refusal(
                name == "Wh" ? "a square matrix, (hidden, hidden)"
                    : $"shape ({rows}, {wanted}) to fit {fitted}, ({other.RowCount}, {other.ColumnCount})",
                $"({matrix.RowCount}, {matrix.ColumnCount})");
        }
    }

    private static Matrix<double> Read(ZipArchive archive, long fileLength, string path, string name)
    {
        Place place = new(path, name + Ending);
        ZipArchiveEntry[] found = [.. archive.Entries.Where(entry => entry.FullName == place.Entry)];
        if (found is not [ZipArchiveEntry entry])
        {
            string others = string.Join(", ", archive.Entries.Take(6).Select(each => Place.Shown(each.FullName)));
            throw place.Refusal(
                "this entry once", found.Length > 0 ? $"it {found.Length} times" : $"none among [{others}]");
        }

        Verify(entry, fileLength, place);
        using Stream content = entry.Open();
        return Npy.Read(content, entry.Length, isBias: name is "bh" or "by", place);
    }

    private static ZipArchive Opened(Stream file, Place place)
    {
        try
        {
            ZipArchive archive = new(file, ZipArchiveMode.Read, leaveOpen: true);
            // Reads the directory, which is only now seen to be damaged.
            _ = archive.Entries;
            return archive;
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw place.Refusal($"a zip archive with {string.Join(", ", NamedMatrix.Names.Select(name => name + Ending))}",
                $"none ({e.Message})", e);
        }
    }

    /// <summary>
    /// Reads the entry to its end and keeps nothing of it: what an archive claims of itself need not be so, and the framework
    /// does not compare the checksum.
    /// </summary>
    private static void Verify(ZipArchiveEntry entry, long fileLength, Place place)
    {
        if (entry.IsEncrypted)
            throw place.Refusal("an entry without a password", "an encrypted one");
        if (entry.Length < 0 || entry.CompressedLength < 0 || entry.CompressedLength > fileLength)
            throw place.Refusal(
                $"an entry within the {fileLength} bytes of the file",
                $"{entry.CompressedLength} bytes that are {entry.Length} when they are unpacked");
        if (entry.Length > Large && entry.Length / LargestExpansion > entry.CompressedLength)
            throw place.Refusal(
                $"at most {LargestExpansion} times its {entry.CompressedLength} compressed bytes", $"{entry.Length} bytes");

        long length = 0;
        uint crc = 0;
        byte[] buffer = new byte[Math.Clamp(entry.Length, 1, 1 << 16)];
        try
        {
            using Stream content = entry.Open();
            for (int read; length <= entry.Length && (read = content.Read(buffer)) > 0; length += read)
                crc = Crc32.Append(crc, buffer.AsSpan(0, read));
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw place.Refusal($"{entry.Length} bytes that can be read", $"damage after {length} ({e.Message})", e);
        }

        if (length != entry.Length)
            throw place.Refusal($"{entry.Length} bytes, as the archive says", length < entry.Length ? $"{length}" : "more");
        if (crc != entry.Crc32)
            throw place.Refusal($"the checksum {entry.Crc32:x8}, as the archive says", $"{crc:x8}: the entry is damaged");
    }

    /// <summary>
    /// Once the file is open. The framework believes what a damaged archive says until it overflows, or until the system refuses
    /// to go to a place that there is not.
    /// </summary>
    private static bool IsDamage(Exception e) => e is not OutOfMemoryException;
}
