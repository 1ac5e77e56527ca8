namespace Rnn.Internals;

/// <summary>What is done to whole matrices and rows, eight entries at a time. Padding is zero and stays zero.</summary>
internal static partial class Kernels
{
    /// <summary>What the source adds inside the logarithm of the loss.</summary>
    private const double LogOffset = 1e-8;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tanh(Span<Vector512<double>> row)
    {
        for (int v = 0; v < row.Length; v++)
            row[v] = Tanh(row[v]);
    }

    /// <summary>dh *= 1 - h^2, the derivative of tanh.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void BackThroughTanh(ReadOnlySpan<Vector512<double>> h, Span<Vector512<double>> dh)
    {
        for (int v = 0; v < dh.Length; v++)
            dh[v] *= Vector512<double>.One - h[v] * h[v];
    }

    /// <summary>
    /// From logits to probabilities, in place; the largest is subtracted first, so that no exponential overflows.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Softmax(Span<Vector512<double>> row, int columns)
    {
        int last = row.Length - 1;
        Vector512<double> isEntry = Vector512.LessThan(
            Vector512.CreateSequence(0.0, 1.0), Vector512.Create((double)(columns - last * Lanes)));
        // Padding takes part as a copy of the first entry, and is zero again in the end.
        row[last] = Vector512.ConditionalSelect(isEntry, row[last], Vector512.Create(row[0][0]));
        Vector512<double> largest = row[0];
        for (int v = 1; v < row.Length; v++)
            largest = Vector512.Max(largest, row[v]);
        Vector512<double> max = Vector512.Create(Largest(largest));

        Vector512<double> sums = Vector512<double>.Zero;
        for (int v = 0; v < last; v++)
        {
            row[v] = Vector512.Exp(row[v] - max);
            sums += row[v];
        }

        row[last] = Vector512.ConditionalSelect(isEntry, Vector512.Exp(row[last] - max), Vector512<double>.Zero);
        sums += row[last];

        Vector512<double> sum = Vector512.Create(Vector512.Sum(sums));
        for (int v = 0; v < row.Length; v++)
            row[v] /= sum;
    }

    /// <summary>Adds one step's loss, and puts d loss / d logits into <paramref name="dy"/>: y * weight - target.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> Loss(
        Vector512<double> loss, ReadOnlySpan<Vector512<double>> y, ReadOnlySpan<Vector512<double>> target, bool exact,
        Span<Vector512<double>> dy)
    {
        Vector512<double> weight = Vector512<double>.One;
        if (exact)
        {
            Vector512<double> sums = Vector512<double>.Zero;
            foreach (Vector512<double> entries in target)
                sums += entries;
            weight = Vector512.Create(Vector512.Sum(sums));
        }

        for (int v = 0; v < dy.Length; v++)
        {
            loss -= target[v] * Vector512.Log(y[v] + Vector512.Create(LogOffset));
            dy[v] = y[v] * weight - target[v];
        }

        return loss;
    }

    /// <summary>Into <paramref name="sums"/>, one row, the sum of each column of <paramref name="rows"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumOfRows(in PaddedMatrix rows, in PaddedMatrix sums)
    {
        ReadOnlySpan<Vector512<double>> entries = rows.AllVectors;
        Span<Vector512<double>> sum = sums.RowVectors(0);
        int step = rows.RowStep / Lanes;
        for (int v = 0; v < sum.Length; v++)
        {
            Vector512<double> total = Vector512<double>.Zero;
            for (int i = v; i < entries.Length; i += step)
                total += entries[i];
            sum[v] = total;
        }
    }

    /// <summary>weights -= learningRate * gradients. False where a weight is no longer finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Descend(in PaddedMatrix weights, in PaddedMatrix gradients, double learningRate)
    {
        Span<Vector512<double>> w = weights.AllVectors;
        ReadOnlySpan<Vector512<double>> g = gradients.AllVectors;
        Vector512<double> rate = Vector512.Create(learningRate), check = Vector512<double>.Zero;
        for (int v = 0; v < w.Length; v++)
        {
            Vector512<double> moved = w[v] - rate * g[v];
            w[v] = moved;
            // Zero for a finite number, NaN for any other.
            check += moved - moved;
        }

        return Vector512.EqualsAll(check, Vector512<double>.Zero);
    }

    public static bool AllFinite(PaddedMatrix block)
    {
        Vector512<double> check = Vector512<double>.Zero;
        foreach (Vector512<double> entries in block.AllVectors)
            check += entries - entries;
        return Vector512.EqualsAll(check, Vector512<double>.Zero);
    }

    public static double SumOfSquares(PaddedMatrix block, double unit)
    {
        Vector512<double> sums = Vector512<double>.Zero;
        foreach (Vector512<double> entries in block.AllVectors)
            sums += entries / unit * (entries / unit);
        return Vector512.Sum(sums);
    }

    public static double Largest(PaddedMatrix block)
    {
        Vector512<double> largest = Vector512<double>.Zero;
        foreach (Vector512<double> entries in block.AllVectors)
            largest = Vector512.Max(largest, Vector512.Abs(entries));
        return Largest(largest);
    }

    public static void Rescale(PaddedMatrix block, double unit, double factor)
    {
        foreach (ref Vector512<double> entries in block.AllVectors)
            entries = entries / unit * factor;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Largest(Vector512<double> entries)
    {
        Vector256<double> four = Vector256.Max(entries.GetLower(), entries.GetUpper());
        Vector128<double> two = Vector128.Max(four.GetLower(), four.GetUpper());
        return Math.Max(two[0], two[1]);
    }

    /// <summary>
    /// tanh: near zero, where 1 - 2 / (e^2x + 1) would cancel, a rational function (Cody and Waite, Software Manual for the
    /// Elementary Functions, 1980); each is computed only where an entry needs it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Tanh(Vector512<double> x)
    {
        Vector512<double> size = Vector512.Abs(x);
        // NaN is in neither part, and goes through the second.
        Vector512<double> isSmall = Vector512.LessThan(size, Vector512.Create(0.54930614433405484570));
        Vector512<double> small = default, large = default;
        if (Vector512.ExtractMostSignificantBits(isSmall) != 0)
        {
            Vector512<double> g = x * x;
            Vector512<double> p = Vector512.MultiplyAddEstimate(
                g, Vector512.Create(-0.96437492777225469787), Vector512.Create(-99.225929672236083313));
            p = Vector512.MultiplyAddEstimate(g, p, Vector512.Create(-1613.4119023996228053));
            Vector512<double> q = g + Vector512.Create(112.74474380534949335);
            q = Vector512.MultiplyAddEstimate(g, q, Vector512.Create(2233.7720718962312926));
            q = Vector512.MultiplyAddEstimate(g, q, Vector512.Create(4840.2357071988688686));
            small = Vector512.MultiplyAddEstimate(x, g * p / q, x);
        }

        if (Vector512.ExtractMostSignificantBits(isSmall) != 0xFF)
        {
            // Beyond 22 it is 1 in double precision; larger exponents would only take Exp out of its fast path.
            Vector512<double> exponent = Vector512.Min(size, Vector512.Create(22.0));
            large = Vector512<double>.One - Vector512.Create(2.0) / (Vector512.Exp(exponent + exponent) + Vector512<double>.One);
            // An infinite sum has overflowed, and may be the wrong one of two infinities: x - x makes it no number.
            large = Vector512.CopySign(large, x) + (x - x);
        }

        return Vector512.ConditionalSelect(isSmall, small, large);
    }
}
