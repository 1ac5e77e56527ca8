using System.Numerics;
using System.Runtime.InteropServices;

namespace Rnn.Internals;

/// <summary>
/// The arithmetic of the network on flat arrays, row after row, written once for the single passes and for training.
/// Nothing is checked and nothing is allocated here.
/// </summary>
internal static class Kernels
{
    /// <summary>What the source adds inside the logarithm of the loss.</summary>
    private const double LogOffset = 1e-8;

    /// <summary>Fills h (T, hidden) and y (T, output) from x (T, input): h[t] = tanh(x[t] Wx + h[t-1] Wh + bh), y[t] = softmax(h[t] Wy + by).</summary>
    public static void Forward(ReadOnlySpan<double> x, int steps, Parameters weights, ReadOnlySpan<double> hPrev, Span<double> h, Span<double> y)
    {
        int input = weights.Input, hidden = weights.Hidden, output = weights.Output;
        for (int t = 0; t < steps; t++)
        {
            Span<double> ht = h.Slice(t * hidden, hidden);
            weights.Bh.CopyTo(ht);
            AddRowTimesMatrix(x.Slice(t * input, input), weights.Wx, ht);
            AddRowTimesMatrix(hPrev, weights.Wh, ht);
            for (int j = 0; j < ht.Length; j++)
                ht[j] = Math.Tanh(ht[j]);

            Span<double> yt = y.Slice(t * output, output);
            weights.By.CopyTo(yt);
            AddRowTimesMatrix(ht, weights.Wy, yt);
            Softmax(yt);
            hPrev = ht;
        }
    }

    /// <summary>Adds the gradients of one sequence to <paramref name="gradients"/> and returns its loss; scratch is room for output + 2 * hidden numbers.</summary>
    public static double Backward(ReadOnlySpan<double> x, ReadOnlySpan<double> yTrue, int steps, ReadOnlySpan<double> h, ReadOnlySpan<double> y,
                                  Parameters weights, OutputGradient outputGradient, Parameters gradients, Span<double> scratch)
    {
        int input = weights.Input, hidden = weights.Hidden, output = weights.Output;
        Span<double> dy = scratch[..output];
        Span<double> dhRaw = scratch.Slice(output, hidden);
        Span<double> dhNext = scratch.Slice(output + hidden, hidden);
        dhNext.Clear();

        double loss = 0;
        for (int t = steps - 1; t >= 0; t--)
        {
            ReadOnlySpan<double> ht = h.Slice(t * hidden, hidden);
            ReadOnlySpan<double> yt = y.Slice(t * output, output);
            ReadOnlySpan<double> target = yTrue.Slice(t * output, output);

            double weight = outputGradient == OutputGradient.Exact ? Sum(target) : 1;
            for (int k = 0; k < dy.Length; k++)
            {
                loss -= target[k] * Math.Log(yt[k] + LogOffset);
                dy[k] = yt[k] * weight - target[k];
            }

            AddOuterProduct(ht, dy, gradients.Wy);
            Add(dy, gradients.By);

            for (int j = 0; j < dhRaw.Length; j++)
            {
                double dh = Dot(dy, weights.Wy.AsSpan(j * output, output)) + dhNext[j];
                dhRaw[j] = (1 - ht[j] * ht[j]) * dh;
            }

            Add(dhRaw, gradients.Bh);
            AddOuterProduct(x.Slice(t * input, input), dhRaw, gradients.Wx);
            // As in the source, what came before the first step does not enter: exact where it was zero.
            if (t > 0)
                AddOuterProduct(h.Slice((t - 1) * hidden, hidden), dhRaw, gradients.Wh);

            for (int j = 0; j < dhNext.Length; j++)
                dhNext[j] = Dot(dhRaw, weights.Wh.AsSpan(j * hidden, hidden));
        }

        return loss;
    }

    /// <summary>From logits to probabilities, in place; the largest is subtracted first, so that no exponential overflows.</summary>
    public static void Softmax(Span<double> row)
    {
        double max = double.NegativeInfinity;
        foreach (double value in row)
            max = Math.Max(max, value);

        double sum = 0;
        for (int k = 0; k < row.Length; k++)
        {
            row[k] = Math.Exp(row[k] - max);
            sum += row[k];
        }

        for (int k = 0; k < row.Length; k++)
            row[k] /= sum;
    }

    /// <summary>weights -= learningRate * gradients.</summary>
    public static void Descend(Parameters weights, Parameters gradients, double learningRate)
    {
        AddScaled(-learningRate, gradients.Wh, weights.Wh);
        AddScaled(-learningRate, gradients.Wx, weights.Wx);
        AddScaled(-learningRate, gradients.Wy, weights.Wy);
        AddScaled(-learningRate, gradients.Bh, weights.Bh);
        AddScaled(-learningRate, gradients.By, weights.By);
    }

    /// <summary>Scales all gradients together so that their joint 2-norm is at most <paramref name="clipNorm"/>.</summary>
    public static void Clip(Parameters gradients, double clipNorm)
    {
        double sumOfSquares = SumOfSquares(gradients, 1);
        double largest = 1;
        // Squares overflow or vanish long before the entries do: then measured in units of the largest entry.
        if (!(sumOfSquares is > 1e-290 and < 1e290))
        {
            largest = Largest(gradients);
            if (largest == 0 || !double.IsFinite(largest))
                return;
            sumOfSquares = SumOfSquares(gradients, largest);
        }

        double norm = Math.Sqrt(sumOfSquares);
        if (norm <= clipNorm / largest)
            return;
        Rescale(gradients.Wh, largest, clipNorm / norm);
        Rescale(gradients.Wx, largest, clipNorm / norm);
        Rescale(gradients.Wy, largest, clipNorm / norm);
        Rescale(gradients.Bh, largest, clipNorm / norm);
        Rescale(gradients.By, largest, clipNorm / norm);
    }

    public static bool AllFinite(Parameters parameters) =>
        AllFinite(parameters.Wh) && AllFinite(parameters.Wx) && AllFinite(parameters.Wy) && AllFinite(parameters.Bh) && AllFinite(parameters.By);

    public static bool AllFinite(ReadOnlySpan<double> values)
    {
        // x - x is zero for a finite x and NaN for any other: one test for the whole array.
        Vector<double> sums = Vector<double>.Zero;
        ReadOnlySpan<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        foreach (Vector<double> vector in vectors)
            sums += vector - vector;
        double sum = Vector.Sum(sums);
        foreach (double value in values[(vectors.Length * Vector<double>.Count)..])
            sum += value - value;
        return sum == 0;
    }

    /// <summary>target (columns) += row (rows) times matrix (rows, columns).</summary>
    private static void AddRowTimesMatrix(ReadOnlySpan<double> row, ReadOnlySpan<double> matrix, Span<double> target)
    {
        for (int i = 0; i < row.Length; i++)
            AddScaled(row[i], matrix.Slice(i * target.Length, target.Length), target);
    }

    /// <summary>matrix (rows, columns) += column (rows) times row (columns).</summary>
    private static void AddOuterProduct(ReadOnlySpan<double> column, ReadOnlySpan<double> row, Span<double> matrix)
    {
        for (int i = 0; i < column.Length; i++)
            AddScaled(column[i], row, matrix.Slice(i * row.Length, row.Length));
    }

    /// <summary>target += factor * values.</summary>
    private static void AddScaled(double factor, ReadOnlySpan<double> values, Span<double> target)
    {
        ReadOnlySpan<Vector<double>> valueVectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        Span<Vector<double>> targetVectors = MemoryMarshal.Cast<double, Vector<double>>(target);
        for (int i = 0; i < targetVectors.Length; i++)
            targetVectors[i] += factor * valueVectors[i];
        for (int i = targetVectors.Length * Vector<double>.Count; i < target.Length; i++)
            target[i] += factor * values[i];
    }

    private static void Add(ReadOnlySpan<double> values, Span<double> target)
    {
        for (int i = 0; i < target.Length; i++)
            target[i] += values[i];
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector<double>> aVectors = MemoryMarshal.Cast<double, Vector<double>>(a);
        ReadOnlySpan<Vector<double>> bVectors = MemoryMarshal.Cast<double, Vector<double>>(b);
        Vector<double> sums = Vector<double>.Zero;
        for (int i = 0; i < aVectors.Length; i++)
            sums += aVectors[i] * bVectors[i];
        double sum = Vector.Sum(sums);
        for (int i = aVectors.Length * Vector<double>.Count; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        return sum;
    }

    private static double SumOfSquares(Parameters gradients, double unit) =>
        SumOfSquares(gradients.Wh, unit) + SumOfSquares(gradients.Wx, unit) + SumOfSquares(gradients.Wy, unit)
        + SumOfSquares(gradients.Bh, unit) + SumOfSquares(gradients.By, unit);

    private static double SumOfSquares(ReadOnlySpan<double> values, double unit)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value / unit * (value / unit);
        return sum;
    }

    private static double Largest(Parameters gradients) =>
        Math.Max(Math.Max(Math.Max(Largest(gradients.Wh), Largest(gradients.Wx)), Math.Max(Largest(gradients.Wy), Largest(gradients.Bh))), Largest(gradients.By));

    private static double Largest(ReadOnlySpan<double> values)
    {
        double largest = 0;
        foreach (double value in values)
            largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }

    private static void Rescale(Span<double> values, double unit, double factor)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = values[i] / unit * factor;
    }
}
