namespace Rnn.Engines.Tests;

/// <summary>.npz files, as NumPy itself reads and writes them.</summary>
public sealed class NumPyFilesTests(ITestOutputHelper log)
{
    /// <summary>Numbers that a text, or a sum with zero, would not keep; a float holds them, or rounds them to one.</summary>
    private static readonly double[] Odd =
        [-0.0, 5e-324, -2.2250738585072009e-308, 1.4012984643248171e-45, -1e-40, float.MaxValue, -1 / 3.0];

    [Fact]
    public void Numpy_loads_the_very_bits_that_SaveNpz_wrote()
    {
        using TemporaryFolder folder = new();
        int arrays = 0;
        for (int seed = 0; seed < 10; seed++)
        {
            Weights weights = WithOddNumbers(Sample.Draw(seed).Weights, [.. Odd, double.MaxValue, -double.Epsilon]);
            WeightsFile.SaveNpz(weights, folder.File("weights.npz"));
            JsonElement read = JsonElement.Parse(Python.NumPy("numpy_files.py", "read", folder.File("weights.npz")));

            (string Name, Matrix<double> Matrix)[] expected =
            [
                ("Wh", weights.Wh), ("Wx", weights.Wx), ("Wy", weights.Wy),
                ("bh", weights.Bh.ToRowMatrix()), ("by", weights.By.ToRowMatrix()),
            ];
            Assert.Equal(expected.Select(one => one.Name).Order(), read.EnumerateObject().Select(one => one.Name).Order());
            foreach ((string name, Matrix<double> matrix) in expected)
            {
                JsonElement array = read.GetProperty(name);
                Assert.Equal("<f8", array[0].GetString());
                Assert.Equal([matrix.RowCount, matrix.ColumnCount], array[1].EnumerateArray().Select(size => size.GetInt32()));
                Assert.Equal(Hexadecimal(matrix), array[2].GetString());
                arrays++;
            }
        }

        log.WriteLine($"{arrays} arrays, bit for bit");
    }

    [Fact]
    public void LoadNpz_reads_the_very_bits_that_numpy_wrote_in_every_form_it_has()
    {
        using TemporaryFolder folder = new();
        int files = 0;
        // Among them a network of one unit, whose matrices are rows and columns at once, and one that is larger.
        foreach (Weights shape in (Weights[])[TestData.Weights(1, 1, 1), TestData.Weights(3, 4, 2), TestData.Weights(40, 50, 30)])
        {
            Weights weights = WithOddNumbers(shape, Odd);
            WeightsFile.SaveNpz(weights, folder.File("weights.npz"));
            string forms = Directory.CreateDirectory(folder.File($"forms of {weights.HiddenDim}")).FullName;
            Python.NumPy("numpy_files.py", "write", folder.File("weights.npz"), forms);
            Weights narrow = new(
                weights.Wh.Map(Narrow), weights.Wx.Map(Narrow), weights.Wy.Map(Narrow), weights.Bh.Map(Narrow),
                weights.By.Map(Narrow));

            string[] paths = Directory.GetFiles(forms);
            // Two ways to save, two sizes of number, two orders of bytes, two of entries, two shapes of a bias.
            Assert.Equal(32, paths.Length);
            foreach (string path in paths)
                Bits.AreEqual(path.Contains("-f4-", StringComparison.Ordinal) ? narrow : weights, WeightsFile.LoadNpz(path));
            files += paths.Length;
        }

        log.WriteLine($"{files} files, bit for bit");

        static double Narrow(double number) => (float)number;
    }

    /// <summary>The odd numbers take the places of the first entries of each matrix, as far as there are that many.</summary>
    private static Weights WithOddNumbers(Weights weights, double[] odd)
    {
        return new Weights(
            Placed(weights.Wh), Placed(weights.Wx), Placed(weights.Wy), Placed(weights.Bh.ToRowMatrix()).Row(0),
            Placed(weights.By.ToRowMatrix()).Row(0));

        Matrix<double> Placed(Matrix<double> matrix) => Matrix<double>.Build.Dense(
            matrix.RowCount, matrix.ColumnCount,
            (i, j) => i * matrix.ColumnCount + j is int place && place < odd.Length ? odd[place] : matrix[i, j]);
    }

    private static string Hexadecimal(Matrix<double> matrix) => string.Concat(
        matrix.ToRowMajorArray().Select(number => Convert.ToHexStringLower(BitConverter.GetBytes(number))));
}
