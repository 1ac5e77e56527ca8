namespace Rnn.Exchange.Internals;

/// <summary>NumPy's .npy: a header that says what an array is, then its numbers.</summary>
internal static class Npy
{
    /// <summary>How many numbers are written or read at once.</summary>
    private const int Chunk = 8192;

    /// <summary>Format 1.0: float64, the lowest byte first, row by row.</summary>
    public static void Write(Stream stream, NamedMatrix matrix)
    {
        NpyHeader.Write(stream, matrix.Rows, matrix.Columns);
        byte[] buffer = new byte[Math.Min(matrix.Values.Length, Chunk) * sizeof(double)];
        for (int start = 0, count; start < matrix.Values.Length; start += count)
        {
            count = Math.Min(Chunk, matrix.Values.Length - start);
            for (int k = 0; k < count; k++)
                BinaryPrimitives.WriteDoubleLittleEndian(buffer.AsSpan(k * sizeof(double)), matrix.Values[start + k]);
            stream.Write(buffer.AsSpan(0, count * sizeof(double)));
        }
    }

    /// <summary>Any format; memory is asked for only once the numbers are seen to be there.</summary>
    /// <param name="stream">The file, from its beginning.</param>
    /// <param name="length">How many bytes it really has.</param>
    /// <param name="isBias">Whether it has one row, and may have a shape without it.</param>
    /// <param name="place">The file's name, for messages.</param>
    public static Matrix<double> Read(Stream stream, long length, bool isBias, Place place)
    {
        NpyHeader header = NpyHeader.Read(stream, length, place);
        (int rows, int columns) = header.Shape switch
        {
            [int count] when isBias => (1, count),
            [1, int count] when isBias => (1, count),
            [int first, int second] when !isBias => (first, second),
            _ => throw place.Refusal(isBias ? "shape (n,) or (1, n)" : "a shape of two dimensions", $"shape {header.ShapeText}"),
        };
        long entries = (long)rows * columns, bytes = length - header.Length;
        if (entries == 0 || entries > Array.MaxLength)
            throw place.Refusal($"1 to {Array.MaxLength} numbers", $"shape {header.ShapeText}, {entries} numbers");
        if (bytes != entries * header.ItemSize)
            throw place.Refusal(
                $"{entries * header.ItemSize} bytes of numbers, {header.ItemSize} for each of shape {header.ShapeText}",
                $"{bytes}");

        double[] values = new double[entries];
        byte[] buffer = new byte[Math.Min(entries, Chunk) * header.ItemSize];
        for (int start = 0, count; start < values.Length; start += count)
        {
            count = Math.Min(Chunk, values.Length - start);
            stream.ReadExactly(buffer.AsSpan(0, count * header.ItemSize));
            for (int k = 0; k < count; k++)
            {
                double value = header.Number(buffer.AsSpan(k * header.ItemSize));
                int row = header.IsFortranOrder ? (start + k) % rows : (start + k) / columns;
                int column = header.IsFortranOrder ? (start + k) / rows : (start + k) % columns;
                if (!double.IsFinite(value))
                    throw place.Refusal("finite numbers", FormattableString.Invariant($"{value} at [{row}, {column}]"));
                values[column * rows + row] = value;
            }
        }

        return Matrix<double>.Build.Dense(rows, columns, values);
    }
}
