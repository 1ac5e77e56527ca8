using System.Runtime.CompilerServices;
using MathNet.Numerics.LinearAlgebra;

namespace Rnn.Steps;

/// <summary>
/// Step 4, matrix by matrix: what needs no step before or after it is one product for all steps; only the recurrence goes step
/// by step. A product is still made of <see cref="Vectors"/>' sums along a row.
/// </summary>
public static class Matrices
{
    /// <summary>
    /// c += a b: c is (rows, columns), b (inner, columns), both row after row, and a[i, k] stands at i * aRow + k * aColumn, so
    /// that a may also be a transpose.
    /// </summary>
    internal delegate void Product(
        ReadOnlySpan<double> a, int aRow, int aColumn, ReadOnlySpan<double> b, Span<double> c, int rows, int inner, int columns);

    /// <inheritdoc cref="Readable.Train"/>
    public static TrainingResult Train(
        IReadOnlyList<Sequence> sequences, Weights initial, int epochs, double learningRate = 0.01) =>
        Train(sequences, initial, epochs, learningRate, Multiply);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static TrainingResult Train(
        IReadOnlyList<Sequence> sequences, Weights initial, int epochs, double learningRate, Product multiply)
    {
        int input = initial.InputDim, hidden = initial.HiddenDim, output = initial.OutputDim;
        int longest = sequences.Max(sequence => sequence.X.RowCount);
        double[] Wh = Vectors.Rows(initial.Wh), Wx = Vectors.Rows(initial.Wx), Wy = Vectors.Rows(initial.Wy);
        double[] bh = initial.Bh.ToArray(), by = initial.By.ToArray();
        double[] dWh = new double[Wh.Length], dWx = new double[Wx.Length], dWy = new double[Wy.Length];
        double[] dbh = new double[hidden], dby = new double[output], WyTransposed = new double[Wy.Length];
        double[] H = new double[longest * hidden], dH = new double[longest * hidden];
        double[] Y = new double[longest * output], dY = new double[longest * output];
        (double[] X, double[] Y)[] data =
            [.. sequences.Select(sequence => (Vectors.Rows(sequence.X), Vectors.Rows(sequence.Y)))];
        double[] losses = new double[epochs], meanLosses = new double[epochs];

        for (int epoch = 0; epoch < epochs; epoch++)
        {
            foreach ((double[] X, double[] yTrue) in data)
            {
                int T = X.Length / input;
                SetRows(H, bh, T);
                multiply(X, input, 1, Wx, H, T, input, hidden);
                for (int t = 0; t < T; t++)
                {
                    Span<double> h = H.AsSpan(t * hidden, hidden);
                    if (t > 0)
                        multiply(H.AsSpan((t - 1) * hidden, hidden), 0, 1, Wh, h, 1, hidden, hidden);
                    for (int j = 0; j < hidden; j++)
                        h[j] = Math.Tanh(h[j]);
                }

                SetRows(Y, by, T);
                multiply(H, hidden, 1, Wy, Y, T, hidden, output);
                double loss = 0;
                for (int t = 0; t < T; t++)
                    loss += Softmax(Y.AsSpan(t * output, output), yTrue.AsSpan(t * output), dY.AsSpan(t * output));

                for (int j = 0; j < hidden; j++)
                {
                    for (int k = 0; k < output; k++)
                        WyTransposed[k * hidden + j] = Wy[j * output + k];
                }

                Array.Clear(dH);
                multiply(dY, output, 1, WyTransposed, dH, T, output, hidden);
                for (int t = T - 1; t >= 0; t--)
                {
                    ReadOnlySpan<double> h = H.AsSpan(t * hidden, hidden), later = dH.AsSpan((t + 1) % T * hidden, hidden);
                    Span<double> dh = dH.AsSpan(t * hidden, hidden);
                    for (int j = 0; j < hidden; j++)
                    {
                        double next = t == T - 1 ? 0 : Vectors.Dot(later, Wh.AsSpan(j * hidden, hidden));
                        dh[j] = (1 - h[j] * h[j]) * (dh[j] + next);
                    }
                }

                foreach (double[] sums in (ReadOnlySpan<double[]>)[dWh, dWx, dWy, dbh, dby])
                    Array.Clear(sums);
                multiply(H, 1, hidden, dY, dWy, hidden, T, output);
                multiply(X, 1, input, dH, dWx, input, T, hidden);
                multiply(H, 1, hidden, dH.AsSpan(hidden), dWh, hidden, T - 1, hidden);
                for (int t = 0; t < T; t++)
                {
                    Vectors.AddScaled(1, dH.AsSpan(t * hidden, hidden), dbh);
                    Vectors.AddScaled(1, dY.AsSpan(t * output, output), dby);
                }

                Vectors.AddScaled(-learningRate, dWh, Wh);
                Vectors.AddScaled(-learningRate, dWx, Wx);
                Vectors.AddScaled(-learningRate, dWy, Wy);
                Vectors.AddScaled(-learningRate, dbh, bh);
                Vectors.AddScaled(-learningRate, dby, by);

                losses[epoch] = loss;
                meanLosses[epoch] += loss;
            }

            meanLosses[epoch] /= sequences.Count;
        }

        Weights weights = new(
            Matrix<double>.Build.DenseOfRowMajor(hidden, hidden, Wh), Matrix<double>.Build.DenseOfRowMajor(input, hidden, Wx),
            Matrix<double>.Build.DenseOfRowMajor(hidden, output, Wy), Vector<double>.Build.Dense(bh),
            Vector<double>.Build.Dense(by));
        return new TrainingResult(weights, losses, meanLosses);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(
        ReadOnlySpan<double> a, int aRow, int aColumn, ReadOnlySpan<double> b, Span<double> c, int rows, int inner, int columns)
    {
        for (int i = 0; i < rows; i++)
        {
            Span<double> sums = c.Slice(i * columns, columns);
            for (int k = 0; k < inner; k++)
                Vectors.AddScaled(a[i * aRow + k * aColumn], b.Slice(k * columns, columns), sums);
        }
    }

    private static void SetRows(double[] matrix, double[] row, int rows)
    {
        for (int i = 0; i < rows; i++)
            row.CopyTo(matrix, i * row.Length);
    }

    /// <summary>Logits become probabilities; what the step adds to the loss, and d loss / d logits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Softmax(Span<double> y, ReadOnlySpan<double> yTrue, Span<double> dy)
    {
        double max = double.NegativeInfinity, total = 0, loss = 0;
        foreach (double logit in y)
            max = Math.Max(max, logit);
        for (int k = 0; k < y.Length; k++)
            total += y[k] = Math.Exp(y[k] - max);
        for (int k = 0; k < y.Length; k++)
        {
            y[k] /= total;
            loss -= yTrue[k] * Math.Log(y[k] + 1e-8);
            dy[k] = y[k] - yTrue[k];
        }

        return loss;
    }
}
