using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MathNet.Numerics.LinearAlgebra;

namespace Rnn.Steps;

/// <summary>Step 3, vector width: the loops along a row, and the clearing, take eight numbers at a time.</summary>
public static class Vectors
{
    /// <inheritdoc cref="Readable.Train"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TrainingResult Train(IReadOnlyList<Sequence> sequences, Weights initial, int epochs, double learningRate = 0.01)
    {
        int input = initial.InputDim, hidden = initial.HiddenDim, output = initial.OutputDim;
        int longest = sequences.Max(sequence => sequence.X.RowCount);
        double[] Wh = Rows(initial.Wh), Wx = Rows(initial.Wx), Wy = Rows(initial.Wy);
        double[] bh = initial.Bh.ToArray(), by = initial.By.ToArray();
        double[] dWh = new double[Wh.Length], dWx = new double[Wx.Length], dWy = new double[Wy.Length];
        double[] dbh = new double[hidden], dby = new double[output];
        double[] h = new double[longest * hidden], y = new double[longest * output];
        double[] dy = new double[output], dhRaw = new double[hidden], dhNext = new double[hidden];
        (double[] X, double[] Y)[] data = [.. sequences.Select(sequence => (Rows(sequence.X), Rows(sequence.Y)))];
        double[] losses = new double[epochs], meanLosses = new double[epochs];

        for (int epoch = 0; epoch < epochs; epoch++)
        {
            foreach ((double[] x, double[] yTrue) in data)
            {
                int T = x.Length / input;
                for (int t = 0; t < T; t++)
                {
                    Span<double> ht = h.AsSpan(t * hidden, hidden), yt = y.AsSpan(t * output, output);
                    bh.CopyTo(ht);
                    for (int i = 0; i < input; i++)
                        AddScaled(x[t * input + i], Wx.AsSpan(i * hidden, hidden), ht);
                    for (int i = 0; i < hidden && t > 0; i++)
                        AddScaled(h[(t - 1) * hidden + i], Wh.AsSpan(i * hidden, hidden), ht);
                    for (int j = 0; j < hidden; j++)
                        ht[j] = Math.Tanh(ht[j]);

                    by.CopyTo(yt);
                    for (int j = 0; j < hidden; j++)
                        AddScaled(ht[j], Wy.AsSpan(j * output, output), yt);
                    double max = double.NegativeInfinity, total = 0;
                    foreach (double logit in yt)
                        max = Math.Max(max, logit);
                    for (int k = 0; k < output; k++)
                        total += yt[k] = Math.Exp(yt[k] - max);
                    for (int k = 0; k < output; k++)
                        yt[k] /= total;
                }

                Array.Clear(dWh);
                Array.Clear(dWx);
                Array.Clear(dWy);
                Array.Clear(dbh);
                Array.Clear(dby);
                Array.Clear(dhNext);
                double loss = 0;
                for (int t = T - 1; t >= 0; t--)
                {
                    ReadOnlySpan<double> ht = h.AsSpan(t * hidden, hidden);
                    for (int k = 0; k < output; k++)
                    {
                        loss -= yTrue[t * output + k] * Math.Log(y[t * output + k] + 1e-8);
                        dy[k] = y[t * output + k] - yTrue[t * output + k];
                    }

                    AddScaled(1, dy, dby);
                    for (int j = 0; j < hidden; j++)
                    {
                        AddScaled(ht[j], dy, dWy.AsSpan(j * output, output));
                        dhRaw[j] = (1 - ht[j] * ht[j]) * (Dot(dy, Wy.AsSpan(j * output, output)) + dhNext[j]);
                    }

                    AddScaled(1, dhRaw, dbh);
                    for (int i = 0; i < input; i++)
                        AddScaled(x[t * input + i], dhRaw, dWx.AsSpan(i * hidden, hidden));
                    for (int i = 0; i < hidden && t > 0; i++)
                        AddScaled(h[(t - 1) * hidden + i], dhRaw, dWh.AsSpan(i * hidden, hidden));
                    for (int i = 0; i < hidden; i++)
                        dhNext[i] = Dot(dhRaw, Wh.AsSpan(i * hidden, hidden));
                }

                AddScaled(-learningRate, dWh, Wh);
                AddScaled(-learningRate, dWx, Wx);
                AddScaled(-learningRate, dWy, Wy);
                AddScaled(-learningRate, dbh, bh);
                AddScaled(-learningRate, dby, by);

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

    internal static double[] Rows(Matrix<double> matrix) => matrix.ToRowMajorArray();

    /// <summary>target += factor * row: in whole vectors, then what is left at the end of the row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddScaled(double factor, ReadOnlySpan<double> row, Span<double> target)
    {
        ReadOnlySpan<Vector512<double>> eights = MemoryMarshal.Cast<double, Vector512<double>>(row);
        Span<Vector512<double>> sums = MemoryMarshal.Cast<double, Vector512<double>>(target);
        for (int v = 0; v < sums.Length; v++)
            sums[v] += factor * eights[v];
        for (int j = 8 * sums.Length; j < target.Length; j++)
            target[j] += factor * row[j];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector512<double>> aVectors = MemoryMarshal.Cast<double, Vector512<double>>(a);
        ReadOnlySpan<Vector512<double>> bVectors = MemoryMarshal.Cast<double, Vector512<double>>(b);
        Vector512<double> sums = Vector512<double>.Zero;
        for (int v = 0; v < aVectors.Length; v++)
            sums += aVectors[v] * bVectors[v];
        double sum = Vector512.Sum(sums);
        for (int j = aVectors.Length * Vector512<double>.Count; j < a.Length; j++)
            sum += a[j] * b[j];
        return sum;
    }
}
