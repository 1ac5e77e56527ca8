using System.Buffers.Binary;

namespace Rnn;

/// <summary>
/// The generator behind <c>numpy.random.seed(seed)</c>: the same seed gives the same numbers as NumPy's legacy functions
/// <c>rand</c>, <c>randn</c> and <c>randint</c>, call for call. Not safe for several threads at once.
/// </summary>
/// <remarks>
/// Mersenne Twister MT19937 (Matsumoto and Nishimura 1998), seeded with one 32-bit number as in their <c>init_genrand</c>. The
/// members inherited from <see cref="Random"/> draw from the same stream.
/// </remarks>
public sealed class NumPyRandom : Random
{
    private const int StateSize = 624;
    private const int Shift = 397;

    private readonly uint[] state = new uint[StateSize];
    private int position = StateSize;
    private double? spareGaussian;

    /// <summary>Starts the stream of <c>numpy.random.seed(seed)</c>.</summary>
    /// <param name="seed">Any 32-bit number.</param>
    public NumPyRandom(uint seed)
    {
        state[0] = seed;
        for (uint i = 1; i < StateSize; i++)
            state[i] = 1812433253u * (state[i - 1] ^ (state[i - 1] >> 30)) + i;
    }

    /// <summary>Source: <c>np.random.rand(rows, columns)</c>, row by row.</summary>
    /// <param name="rows">Not negative.</param>
    /// <param name="columns">Not negative.</param>
    /// <returns>(rows, columns), uniform on [0, 1) with 53 random bits each.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is negative.</exception>
    /// <exception cref="ArgumentException">There are more entries than an array holds.</exception>
    public Matrix<double> Rand(int rows, int columns) => Draw(rows, columns, NextDouble);

    /// <summary>Source: <c>np.random.randn(rows, columns)</c>, row by row.</summary>
    /// <param name="rows">Not negative.</param>
    /// <param name="columns">Not negative.</param>
    /// <returns>(rows, columns), from the Gaussian with mean 0 and standard deviation 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is negative.</exception>
    /// <exception cref="ArgumentException">There are more entries than an array holds.</exception>
    public Matrix<double> Randn(int rows, int columns) => Draw(rows, columns, NextGaussian);

    /// <summary>Source: <c>np.random.randint(low, high, (rows, columns))</c>, row by row.</summary>
    /// <param name="low">The smallest value.</param>
    /// <param name="high">One more than the largest value; above <paramref name="low"/>.</param>
    /// <param name="rows">Not negative.</param>
    /// <param name="columns">Not negative.</param>
    /// <returns>
    /// (rows, columns), integers in [low, high). As in NumPy, nothing is drawn where only one value is possible.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="high"/> is not above <paramref name="low"/>, or a dimension is negative.
    /// </exception>
    /// <exception cref="ArgumentException">There are more entries than an array holds.</exception>
    public Matrix<double> RandInt(int low, int high, int rows, int columns)
    {
        if (high <= low)
            throw Guard.OutOfRange(high, $"must be above low, {low}, so that [low, high) is not empty");

        uint range = (uint)((long)high - low - 1);
        return Draw(rows, columns, () => low + (double)NextUpTo(range));
    }

    /// <summary>
    /// One number of <c>np.random.randn()</c>: Marsaglia's polar method, which makes two at a time and keeps the second.
    /// </summary>
    /// <returns>From the Gaussian with mean 0 and standard deviation 1.</returns>
    public double NextGaussian()
    {
        if (spareGaussian is { } spare)
        {
            spareGaussian = null;
            return spare;
        }

        double a, b, squared;
        do
        {
            a = 2 * NextDouble() - 1;
            b = 2 * NextDouble() - 1;
            squared = a * a + b * b;
        }
        while (squared is >= 1 or 0);

        double factor = Math.Sqrt(-2 * Math.Log(squared) / squared);
        spareGaussian = factor * a;
        return factor * b;
    }

    /// <summary>One number of <c>np.random.rand()</c>.</summary>
    /// <returns>Uniform on [0, 1), with 53 random bits.</returns>
    public override double NextDouble()
    {
        uint high = NextWord() >> 5;
        uint low = NextWord() >> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    /// <summary>Drawn from this stream: 24 random bits.</summary>
    /// <returns>Uniform on [0, 1).</returns>
    public override float NextSingle() => (NextWord() >> 8) * (1f / (1 << 24));

    /// <summary>Drawn from this stream, as <c>np.random.randint(0, 2**31 - 1)</c>.</summary>
    /// <returns>In [0, <see cref="int.MaxValue"/>).</returns>
    public override int Next() => Next(0, int.MaxValue);

    /// <summary>Drawn from this stream, as <c>np.random.randint(maxValue)</c>.</summary>
    /// <param name="maxValue">One more than the largest value; not negative, 0 gives 0.</param>
    /// <returns>In [0, maxValue).</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxValue"/> is negative.</exception>
    public override int Next(int maxValue) => Next(0, Guard.AtLeast(0, maxValue));

    /// <summary>Drawn from this stream, as <c>np.random.randint(minValue, maxValue)</c>.</summary>
    /// <param name="minValue">The smallest value.</param>
    /// <param name="maxValue">
    /// One more than the largest value; not below <paramref name="minValue"/>, equal gives that value.
    /// </param>
    /// <returns>In [minValue, maxValue).</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="maxValue"/> is below <paramref name="minValue"/>.
    /// </exception>
    public override int Next(int minValue, int maxValue) => (int)NextInt64(minValue, maxValue);

    /// <summary>Drawn from this stream, as <c>np.random.randint(0, 2**63 - 1)</c>.</summary>
    /// <returns>In [0, <see cref="long.MaxValue"/>).</returns>
    public override long NextInt64() => NextInt64(0, long.MaxValue);

    /// <summary>Drawn from this stream, as <c>np.random.randint(maxValue)</c>.</summary>
    /// <param name="maxValue">One more than the largest value; not negative, 0 gives 0.</param>
    /// <returns>In [0, maxValue).</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxValue"/> is negative.</exception>
    public override long NextInt64(long maxValue) => NextInt64(0, Guard.AtLeast(0, maxValue));

    /// <summary>Drawn from this stream, as <c>np.random.randint(minValue, maxValue)</c>.</summary>
    /// <param name="minValue">The smallest value.</param>
    /// <param name="maxValue">
    /// One more than the largest value; not below <paramref name="minValue"/>, equal gives that value.
    /// </param>
    /// <returns>In [minValue, maxValue).</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="maxValue"/> is below <paramref name="minValue"/>.
    /// </exception>
    public override long NextInt64(long minValue, long maxValue)
    {
        if (maxValue < minValue)
            throw Guard.OutOfRange(maxValue, $"must be at least minValue, {minValue}");

        return maxValue == minValue ? minValue : minValue + (long)NextUpTo((ulong)(maxValue - minValue) - 1);
    }

    /// <summary>Drawn from this stream, as <c>np.random.bytes(buffer.Length)</c>.</summary>
    /// <param name="buffer">Filled whole.</param>
    /// <exception cref="ArgumentNullException"><paramref name="buffer"/> is null.</exception>
    public override void NextBytes(byte[] buffer)
    {
        Guard.NotNull(buffer);
        NextBytes(buffer.AsSpan());
    }

    /// <summary>Drawn from this stream, as <c>np.random.bytes(buffer.Length)</c>.</summary>
    /// <param name="buffer">Filled whole.</param>
    public override void NextBytes(Span<byte> buffer)
    {
        Span<byte> word = stackalloc byte[sizeof(uint)];
        // As NumPy does, one word is drawn even where no byte is asked for.
        do
        {
            BinaryPrimitives.WriteUInt32LittleEndian(word, NextWord());
            int taken = Math.Min(buffer.Length, word.Length);
            word[..taken].CopyTo(buffer);
            buffer = buffer[taken..];
        }
        while (buffer.Length > 0);
    }

    /// <inheritdoc/>
    protected override double Sample() => NextDouble();

    /// <summary>Row by row, as NumPy does.</summary>
    internal static Matrix<double> Draw(int rows, int columns, Func<double> next)
    {
        Guard.AtLeast(0, rows);
        Guard.AtLeast(0, columns);
        Guard.FitsArray(rows, columns);
        return Matrix<double>.Build.DenseOfRowMajor(rows, columns, Enumerable.Range(0, rows * columns).Select(_ => next()));
    }

    /// <summary>
    /// Uniform on [0, max], as NumPy's legacy functions draw it: as many low bits as max has, again and again until they are not
    /// above it; one word where max fits into 32 bits, else two, the high one first.
    /// </summary>
    private ulong NextUpTo(ulong max)
    {
        if (max == 0)
            return 0;
        ulong mask = ulong.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount(max);
        ulong value;
        do
            value = (max <= uint.MaxValue ? NextWord() : ((ulong)NextWord() << 32) | NextWord()) & mask;
        while (value > max);
        return value;
    }

    private uint NextWord()
    {
        if (position == StateSize)
            Twist();
        uint word = state[position++];
        word ^= word >> 11;
        word ^= (word << 7) & 0x9D2C5680u;
        word ^= (word << 15) & 0xEFC60000u;
        return word ^ (word >> 18);
    }

    /// <summary>The next 624 words of the state.</summary>
    private void Twist()
    {
        for (int i = 0; i < StateSize; i++)
        {
            uint word = (state[i] & 0x80000000u) | (state[(i + 1) % StateSize] & 0x7FFFFFFFu);
            uint next = state[(i + Shift) % StateSize] ^ (word >> 1);
            state[i] = (word & 1) == 0 ? next : next ^ 0x9908B0DFu;
        }

        position = 0;
    }
}
