namespace Rnn.Exchange.Tests;

/// <summary>What is not what it should be is refused with the file, the entry, what was expected and what was found.</summary>
public sealed class NpzRefusalsTests
{
    private const string Type = "float64 or float32";

    private static readonly Weights Good = Samples.Weights();

    private static readonly Dictionary<string, DamagedFile> Cases =
        Archives().Concat(Entries()).Concat(Arrays()).Concat(Headers()).Concat(Shapes()).ToDictionary(each => each.Name);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_refused_by_name_and_costs_little(string name)
    {
        (_, Func<byte[]> make, string entry, string[] says) = Cases[name];
        using Folder folder = new();
        byte[] bytes = make();
        string path = folder.Write("weights.npz", bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException refusal = Assert.Throws<InvalidDataException>(() => WeightsFile.LoadNpz(path));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.StartsWith(
            $"{path}{(entry.Length > 0 ? $", {entry}.npy" : "")}: expected ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(", but found ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(refusal.Message, char.IsControl);
        Assert.InRange(refusal.Message.Length, 1, path.Length + 500);
        Assert.All(says, each => Assert.Contains(each, refusal.Message, StringComparison.Ordinal));
        Assert.InRange(allocated, 0, Allocation.Allowed(bytes.Length));
    }

    /// <summary>What cannot be opened is no damage.</summary>
    [Fact]
    public void A_file_that_is_not_there_is_not_damaged()
    {
        using Folder folder = new();
        Assert.Throws<FileNotFoundException>(() => WeightsFile.LoadNpz(folder["none.npz"]));
        Assert.Throws<DirectoryNotFoundException>(() => WeightsFile.LoadNpz(folder["none/w.npz"]));
        Assert.Throws<UnauthorizedAccessException>(() => WeightsFile.LoadNpz(folder.Path));
    }

    private static IEnumerable<DamagedFile> Archives()
    {
        byte[] whole = ZipBytes.Of(Samples.Entries(Good));
        yield return new("an empty file", () => [], "", "a zip archive with Wh.npy, Wx.npy, Wy.npy, bh.npy, by.npy");
        yield return new("a text", () => [.. "Wh = [[1, 2], [3, 4]]"u8], "", "a zip archive");
        yield return new("an .npy file", () => NpyBytes.Of(Good.Wh), "", "a zip archive");
        yield return new("a pickle", () => [0x80, 4, 0x95, .. new byte[100], (byte)'.'], "", "a zip archive");
        yield return new("half an archive", () => whole[..(whole.Length / 2)], "", "a zip archive");
        yield return new("an archive without its beginning", () => whole[300..], "", "a zip archive");
        yield return new("an empty archive", () => ZipBytes.Of(), "Wh", "this entry once", "none among []");
        foreach (string name in Samples.Names)
        {
            yield return new(
                $"{name} missing", () => ZipBytes.Of(Samples.Entries(Good).Where(entry => !IsOf(name, entry))), name,
                "this entry once", "none among [", name == "Wh" ? "Wx.npy" : "Wh.npy");
            yield return new(
                $"{name} twice",
                () => ZipBytes.Of(Samples.Entries(Good).SelectMany(entry => Enumerable.Repeat(entry, IsOf(name, entry) ? 2 : 1))),
                name, "this entry once", "2 times");
        }

        yield return new(
            "as many entries as can be", () => ZipBytes.Of(Enumerable.Repeat(new ZipEntry("x", []), 65_000)), "Wh",
            "none among [x, x, x, x, x, x]");
        yield return new(
            "names that a console obeys", () => ZipBytes.Of(new ZipEntry("\u001b[31m\n" + new string('x', 60_000), [])), "Wh",
            "none among [?[31m?xxx");

        static bool IsOf(string name, ZipEntry entry) => entry.Name == $"{name}.npy";
    }

    private static IEnumerable<DamagedFile> Entries()
    {
        const long terabytes = 8L << 40;
        yield return DamagedFile.With("encrypted", "Wx", entry => entry with { Flags = 1 }, "without a password");
        yield return DamagedFile.With("compressed as nobody can", "Wx", entry => entry with { Method = 12 });
        yield return DamagedFile.With("another checksum", "Wy", entry => entry with { Crc = 7 }, "00000007", "damaged");
        yield return DamagedFile.With(
            "another checksum, deflated", "Wy", entry => entry with { Crc = 7, IsDeflated = true }, "00000007", "damaged");
        yield return DamagedFile.With("stored, but said to be deflated", "Wh", entry => entry with { Method = 8 });
        yield return DamagedFile.With("longer than it is", "bh", entry => entry with { Length = 400 }, "400 bytes", "168");
        yield return DamagedFile.With(
            "longer than it is, deflated", "bh", entry => entry with { Length = 400, IsDeflated = true }, "400 bytes", "168");
        yield return DamagedFile.With("shorter than it is", "bh", entry => entry with { Length = 150 }, "150 bytes", "more");
        yield return DamagedFile.With(
            "shorter than it is, deflated", "bh", entry => entry with { Length = 150, IsDeflated = true },
            "the checksum", "damaged");
        yield return DamagedFile.With(
            "longer than the file", "by", entry => entry with { Length = 1 << 30, CompressedLength = 1 << 30 },
            "an entry within the ", $"{1 << 30} bytes");
        yield return DamagedFile.With("8 TB", "Wh", entry => entry with { Length = terabytes }, $"{terabytes}", "100 times");
        yield return DamagedFile.With(
            "8 TB, deflated", "Wh", entry => entry with { Length = terabytes, IsDeflated = true }, $"{terabytes}", "100 times");
        yield return DamagedFile.With(
            "8 TB on both sides", "Wh", entry => entry with { Length = terabytes, CompressedLength = terabytes }, $"{terabytes}");
        yield return DamagedFile.With(
            "as long as can be said", "Wh", entry => entry with { Length = long.MaxValue, CompressedLength = long.MaxValue });
        yield return DamagedFile.With(
            "a length below zero", "Wh", entry => entry with { Length = -1L << 40, CompressedLength = 1L << 40 });
        long[] offsets = [1, 5000, uint.MaxValue, 1L << 40, long.MaxValue, long.MaxValue - 100, -1, -5000, long.MinValue];
        foreach (long offset in offsets)
            yield return DamagedFile.With($"an entry at {offset}", "Wx", entry => entry with { Offset = offset, IsLong = true });
        yield return new("a bomb of 64 MB", () => Bomb(2896, null), "Wh", $"{128 + 8 * 2896 * 2896} bytes", "100 times");
        yield return new("a bomb that claims to be small", () => Bomb(2896, 328), "Wh", "the checksum", "damaged");
        yield return new("a bomb that claims to be of middle size", () => Bomb(2896, 16 << 20), "Wh", "the checksum", "damaged");

        static byte[] Bomb(int hidden, long? claimed) => ZipBytes.Of(
            Samples.Entries(Samples.Weights(1, 1, 1)).Select(entry => entry.Name == "Wh.npy"
                ? new ZipEntry(entry.Name, NpyBytes.Of(NpyBytes.Header($"({hidden}, {hidden})"), new byte[8 * hidden * hidden]))
                {
                    IsDeflated = true,
                    Length = claimed,
                    // Of so much it takes long to calculate, and nobody is to get so far.
                    Crc = 7,
                }
                : entry));
    }

    private static IEnumerable<DamagedFile> Arrays()
    {
        string[] types = ["|O", "O", "<i8", "<u4", "|b1", "<c16", "<f2", "<f16", "<U4", "|f8", "f8", "<f", "<f88", ""];
        foreach (string descr in types)
        {
            yield return DamagedFile.With(
                $"a descr of '{descr}'", "Wh", NpyBytes.Of(NpyBytes.Header("(5, 5)", descr), new byte[200]), Type, $"'{descr}'");
        }

        yield return DamagedFile.With(
            "Python objects", "by", NpyBytes.Of(NpyBytes.Header("(1, 2)", "|O"), [0x80, 4, 0x4b, 1, (byte)'.']), Type, "'|O'");
        yield return DamagedFile.With(
            "a pickle in place of an array", "by", [0x80, 4, 0x95, 1, 2, 3, 4, 5, 6, 7],
            "an .npy file, which begins with 93 4E 55 4D 50 59", "8004950102030405");
        yield return DamagedFile.With(
            "records", "Wh",
            NpyBytes.Of("{'descr': [('a', '<f8'), ('b', '<f8')], 'fortran_order': False, 'shape': (5, 5), }", new byte[400]),
            Type, "and not a record", "character 10", "[('a'");
        yield return DamagedFile.With("no bytes", "Wh", [], "an .npy file of at least 8 bytes", "found 0");
        yield return DamagedFile.With("seven bytes", "Wh", [0x93, .. "NUMPY"u8, 1], "at least 8 bytes", "found 7");
        yield return DamagedFile.With("nine bytes", "Wh", [0x93, .. "NUMPY"u8, 1, 0, 9], "the length of the header");
        yield return DamagedFile.With("version 4.0", "Wh", NpyBytes.Of(Good.Wh, major: 4), "1.0, 2.0 or 3.0", "4.0");
        yield return DamagedFile.With("version 0.0", "Wh", NpyBytes.Of(Good.Wh, major: 0), "1.0, 2.0 or 3.0", "0.0");
        yield return DamagedFile.With("version 1.1", "Wh", Changed(NpyBytes.Of(Good.Wh), 7, 1), "1.0, 2.0 or 3.0", "1.1");
        yield return DamagedFile.With("another magic", "Wh", Changed(NpyBytes.Of(Good.Wh), 0, 0x92), "an .npy file", "924E");
        yield return DamagedFile.With(
            "a header longer than the file", "Wh", NpyBytes.Of(NpyBytes.Header("(5, 5)"), new byte[200], claimed: 319),
            "at most 318 bytes", "319");
        yield return DamagedFile.With(
            "a header of 4 GB", "Wh", NpyBytes.Of(NpyBytes.Header("(5, 5)"), new byte[200], 2, uint.MaxValue),
            "at most 316 bytes", "4294967295");
        yield return DamagedFile.With(
            "a header longer than NumPy reads", "Wh", NpyBytes.Of(NpyBytes.Header("(5, 5)").PadRight(10_001), new byte[200], 2),
            "at most 10000 bytes");
        foreach (string name in Samples.Names)
        {
            foreach ((double value, string said) in ((double, string)[])
                [(double.NaN, "NaN"), (double.PositiveInfinity, "Infinity"), (double.NegativeInfinity, "-Infinity")])
            {
                Matrix<double> matrix = Samples.Matrix(Good, name).Clone();
                matrix[matrix.RowCount - 1, 1] = value;
                yield return DamagedFile.With(
                    $"{said} in {name}", name, NpyBytes.Of(matrix), "finite numbers", $"{said} at [{matrix.RowCount - 1}, 1]");
                yield return DamagedFile.With(
                    $"{said} in {name}, single precision by columns", name, NpyBytes.Of(matrix, ">f4", isFortran: true),
                    "finite numbers", $"{said} at [{matrix.RowCount - 1}, 1]");
            }
        }
    }

    private static IEnumerable<DamagedFile> Headers()
    {
        const string descr = "'descr': '<f8'", order = "'fortran_order': False", shape = "'shape': (5, 5)";
        const string once = "each of 'descr', 'fortran_order' and 'shape' once";
        (string Header, string Says)[] headers =
        [
            ("", "'{' at character 54 of the header, but found its end"),
            ("['descr']", "'{' at character 0"),
            ("{}", "a header with all of 'descr', 'fortran_order' and 'shape'"),
            ("{,}", "a text in quotes"),
            ($"{{{descr}, {order}}}", "a header with all of 'descr', 'fortran_order' and 'shape'"),
            ($"{{{descr}, {shape}}}", "a header with all of 'descr', 'fortran_order' and 'shape'"),
            ($"{{{order}, {shape}}}", "a header with all of 'descr', 'fortran_order' and 'shape'"),
            ($"{{{descr}, {descr}, {order}, {shape}}}", once),
            ($"{{{descr}, {order}, {shape}, {shape}}}", once),
            ($"{{{descr}, {order}, {shape}, 'more': 1}}", once),
            ($"{{{descr}, {order}, {shape}}} x", "nothing after the closing brace"),
            ($"{{{descr}, {order}, {shape}}}\0", "nothing after the closing brace"),
            ($"{{{descr}, {order}, {shape}", "'}'"),
            ($"{{{descr} {order}, {shape}}}", "'}'"),
            ($"{{{descr},, {order}, {shape}}}", "a text in quotes"),
            ($"{{'descr' '<f8', {order}, {shape}}}", "':'"),
            ($"{{'descr': '<f8, {order.Replace('\'', '"')}}}", "a text with a closing quote"),
            ($"{{'descr': '<f' '8', {order}, {shape}}}", "'}'"),
            ($"{{'descr': b'<f8', {order}, {shape}}}", "a text in quotes"),
            ($"{{'descr': 8, {order}, {shape}}}", "a text in quotes"),
            ($"{{'d\\x65scr': '<f8', {order}, {shape}}}", once),
            ($"{{{descr}, 'fortran_order': false, {shape}}}", "True or False"),
            ($"{{{descr}, 'fortran_order': 0, {shape}}}", "True or False"),
            ($"{{{descr}, 'fortran_order': 'False', {shape}}}", "True or False"),
            ($"{{{descr}, 'fortran_order': Falsey, {shape}}}", "'}'"),
            ($"{{{descr}, {order}, 'shape': [5, 5]}}", "'('"),
            ($"{{{descr}, {order}, 'shape': 25}}", "'('"),
            ($"{{{descr}, {order}, 'shape': (25)}}", "a comma"),
            ($"{{{descr}, {order}, 'shape': (5 5)}}", "a comma"),
            ($"{{{descr}, {order}, 'shape': (5, 5}}", "a comma"),
            ($"{{{descr}, {order}, 'shape': (,)}}", "a dimension"),
            ($"{{{descr}, {order}, 'shape': (-5, -5)}}", "a dimension, 0 to 2147483647"),
            ($"{{{descr}, {order}, 'shape': (+5, 5)}}", "a dimension"),
            ($"{{{descr}, {order}, 'shape': (05, 5)}}", "a dimension"),
            ($"{{{descr}, {order}, 'shape': (5L, 5L)}}", "a comma"),
            ($"{{{descr}, {order}, 'shape': (5.0, 5)}}", "a comma"),
            ($"{{{descr}, {order}, 'shape': (0x5, 5)}}", "a comma"),
            ($"{{{descr}, {order}, 'shape': (1_0, 5)}}", "a comma"),
            ($"{{{descr}, {order}, 'shape': (\u00b2, 5)}}", "a dimension"),
            ($"{{{descr}, {order}, 'shape': (4294967301, 5)}}", "a dimension, 0 to 2147483647"),
            ($"{{{descr}, {order}, 'shape': (18446744073709551621, 5)}}", "a dimension, 0 to 2147483647"),
            ($"{{{descr}, {order}, 'shape': ({new string('9', 5000)}, 5)}}", "a dimension, 0 to 2147483647"),
            (new string('{', 5000), "a text in quotes"),
            ($"{{{descr}, {order}, 'shape': {new string('(', 5000)}", "a dimension"),
        ];
        return headers.Select((each, index) => DamagedFile.With(
            $"header {index}: {(each.Header.Length > 80 ? each.Header[..80] : each.Header).Replace('\0', '0')}",
            "Wh", NpyBytes.Of(each.Header, new byte[200]), each.Says));
    }

    private static IEnumerable<DamagedFile> Shapes()
    {
        (string Name, string Shape, int Bytes, string[] Says)[] shapes =
        [
            ("Wh", "(25,)", 200, ["two dimensions", "(25,)"]), ("Wh", "()", 8, ["two dimensions", "()"]),
            ("Wh", "(1, 5, 5)", 200, ["two dimensions", "(1, 5, 5)"]), ("bh", "(5, 1)", 40, ["(n,) or (1, n)", "(5, 1)"]),
            ("by", "()", 8, ["(n,) or (1, n)", "()"]), ("by", "(1, 1, 2)", 16, ["(n,) or (1, n)", "(1, 1, 2)"]),
            ("Wh", "(0, 0)", 0, ["1 to 2147483591 numbers", "(0, 0)"]), ("Wx", "(0, 5)", 0, ["1 to", "(0, 5)"]),
            ("by", "(0,)", 0, ["1 to", "(0,)"]), ("Wh", "(2147483647, 2147483647)", 200, ["1 to 2147483591 numbers"]),
            ("Wh", "(65536, 65536)", 0, ["1 to 2147483591 numbers"]), ("Wh", "(46340, 46340)", 200, ["17179164800 bytes", "200"]),
            ("Wh", "(5, 5)", 199, ["200 bytes", "(5, 5)", "199"]), ("Wh", "(5, 5)", 201, ["200 bytes", "(5, 5)", "201"]),
            ("Wh", "(5, 5)", 0, ["200 bytes", "found 0"]), ("bh", "(5,)", 48, ["40 bytes", "(5,)", "48"]),
            ("Wh", "(5, 4)", 160, ["a square matrix", "(5, 4)"]), ("Wh", "(4, 4)", 128, []),
            ("Wx", "(3, 4)", 96, ["(3, 5)", "Wh.npy, (5, 5)", "(3, 4)"]), ("Wx", "(5, 3)", 120, ["Wh.npy, (5, 5)", "(5, 3)"]),
            ("Wy", "(4, 2)", 64, ["(5, 2)", "Wh.npy, (5, 5)", "(4, 2)"]),
            ("bh", "(4,)", 32, ["(1, 5)", "Wh.npy, (5, 5)", "(1, 4)"]),
            ("by", "(1, 3)", 24, ["(1, 2)", "Wy.npy, (5, 2)", "(1, 3)"]),
        ];
        return shapes.Select(each => new DamagedFile(
            $"{each.Name} of shape {each.Shape} with {each.Bytes} bytes",
            () => Samples.With(each.Name, NpyBytes.Of(NpyBytes.Header(each.Shape), new byte[each.Bytes])),
            each is ("Wh", "(4, 4)", _, _) ? "Wx" : each.Name, each.Says));
    }

    private static byte[] Changed(byte[] bytes, int at, byte value) => [.. bytes[..at], value, .. bytes[(at + 1)..]];
}
