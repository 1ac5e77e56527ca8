namespace Rnn.Exchange.Tests;

/// <summary>What NumPy may write of the same numbers, or may have been made to write.</summary>
public sealed class NpzVariationsTests
{
    /// <summary>All are of 1/8 and its multiples, which single precision holds, too.</summary>
    private static readonly Weights Expected = Eighths();

    public static TheoryData<string, byte, bool, bool> Types
    {
        get
        {
            TheoryData<string, byte, bool, bool> data = [];
            foreach (string descr in (string[])["<f8", ">f8", "=f8", "<f4", ">f4", "=f4"])
            {
                foreach (byte major in (byte[])[1, 2, 3])
                {
                    data.Add(descr, major, false, major == 1);
                    data.Add(descr, major, true, major != 1);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Of_either_size_order_and_any_version(string descr, byte major, bool isFortran, bool isDeflated) =>
        IsLoaded(Entries(name => NpyBytes.Of(Samples.Matrix(Expected, name), descr, isFortran, null, major))
            .Select(entry => entry with { IsDeflated = isDeflated }));

    [Theory]
    [InlineData("<f8", false)]
    [InlineData(">f4", true)]
    public void Biases_without_a_row(string descr, bool isFortran) =>
        IsLoaded(Entries(name => NpyBytes.Of(
            Samples.Matrix(Expected, name), descr, isFortran,
            name[0] == 'b' ? $"({Samples.Matrix(Expected, name).ColumnCount},)" : null)));

    [Fact]
    public void A_column_of_numbers_that_is_the_transpose_seen_the_other_way() =>
        IsLoaded(Entries(name =>
        {
            Matrix<double> matrix = Samples.Matrix(Expected, name);
            return NpyBytes.Of(
                NpyBytes.Header($"({matrix.RowCount}, {matrix.ColumnCount})", isFortran: true),
                NpyBytes.Values(matrix.Transpose()));
        }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sizes_of_64_bits_as_savez_writes_them(bool isDeflated) =>
        IsLoaded(Entries().Select(entry => entry with { IsZip64 = true, IsDeflated = isDeflated }));

    [Fact]
    public void Sizes_of_64_bits_in_the_directory_too() => IsLoaded(Entries().Select(entry => entry with { IsLong = true }));

    [Fact]
    public void Entries_in_any_order_and_others_among_them()
    {
        IsLoaded(Entries().Reverse());
        IsLoaded(
        [
            new ZipEntry("losses.npy", [1, 2, 3]) { Flags = 1 }, .. Entries(), new ZipEntry("wh.npy", []), new ZipEntry("Wh", []),
            new ZipEntry("folder/Wx.npy", []), new ZipEntry("losses.npy", []),
        ]);
    }

    [Theory]
    [InlineData("{{'shape': {0}, 'fortran_order': False, 'descr': '<f8'}}")]
    [InlineData("{{\"descr\": \"<f8\", \"fortran_order\": False, \"shape\": {0}}}")]
    [InlineData("{{'descr':\"<f8\",'fortran_order':False,'shape':{0},}}")]
    [InlineData("  {{\n 'descr'  :\t'<f8' ,\r\n 'fortran_order' : False , 'shape' : {0} , }}   ")]
    public void Any_way_to_write_the_header(string header) =>
        IsLoaded(Entries(name =>
        {
            Matrix<double> matrix = Samples.Matrix(Expected, name);
            string shape = name == "bh" ? $"( {matrix.ColumnCount} , )" : $"({matrix.RowCount},{matrix.ColumnCount},)";
            return NpyBytes.Of(string.Format(null, header, shape), NpyBytes.Values(matrix));
        }));

    /// <summary>As NumPy before 1.14 wrote them, and nothing of which NumPy demands.</summary>
    [Fact]
    public void Headers_of_any_length() =>
        IsLoaded(Entries(name =>
        {
            byte[] bytes = NpyBytes.Of(Samples.Matrix(Expected, name));
            int header = Encoding.Latin1.GetString(bytes).IndexOf('}', StringComparison.Ordinal) + 1;
            return [.. bytes[..8], (byte)(header - 10), 0, .. bytes[10..header], .. bytes[128..]];
        }));

    [Fact]
    public void Single_precision_becomes_the_double_of_the_same_value()
    {
        Weights weights = Samples.Weights();
        using Folder folder = new();
        byte[] bytes = ZipBytes.Of(Samples.Names.Select(name =>
            new ZipEntry($"{name}.npy", NpyBytes.Of(Samples.Matrix(weights, name), "<f4"))));
        Weights loaded = WeightsFile.LoadNpz(folder.Write("w.npz", bytes));
        Assert.Equal((double)(float)weights.Wx[2, 1], loaded.Wx[2, 1]);
        Assert.NotEqual(weights.Wx[2, 1], loaded.Wx[2, 1]);
    }

    private static IEnumerable<ZipEntry> Entries(Func<string, byte[]> content) =>
        Samples.Names.Select(name => new ZipEntry($"{name}.npy", content(name)));

    private static IEnumerable<ZipEntry> Entries() => Entries(name => NpyBytes.Of(Samples.Matrix(Expected, name)));

    private static void IsLoaded(IEnumerable<ZipEntry> entries)
    {
        using Folder folder = new();
        Samples.AreEqual(Expected, WeightsFile.LoadNpz(folder.Write("w.npz", ZipBytes.Of(entries))));
    }

    private static Weights Eighths()
    {
        Weights weights = Samples.Weights(3, 5, 2);
        static double Eighth(double value) => Math.Round(value * 80) / 8;
        return new Weights(
            weights.Wh.Map(Eighth), weights.Wx.Map(Eighth), weights.Wy.Map(Eighth), weights.Bh.Map(Eighth),
            weights.By.Map(Eighth));
    }
}
