using System.Reflection;

namespace Rnn.Tests;

/// <summary>NumPy's legacy generator: its stream as recorded, and that every member of Random draws from it.</summary>
public sealed class NumPyRandomTests
{
    private static readonly Dictionary<uint, JsonElement> Streams =
        Recorded.File("random.json").At("streams").EnumerateArray().ToDictionary(stream => stream.At("seed").GetUInt32());

    public static TheoryData<uint> Seeds => [.. Streams.Keys];

    /// <summary>Every member of Random that draws, by name.</summary>
    private static readonly Dictionary<string, Func<Random, object>> Draws = new()
    {
        ["Next()"] = random => random.Next(),
        ["Next(max)"] = random => random.Next(1_000_000),
        ["Next(min, max)"] = random => random.Next(-1_000_000, 1_000_000),
        ["NextInt64()"] = random => random.NextInt64(),
        ["NextInt64(max)"] = random => random.NextInt64(1L << 50),
        ["NextInt64(min, max)"] = random => random.NextInt64(-1L << 50, 1L << 50),
        ["NextSingle()"] = random => random.NextSingle(),
        ["NextDouble()"] = random => random.NextDouble(),
        ["NextBytes(array)"] = random =>
        {
            byte[] buffer = new byte[11];
            random.NextBytes(buffer);
            return Convert.ToHexString(buffer);
        },
        ["NextBytes(span)"] = random =>
        {
            Span<byte> buffer = stackalloc byte[11];
            random.NextBytes(buffer);
            return Convert.ToHexString(buffer);
        },
        ["Shuffle"] = random =>
        {
            int[] values = [.. Enumerable.Range(0, 50)];
            random.Shuffle(values);
            return string.Join(' ', values);
        },
        ["GetItems of 5"] = random => string.Join(' ', random.GetItems([1, 2, 3, 4, 5], 30)),
        ["GetItems of 8"] = random => string.Join(' ', random.GetItems([1, 2, 3, 4, 5, 6, 7, 8], 30)),
        ["GetString"] = random => random.GetString("abcdefghijklm", 20),
        ["GetHexString"] = random => random.GetHexString(20),
        ["NextGaussian"] = random => ((NumPyRandom)random).NextGaussian(),
        ["Rand"] = random => ((NumPyRandom)random).Rand(2, 3).ToMatrixString(),
        ["Randn"] = random => ((NumPyRandom)random).Randn(3, 3).ToMatrixString(),
        ["RandInt"] = random => ((NumPyRandom)random).RandInt(0, 1000, 3, 3).ToMatrixString(),
    };

    public static TheoryData<string> DrawNames => [.. Draws.Keys];

    public static TheoryData<string> NamesOfAllButGaussians => [.. Draws.Keys.Except(["NextGaussian", "Randn"])];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_stream_is_numpys(uint seed)
    {
        NumPyRandom random = new(seed);
        Replay(seed, (step, arguments) => step switch
        {
            "rand" => [.. random.Rand(1, (int)arguments[0]).Row(0)],
            "randn" => [.. random.Randn(1, (int)arguments[0]).Row(0)],
            "randint" when arguments[0] >= int.MinValue && arguments[1] <= int.MaxValue =>
                [.. random.RandInt((int)arguments[0], (int)arguments[1], 1, (int)arguments[2]).Row(0)],
            _ => null,
        }, random);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_inherited_members_draw_the_same_stream(uint seed)
    {
        Random random = new NumPyRandom(seed);
        Replay(seed, (step, arguments) => step switch
        {
            "rand" => [.. Many(arguments[0], random.NextDouble)],
            "randint" when arguments[0] == 0 && arguments[1] == int.MaxValue => [.. Many(arguments[2], () => random.Next())],
            "randint" when arguments[0] == 0 && arguments[1] < int.MaxValue =>
                [.. Many(arguments[2], () => random.Next((int)arguments[1]))],
            "randint" when arguments[0] >= int.MinValue && arguments[1] <= int.MaxValue =>
                [.. Many(arguments[2], () => random.Next((int)arguments[0], (int)arguments[1]))],
            _ => null,
        }, (NumPyRandom)random);
    }

    [Fact]
    public void Consecutive_single_draws_are_a_matrix_row_by_row()
    {
        NumPyRandom one = new(3), other = new(3);
        Matrix<double> uniform = one.Rand(3, 4), gaussian = one.Randn(3, 5), integers = one.RandInt(-3, 9, 4, 2);
        foreach (Vector<double> row in uniform.EnumerateRows())
            Assert.Equal(row, Many(4, other.NextDouble));
        foreach (Vector<double> row in gaussian.EnumerateRows())
            Assert.Equal(row, Many(5, other.NextGaussian));
        foreach (Vector<double> row in integers.EnumerateRows())
            Assert.Equal(row, Many(2, () => other.Next(-3, 9)));
        SameStream(one, other);
    }

    [Theory]
    [MemberData(nameof(DrawNames))]
    public void Every_member_is_determined_by_the_seed_and_moves_the_stream(string name)
    {
        NumPyRandom one = new(2024), other = new(2024), otherSeed = new(2025), untouched = new(2024);
        object drawn = Draws[name](one);

        Assert.Equal(drawn, Draws[name](other));
        Assert.NotEqual(drawn, Draws[name](otherSeed));
        Assert.NotEqual(untouched.NextInt64(), one.NextInt64());
        other.NextInt64();
        SameStream(one, other);
    }

    [Theory]
    [MemberData(nameof(DrawNames))]
    public void Every_member_depends_on_where_the_stream_stands(string name)
    {
        NumPyRandom random = new(2024), later = new(2024);
        later.NextBytes(new byte[4]);
        Assert.NotEqual(Draws[name](random), Draws[name](later));
    }

    [Theory]
    [MemberData(nameof(NamesOfAllButGaussians))]
    public void The_kept_gaussian_survives_every_other_draw(string name)
    {
        NumPyRandom plain = new(77), interleaved = new(77);
        plain.NextGaussian();
        double kept = plain.NextGaussian();

        interleaved.NextGaussian();
        Draws[name](interleaved);
        Assert.Equal(kept, interleaved.NextGaussian());
    }

    [Fact]
    public void Every_virtual_member_of_Random_is_overridden()
    {
        const BindingFlags any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        IEnumerable<string> missing = typeof(Random).GetMethods(any)
            .Where(method => method is { IsVirtual: true, IsPrivate: false, IsAssembly: false })
            .Where(method => method.DeclaringType == typeof(Random))
            .Where(method => typeof(NumPyRandom).GetMethod(method.Name, any,
                [.. method.GetParameters().Select(parameter => parameter.ParameterType)])!.DeclaringType != typeof(NumPyRandom))
            .Select(method => method.ToString()!);
        Assert.Empty(missing);
    }

    [Fact]
    public void One_possible_value_draws_nothing()
    {
        NumPyRandom random = new(9);
        Assert.Equal([4, 4, 4], Bits.Of(random.RandInt(4, 5, 1, 3)));
        Assert.Equal([int.MinValue], Bits.Of(random.RandInt(int.MinValue, int.MinValue + 1, 1, 1)));
        Assert.Equal(0, random.Next(1));
        Assert.Equal(0, random.Next(0));
        Assert.Equal(-8, random.Next(-8, -8));
        Assert.Equal(-8, random.Next(-8, -7));
        Assert.Equal(0, random.NextInt64(1));
        Assert.Equal(0, random.NextInt64(0));
        Assert.Equal(long.MinValue, random.NextInt64(long.MinValue, long.MinValue));
        SameStream(new NumPyRandom(9), random);
    }

    /// <summary>np.random.seed(3); np.random.bytes(0); np.random.randint(0, 2**31) gives 303761048.</summary>
    [Fact]
    public void No_bytes_draw_a_word_as_in_NumPy()
    {
        NumPyRandom span = new(3), array = new(3), one = new(3);
        span.NextBytes([]);
        one.NextBytes(new byte[1]);
        array.NextBytes(Array.Empty<byte>());
        Assert.Equal([303761048], Bits.Of(span.RandInt(0, int.MaxValue, 1, 1)));
        SameStream(one, array);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 3)]
    [InlineData(3, 0)]
    public void An_empty_matrix_has_its_shape_and_draws_nothing(int rows, int columns)
    {
        NumPyRandom random = new(9);
        foreach (Matrix<double> matrix in new[]
            { random.Rand(rows, columns), random.Randn(rows, columns), random.RandInt(0, 5, rows, columns) })
            Assert.Equal((rows, columns), (matrix.RowCount, matrix.ColumnCount));
        SameStream(new NumPyRandom(9), random);
    }

    [Fact]
    public void Ranges_are_met_at_both_ends()
    {
        NumPyRandom random = new(5);
        HashSet<double> drawn = [.. Bits.Of(random.RandInt(-2, 4, 20, 20))];
        Assert.Equal([-2, -1, 0, 1, 2, 3], drawn.Order());
        Assert.Equal([-1, 0, 1], Many(200, () => random.Next(-1, 2)).Distinct().Order());
        Assert.Equal([0, 1, 2], Many(200, () => random.NextInt64(3)).Distinct().Order());
        Assert.Equal([long.MinValue, long.MinValue + 1],
            Enumerable.Range(0, 100).Select(_ => random.NextInt64(long.MinValue, long.MinValue + 2)).Distinct().Order());
        for (int i = 0; i < 200; i++)
        {
            Assert.InRange(random.Next(), 0, int.MaxValue - 1);
            Assert.InRange(random.NextInt64(), 0, long.MaxValue - 1);
            Assert.InRange(random.NextSingle(), 0f, MathF.BitDecrement(1f));
            Assert.InRange(random.NextDouble(), 0.0, Math.BitDecrement(1.0));
        }
    }

    [Fact]
    public void Draws_are_spread_evenly()
    {
        const int count = 20_000;
        NumPyRandom random = new(123);
        Func<double>[] draws =
        [
            random.NextDouble, () => random.NextSingle(), () => random.Next() / 2147483648.0, () => random.Next(1000) / 1000.0,
            () => random.NextInt64() / 9223372036854775808.0,
        ];
        foreach (Func<double> draw in draws)
        {
            // Ten bins of 2000, standard deviation 42.
            int[] bins = new int[10];
            for (int i = 0; i < count; i++)
                bins[(int)(draw() * 10)]++;
            Assert.All(bins, bin => Assert.InRange(bin, 1800, 2200));
        }

        double[] gaussian = [.. Bits.Of(random.Randn(count, 1))];
        Assert.InRange(gaussian.Average(), -0.03, 0.03);
        Assert.InRange(gaussian.Average(value => value * value), 0.95, 1.05);
        Assert.InRange(gaussian.Count(value => Math.Abs(value) < 1), 0.66 * count, 0.705 * count);
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        Assert.InRange(bytes.Average(value => value), 125.5, 129.5);
    }

    [Fact]
    public void Two_generators_share_nothing()
    {
        NumPyRandom one = new(8), other = new(8), alone = new(8);
        one.Randn(7, 3);
        SameStream(alone, other);
    }

    private static void Replay(uint seed, Func<string, long[], double[]?> draw, NumPyRandom random)
    {
        int step = 0;
        foreach (JsonElement recorded in Streams[seed].At("steps").EnumerateArray())
        {
            string what = recorded.Text("what");
            long[] arguments = [.. recorded.At("arguments").EnumerateArray().Select(argument => argument.GetInt64())];
            JsonElement result = recorded.At("result");
            string name = $"step {step++}, {what}({string.Join(", ", arguments)})";
            if (what == "skip")
            {
                for (long i = 0; i < arguments[0]; i++)
                    random.NextDouble();
            }
            else if (what == "bytes")
            {
                byte[] bytes = new byte[arguments[0]];
                random.NextBytes(bytes);
                Assert.Equal(result.EnumerateArray().Select(value => value.GetByte()), bytes);
            }
            else if (draw(what, arguments) is { } drawn)
            {
                // Uniforms and integers are exact; a Gaussian goes through a logarithm.
                Close.To(result.Numbers(), drawn, what == "randn" ? 1e-14 : 0, name);
            }
            else if (what == "randint")
                Assert.Equal(result.EnumerateArray().Select(value => value.GetInt64()), Enumerable.Range(0, (int)arguments[2])
                    .Select(_ => arguments[0] == 0 && arguments[1] == long.MaxValue ? random.NextInt64()
                        : arguments[0] == 0 ? random.NextInt64(arguments[1]) : random.NextInt64(arguments[0], arguments[1])));
            else
                Close.To(result.Numbers(), Many(arguments[0], random.NextGaussian), 1e-14, name);
        }
    }

    private static double[] Many<T>(long count, Func<T> draw)
        where T : struct, IConvertible
    {
        double[] drawn = new double[count];
        for (int i = 0; i < drawn.Length; i++)
            drawn[i] = Convert.ToDouble(draw());
        return drawn;
    }

    private static void SameStream(NumPyRandom expected, NumPyRandom actual)
    {
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(expected.NextGaussian(), actual.NextGaussian());
            Assert.Equal(expected.NextInt64(), actual.NextInt64());
        }
    }
}
