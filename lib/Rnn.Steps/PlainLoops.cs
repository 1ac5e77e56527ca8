using System.Runtime.CompilerServices;
using MathNet.Numerics.LinearAlgebra;

namespace Rnn.Steps;

/// <summary>Step 1, allocations: the same arithmetic in plain loops, on arrays that are allocated once.</summary>
/// <remarks>
/// From here on methods are optimised at their first call: what .NET compiles again, in the background, when it has been called
/// often, may come too late for the stopwatch of a notebook.
/// </remarks>
public static class PlainLoops
{
    /// <inheritdoc cref="Readable.Train"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TrainingResult Train(IReadOnlyList<Sequence> sequences, Weights initial, int epochs, double learningRate = 0.01)
    {
        int input = initial.InputDim, hidden = initial.HiddenDim, output = initial.OutputDim;
        int longest = sequences.Max(sequence => sequence.X.RowCount);
        double[,] Wh = initial.Wh.ToArray(), Wx = initial.Wx.ToArray(), Wy = initial.Wy.ToArray();
        double[] bh = initial.Bh.ToArray(), by = initial.By.ToArray();
        double[,] dWh = new double[hidden, hidden], dWx = new double[input, hidden], dWy = new double[hidden, output];
        double[] dbh = new double[hidden], dby = new double[output];
        double[,] h = new double[longest, hidden], y = new double[longest, output];
        double[] dy = new double[output], dhRaw = new double[hidden], dhNext = new double[hidden];
        (double[,] X, double[,] Y)[] data = [.. sequences.Select(sequence => (sequence.X.ToArray(), sequence.Y.ToArray()))];
        double[] losses = new double[epochs], meanLosses = new double[epochs];

        for (int epoch = 0; epoch < epochs; epoch++)
        {
            foreach ((double[,] x, double[,] yTrue) in data)
            {
                int T = x.GetLength(0);
                for (int t = 0; t < T; t++)
                {
                    for (int j = 0; j < hidden; j++)
                    {
                        double sum = bh[j];
                        for (int i = 0; i < input; i++)
                            sum += x[t, i] * Wx[i, j];
                        for (int i = 0; i < hidden && t > 0; i++)
                            sum += h[t - 1, i] * Wh[i, j];
                        h[t, j] = Math.Tanh(sum);
                    }

                    double max = double.NegativeInfinity, total = 0;
                    for (int k = 0; k < output; k++)
                    {
                        double sum = by[k];
                        for (int j = 0; j < hidden; j++)
                            sum += h[t, j] * Wy[j, k];
                        y[t, k] = sum;
                        max = Math.Max(max, sum);
                    }

                    for (int k = 0; k < output; k++)
                        total += y[t, k] = Math.Exp(y[t, k] - max);
                    for (int k = 0; k < output; k++)
                        y[t, k] /= total;
                }

                Clear(dWh);
                Clear(dWx);
                Clear(dWy);
                for (int j = 0; j < hidden; j++)
                    dbh[j] = dhNext[j] = 0;
                for (int k = 0; k < output; k++)
                    dby[k] = 0;
                double loss = 0;
                for (int t = T - 1; t >= 0; t--)
                {
                    for (int k = 0; k < output; k++)
                    {
                        loss -= yTrue[t, k] * Math.Log(y[t, k] + 1e-8);
                        dy[k] = y[t, k] - yTrue[t, k];
                        dby[k] += dy[k];
                    }

                    for (int j = 0; j < hidden; j++)
                    {
                        double dh = dhNext[j];
                        for (int k = 0; k < output; k++)
                        {
                            dh += dy[k] * Wy[j, k];
                            dWy[j, k] += h[t, j] * dy[k];
                        }

                        dhRaw[j] = (1 - h[t, j] * h[t, j]) * dh;
                        dbh[j] += dhRaw[j];
                    }

                    for (int j = 0; j < hidden; j++)
                    {
                        for (int i = 0; i < input; i++)
                            dWx[i, j] += x[t, i] * dhRaw[j];
                        for (int i = 0; i < hidden && t > 0; i++)
                            dWh[i, j] += h[t - 1, i] * dhRaw[j];
                    }

                    for (int i = 0; i < hidden; i++)
                    {
                        dhNext[i] = 0;
                        for (int j = 0; j < hidden; j++)
                            dhNext[i] += dhRaw[j] * Wh[i, j];
                    }
                }

                Descend(Wh, dWh, learningRate);
                Descend(Wx, dWx, learningRate);
                Descend(Wy, dWy, learningRate);
                for (int j = 0; j < hidden; j++)
                    bh[j] -= learningRate * dbh[j];
                for (int k = 0; k < output; k++)
                    by[k] -= learningRate * dby[k];

                losses[epoch] = loss;
                meanLosses[epoch] += loss;
            }

            meanLosses[epoch] /= sequences.Count;
        }

        Weights weights = new(
            Matrix<double>.Build.DenseOfArray(Wh), Matrix<double>.Build.DenseOfArray(Wx), Matrix<double>.Build.DenseOfArray(Wy),
            Vector<double>.Build.Dense(bh), Vector<double>.Build.Dense(by));
        return new TrainingResult(weights, losses, meanLosses);
    }

    // Not Array.Clear: it uses the widest registers, and on some Intel processors Math.Tanh is several times as slow after that.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Clear(double[,] w)
    {
        for (int i = 0; i < w.GetLength(0); i++)
        {
            for (int j = 0; j < w.GetLength(1); j++)
                w[i, j] = 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Descend(double[,] w, double[,] dw, double learningRate)
    {
        for (int i = 0; i < w.GetLength(0); i++)
        {
            for (int j = 0; j < w.GetLength(1); j++)
                w[i, j] -= learningRate * dw[i, j];
        }
    }
}
