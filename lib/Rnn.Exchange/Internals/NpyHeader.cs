namespace Rnn.Exchange.Internals;

/// <summary>What the header of an .npy file says; it is a Python dictionary, written out.</summary>
/// <param name="Length">Of all that stands before the numbers, in bytes.</param>
/// <param name="ItemSize">8 or 4 bytes a number.</param>
/// <param name="IsBigEndian">Whether a number begins with its highest byte.</param>
/// <param name="IsFortranOrder">Whether the numbers stand column by column.</param>
/// <param name="Shape">One entry for each dimension, none negative.</param>
internal sealed record NpyHeader(int Length, int ItemSize, bool IsBigEndian, bool IsFortranOrder, int[] Shape)
{
    /// <summary>Numbers begin at a multiple of it, so that they can be mapped into memory.</summary>
    private const int Alignment = 64;

    /// <summary>NumPy refuses longer ones, too.</summary>
    private const int Longest = 10_000;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>As Python writes a tuple.</summary>
    public string ShapeText => Shape is [int only] ? $"({only},)" : $"({string.Join(", ", Shape)})";

    /// <summary>Format 1.0: float64, the lowest byte first, row by row.</summary>
    public static void Write(Stream stream, int rows, int columns)
    {
        string text = $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({rows}, {columns}), }}";
        int before = Magic.Length + 2 + sizeof(ushort), length = before + text.Length + 1;
        int padded = (length + Alignment - 1) / Alignment * Alignment;
        byte[] bytes = new byte[padded];
        Magic.CopyTo(bytes);
        bytes[Magic.Length] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(Magic.Length + 2), (ushort)(padded - before));
        Encoding.ASCII.GetBytes(text.PadRight(padded - before - 1) + '\n', bytes.AsSpan(before));
        stream.Write(bytes);
    }

    /// <summary>Formats 1.0, 2.0 and 3.0, which differ in the header's length and in names that we have not.</summary>
    public static NpyHeader Read(Stream stream, long length, Place place)
    {
        Span<byte> start = stackalloc byte[Magic.Length + 2];
        if (length < start.Length)
            throw place.Refusal($"an .npy file of at least {start.Length} bytes", $"{length}");
        stream.ReadExactly(start);
        if (!start.StartsWith(Magic))
            throw place.Refusal("an .npy file, which begins with 93 4E 55 4D 50 59 (NUMPY)", Convert.ToHexString(start));
        if (start[^2] is not (1 or 2 or 3) || start[^1] != 0)
            throw place.Refusal("the .npy format 1.0, 2.0 or 3.0", $"{start[^2]}.{start[^1]}");

        Span<byte> size = stackalloc byte[start[^2] == 1 ? sizeof(ushort) : sizeof(uint)];
        long after = length - start.Length - size.Length;
        if (after < 0)
            throw place.Refusal("the length of the header", "the end of the entry");
        stream.ReadExactly(size);
        long claimed = size.Length == sizeof(ushort)
            ? BinaryPrimitives.ReadUInt16LittleEndian(size) : BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (claimed > Math.Min(after, Longest))
            throw place.Refusal(
                $"a header of at most {Math.Min(after, Longest)} bytes", $"one that claims to have {claimed}");
        byte[] text = new byte[claimed];
        stream.ReadExactly(text);
        (string type, bool isFortranOrder, int[] shape) = new NpyHeaderParser(Encoding.Latin1.GetString(text), place).Parse();
        (char order, int itemSize) = type switch
        {
            ['<' or '>' or '=', 'f', '8'] => (type[0], sizeof(double)),
            ['<' or '>' or '=', 'f', '4'] => (type[0], sizeof(float)),
            _ => throw place.Refusal(
                "float64 or float32, a descr of '<f8', '>f8', '=f8', '<f4', '>f4' or '=f4'", $"'{Place.Shown(type)}'"),
        };
        return new NpyHeader(
            start.Length + size.Length + text.Length, itemSize, order == '>' || (order == '=' && !BitConverter.IsLittleEndian),
            isFortranOrder, shape);
    }

    /// <summary>The number that the bytes begin with.</summary>
    public double Number(ReadOnlySpan<byte> bytes) => (ItemSize, IsBigEndian) switch
    {
        (sizeof(double), false) => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        (sizeof(double), true) => BinaryPrimitives.ReadDoubleBigEndian(bytes),
        (_, false) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        (_, true) => BinaryPrimitives.ReadSingleBigEndian(bytes),
    };
}
