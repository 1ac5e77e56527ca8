using System.Buffers.Binary;

namespace Rnn.Exchange.Tests;

/// <summary>.npy files as NumPy writes them, and as it does not.</summary>
internal static class NpyBytes
{
    public static byte[] Of(
        Matrix<double> matrix, string descr = "<f8", bool isFortran = false, string? shape = null, byte major = 1) =>
        Of(
            Header(shape ?? $"({matrix.RowCount}, {matrix.ColumnCount})", descr, isFortran),
            Values(matrix, descr, isFortran),
            major);

    public static string Header(string shape, string descr = "<f8", bool isFortran = false) =>
        $"{{'descr': '{descr}', 'fortran_order': {isFortran}, 'shape': {shape}, }}";

    /// <param name="header">Its text; padded as NumPy pads it.</param>
    /// <param name="values">What follows it.</param>
    /// <param name="major">The version, major.0.</param>
    /// <param name="claimed">The length of the header as the file gives it, where that is not what it is.</param>
    public static byte[] Of(string header, byte[] values, byte major = 1, uint? claimed = null)
    {
        int before = major == 1 ? 10 : 12;
        string padded = header.PadRight((before + header.Length + 1 + 63) / 64 * 64 - before - 1) + '\n';
        byte[] length = new byte[before - 8];
        if (major == 1)
            BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)(claimed ?? (uint)padded.Length));
        else
            BinaryPrimitives.WriteUInt32LittleEndian(length, claimed ?? (uint)padded.Length);
        return [0x93, .. "NUMPY"u8, major, 0, .. length, .. Encoding.Latin1.GetBytes(padded), .. values];
    }

    public static byte[] Values(Matrix<double> matrix, string descr = "<f8", bool isFortran = false) =>
    [
        .. (isFortran ? matrix.ToColumnMajorArray() : matrix.ToRowMajorArray()).SelectMany(value =>
        {
            byte[] bytes = descr.EndsWith('4') ? BitConverter.GetBytes((float)value) : BitConverter.GetBytes(value);
            bool isLittle = descr[0] == '<' || (descr[0] == '=' && BitConverter.IsLittleEndian);
            return isLittle == BitConverter.IsLittleEndian ? bytes : bytes.Reverse();
        }),
    ];
}
