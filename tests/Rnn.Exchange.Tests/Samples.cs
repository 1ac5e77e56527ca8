namespace Rnn.Exchange.Tests;

/// <summary>Weights to save, and what NumPy could have written of them.</summary>
internal static class Samples
{
    public static readonly string[] Names = ["Wh", "Wx", "Wy", "bh", "by"];

    public static Weights Weights(int input = 3, int hidden = 5, int output = 2, int seed = 1)
    {
        Random random = new(seed);
        Matrix<double> Draw(int rows, int columns) =>
            Matrix<double>.Build.Dense(rows, columns, (_, _) => random.NextDouble() - 0.5);
        return new Weights(
            Draw(hidden, hidden), Draw(input, hidden), Draw(hidden, output), Draw(1, hidden).Row(0), Draw(1, output).Row(0));
    }

    /// <summary>By name; the biases as matrices of one row.</summary>
    public static Matrix<double> Matrix(Weights weights, string name) => name switch
    {
        "Wh" => weights.Wh,
        "Wx" => weights.Wx,
        "Wy" => weights.Wy,
        "bh" => weights.Bh.ToRowMatrix(),
        "by" => weights.By.ToRowMatrix(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    /// <summary>The five entries of an archive.</summary>
    public static ZipEntry[] Entries(Weights weights) =>
        [.. Names.Select(name => new ZipEntry($"{name}.npy", NpyBytes.Of(Matrix(weights, name))))];

    /// <summary>The five entries, one of them changed.</summary>
    public static byte[] With(string name, Func<ZipEntry, ZipEntry> change) =>
        ZipBytes.Of(Entries(Weights()).Select(entry => entry.Name == $"{name}.npy" ? change(entry) : entry));

    /// <summary>The five entries, the content of one of them another.</summary>
    public static byte[] With(string name, byte[] content) => With(name, entry => entry with { Content = content });

    /// <summary>The same shapes, and the same bits in the same places.</summary>
    public static void AreEqual(Weights expected, Weights actual)
    {
        foreach (string name in Names)
        {
            Matrix<double> one = Matrix(expected, name), other = Matrix(actual, name);
            Assert.Equal((one.RowCount, one.ColumnCount), (other.RowCount, other.ColumnCount));
            Assert.Equal(
                one.ToRowMajorArray().Select(BitConverter.DoubleToInt64Bits),
                other.ToRowMajorArray().Select(BitConverter.DoubleToInt64Bits));
        }
    }
}
