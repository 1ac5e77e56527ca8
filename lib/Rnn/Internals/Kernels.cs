namespace Rnn.Internals;

/// <summary>What is done to whole matrices and rows, eight entries at a time. Padding is zero and stays zero.</summary>
internal static partial class Kernels
{
    /// <summary>What the source adds inside the logarithm of the loss.</summary>
    private const double LogOffset = 1e-8;

    /// <summary>
    /// From logits to probabilities, in place, by columns; the largest of a row is subtracted first, so that nothing overflows.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Softmax(in PaddedMatrix y)
    {
        Span<Vector512<double>> entries = y.AllVectors;
        int step = y.ColumnStep / Lanes;
        for (int i = 0; i < y.Rows; i += Lanes)
        {
            Span<Vector512<double>> rows = entries[(i / Lanes)..];
            Vector512<double> max = rows[0], sum = Vector512<double>.Zero;
            for (int j = step; j < rows.Length; j += step)
                max = Vector512.Max(max, rows[j]);
            for (int j = 0; j < rows.Length; j += step)
            {
                rows[j] = ExpOfNegative(rows[j] - max);
                sum += rows[j];
            }

            // Rows that are padding stay zero.
            Vector512<double> areRows =
                Vector512.LessThan(Vector512.CreateSequence(0.0, 1.0), Vector512.Create((double)(y.Rows - i)));
            for (int j = 0; j < rows.Length; j += step)
                rows[j] = rows[j] / sum & areRows;
        }
    }

    /// <summary>
    /// The loss of each step into <paramref name="losses"/>, one column, and d loss / d logits into <paramref name="dy"/>:
    /// y * weight - target. All lie by columns.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Loss(
        in PaddedMatrix y, in PaddedMatrix yTrue, bool exact, in PaddedMatrix losses, in PaddedMatrix dy)
    {
        ReadOnlySpan<Vector512<double>> outputs = y.AllVectors, targets = yTrue.AllVectors;
        Span<Vector512<double>> gradients = dy.AllVectors, lossPerStep = losses.AllVectors;
        int step = y.ColumnStep / Lanes;
        for (int v = 0; v * Lanes < y.Rows; v++)
        {
            Vector512<double> loss = Vector512<double>.Zero, weight = Vector512<double>.One;
            if (exact)
            {
                weight = Vector512<double>.Zero;
                for (int j = v; j < targets.Length; j += step)
                    weight += targets[j];
            }

            for (int j = v; j < targets.Length; j += step)
            {
                loss -= targets[j] * Vector512.Log(outputs[j] + Vector512.Create(LogOffset));
                gradients[j] = outputs[j] * weight - targets[j];
            }

            lossPerStep[v] = loss;
        }
    }

    /// <summary>Into <paramref name="sums"/>, one row, the sum of each column of a matrix that lies by columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SumOverSteps(in PaddedMatrix steps, in PaddedMatrix sums)
    {
        Span<double> sum = sums.Entries[..sums.Columns];
        for (int j = 0; j < sum.Length; j++)
        {
            Vector512<double> total = Vector512<double>.Zero;
            foreach (Vector512<double> entries in steps.Transpose.RowVectors(j))
                total += entries;
            sum[j] = Vector512.Sum(total);
        }
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

    public static bool AllFinite(PaddedMatrix a) =>
        !MemoryMarshal.Cast<Vector512<double>, double>(a.AllVectors).ContainsAnyExceptInRange(double.MinValue, double.MaxValue);

    public static double SumOfSquares(PaddedMatrix block, double unit)
    {
        ReadOnlySpan<Vector512<double>> all = block.AllVectors;
        Vector512<double> sums = Vector512<double>.Zero;
        // In this order whatever the width of a strip.
        for (int j = 0; j < block.Columns; j += Lanes)
            for (int i = 0; i < block.Rows; i++)
            {
                Vector512<double> entries = all[block.IndexOf(i, j) / Lanes] / unit;
                sums += entries * entries;
            }

        return Vector512.Sum(sums);
    }

    public static void Rescale(PaddedMatrix block, double unit, double factor)
    {
        foreach (ref Vector512<double> entries in block.AllVectors)
            entries = entries / unit * factor;
    }

    /// <summary>e^x for x at most 0, zero below -745.2. What is below the normal numbers, the last product rounds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ExpOfNegative(Vector512<double> x)
    {
        x = Vector512.Max(x, Vector512.Create(-750.0));
        Vector512<double> series = ExpMinusOne(x, x * Vector512.Create(1.4426950408889634), 200, out Vector512<double> power);
        return Vector512.MultiplyAddEstimate(power, series, power) * Vector512.Create(6.2230152778611417e-61);
    }

    /// <summary>tanh x = (e^2x - 1) / (e^2x + 1), e^2x - 1 = 2^n (e^r - 1) + (2^n - 1): nothing cancels near zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Tanh(Vector512<double> x)
    {
        // Beyond 22 it is 1 in double precision.
        Vector512<double> size = Vector512.Min(Vector512.Abs(x), Vector512.Create(22.0));
        Vector512<double> byLn2 = size * Vector512.Create(2.8853900817779268);
        Vector512<double> series = ExpMinusOne(size + size, byLn2, 0, out Vector512<double> power);
        Vector512<double> e = Vector512.MultiplyAddEstimate(power, series, power - Vector512<double>.One);
        // An infinite sum has overflowed, and may be the wrong one of two infinities: x - x makes it no number.
        return Vector512.CopySign(e / (e + (Vector512.Create(2.0) + (x - x))), x);
    }

    /// <summary>e^r - 1, a Taylor series, and 2^(n + raised), where x = n ln 2 + r, n whole and |r| at most ln 2 / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ExpMinusOne(
        Vector512<double> x, Vector512<double> xByLn2, long raised, out Vector512<double> power)
    {
        // 1.5 * 2^52: added, it leaves no room for what is behind the point, and the last bits of the sum are n.
        Vector512<double> shift = Vector512.Create(6755399441055744.0), shifted = xByLn2 + shift, n = shifted - shift;
        power = ((shifted.AsInt64() + Vector512.Create(1023 + raised)) << 52).AsDouble();
        // ln 2 in two parts, the first so short that n times it is exact.
        Vector512<double> r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-0.693147180369123816490), x);
        r = Vector512.MultiplyAddEstimate(n, Vector512.Create(-1.90821492927058770002e-10), r);
        Vector512<double> r2 = r * r, r4 = r2 * r2;
        Vector512<double> low = Four(1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120);
        Vector512<double> middle = Four(1.0 / 720, 1.0 / 5040, 1.0 / 40320, 1.0 / 362880);
        Vector512<double> high = Four(1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800);
        low = Vector512.MultiplyAddEstimate(Vector512.MultiplyAddEstimate(high, r4, middle), r4, low);
        return Vector512.MultiplyAddEstimate(low, r2, r);

        Vector512<double> Four(double a, double b, double c, double d) => Vector512.MultiplyAddEstimate(Two(c, d), r2, Two(a, b));

        Vector512<double> Two(double a, double b) => Vector512.MultiplyAddEstimate(Vector512.Create(b), r, Vector512.Create(a));
    }
}
