using System.IO.Compression;
using CsCheck;

namespace Rnn.Exchange.Tests;

public sealed class NpzRoundTripTests
{
    private static readonly double[] Edges =
        [0, -0.0, double.Epsilon, -double.Epsilon, 2.2250738585072009E-308, double.MaxValue, double.MinValue];

    /// <summary>Every finite double is as likely as another, and those at the edges come often.</summary>
    private static readonly Gen<double> Finite = Gen.OneOf(
        Gen.Long.Select(BitConverter.Int64BitsToDouble).Where(double.IsFinite),
        Gen.OneOf([.. Edges.Select(Gen.Const)]));

    private static readonly Gen<Weights> AnyWeights =
        from input in Gen.Int[1, 9]
        from hidden in Gen.Int[1, 9]
        from output in Gen.Int[1, 9]
        from values in Finite.Array[hidden * (hidden + input + output + 1) + output]
        select Fill(input, hidden, output, new Queue<double>(values));

    [Fact]
    public void What_is_saved_is_loaded_bit_for_bit()
    {
        using Folder folder = new();
        AnyWeights.Sample(
            weights =>
            {
                WeightsFile.SaveNpz(weights, folder["w.npz"]);
                Samples.AreEqual(weights, WeightsFile.LoadNpz(folder["w.npz"]));
            },
            iter: 300,
            threads: 1);
        Assert.Equal(["w.npz"], folder.Names);
    }

    /// <summary>More than is written or read at once, and in rows that do not divide it.</summary>
    [Theory]
    [InlineData(257, 129, 65)]
    [InlineData(1, 1, 20_000)]
    public void Large_weights_are_loaded_bit_for_bit(int input, int hidden, int output)
    {
        using Folder folder = new();
        Weights weights = Samples.Weights(input, hidden, output);
        WeightsFile.SaveNpz(weights, folder["w.npz"]);
        Samples.AreEqual(weights, WeightsFile.LoadNpz(folder["w.npz"]));
    }

    [Fact]
    public void The_same_weights_give_the_same_bytes_however_they_are_stored()
    {
        using Folder folder = new();
        Weights dense = new(
            Matrix<double>.Build.DenseIdentity(3), Samples.Weights(2, 3, 4).Wx, Samples.Weights(2, 3, 4).Wy,
            Vector<double>.Build.Dense(3), Samples.Weights(2, 3, 4).By);
        Weights other = new(
            Matrix<double>.Build.DiagonalIdentity(3), Matrix<double>.Build.SparseOfMatrix(dense.Wx),
            Matrix<double>.Build.SparseOfMatrix(dense.Wy), Vector<double>.Build.Sparse(3),
            Vector<double>.Build.SparseOfVector(dense.By));
        WeightsFile.SaveNpz(dense, folder["one.npz"]);
        WeightsFile.SaveNpz(other, folder["other.npz"]);
        Assert.Equal(File.ReadAllBytes(folder["one.npz"]), File.ReadAllBytes(folder["other.npz"]));
        foreach (OnnxForm form in Enum.GetValues<OnnxForm>())
        {
            WeightsFile.SaveOnnx(dense, folder["one.onnx"], form);
            WeightsFile.SaveOnnx(other, folder["other.onnx"], form);
            Assert.Equal(File.ReadAllBytes(folder["one.onnx"]), File.ReadAllBytes(folder["other.onnx"]));
        }
    }

    /// <summary>Stored and not compressed, dated 1980, with headers of whole 64 bytes.</summary>
    [Fact]
    public void The_entries_are_what_NumPy_writes()
    {
        using Folder folder = new();
        Weights weights = Samples.Weights();
        WeightsFile.SaveNpz(weights, folder["w.npz"]);
        using ZipArchive archive = ZipFile.OpenRead(folder["w.npz"]);
        Assert.Equal(Samples.Names.Select(name => $"{name}.npy"), archive.Entries.Select(entry => entry.FullName));
        foreach ((ZipEntry expected, ZipArchiveEntry entry) in Samples.Entries(weights).Zip(archive.Entries))
        {
            using Stream stream = entry.Open();
            byte[] bytes = new byte[entry.Length];
            stream.ReadExactly(bytes);
            Assert.Equal(expected.Content, bytes);
            Assert.Equal(entry.Length, entry.CompressedLength);
            Assert.Equal(new DateTime(1980, 1, 1), entry.LastWriteTime.DateTime);
            Assert.Equal((byte)'\n', bytes[127]);
        }
    }

    private static Weights Fill(int input, int hidden, int output, Queue<double> values)
    {
        Matrix<double> Next(int rows, int columns) => Matrix<double>.Build.Dense(rows, columns, (_, _) => values.Dequeue());
        return new Weights(
            Next(hidden, hidden), Next(input, hidden), Next(hidden, output), Next(1, hidden).Row(0), Next(1, output).Row(0));
    }
}
