using System.Numerics.Tensors;

namespace Rnn.Benchmarks;

/// <summary>
/// What somebody who knows BLAS writes in an evening: every buffer allocated once, one product of matrices for whatever can be
/// done for all steps at once, a product with a vector for each step of the recurrence, and tanh, exp and log a whole vector at
/// a time. expert-loop.c is the same loop in C.
/// </summary>
internal sealed class ExpertLoop
{
    // A step of the recurrence is a few microseconds of work: sharing it out among threads takes longer than it saves, until Wh
    // is more than the cache of one core holds.
    private const int SharedFrom = 1 << 20;

    private readonly int input, hidden, output, threads, threadsPerStep;
    private readonly (int Steps, double[] X, double[] Y)[] data;

    // All weights, and all gradients, one after another in one array each, so that one call updates them; where each begins:
    private readonly double[] initial, weights, gradients;
    private readonly int wh, wx, wy, bh, by;

    private readonly double[] h, dh, slope, y, dy, logs, ones;

    /// <summary>Copies what there is to train on.</summary>
    public ExpertLoop(IReadOnlyList<Sequence> sequences, Weights start, int threads)
    {
        this.threads = threads;
        threadsPerStep = start.HiddenDim * start.HiddenDim * sizeof(double) > SharedFrom ? threads : 1;
        (input, hidden, output) = (start.InputDim, start.HiddenDim, start.OutputDim);
        data =
        [
            .. sequences.Select(
                sequence => (sequence.X.RowCount, sequence.X.ToRowMajorArray(), sequence.Y.ToRowMajorArray())),
        ];
        initial =
        [
            .. start.Wh.ToRowMajorArray(), .. start.Wx.ToRowMajorArray(), .. start.Wy.ToRowMajorArray(), .. start.Bh, .. start.By,
        ];
        weights = new double[initial.Length];
        gradients = new double[initial.Length];
        wh = 0;
        wx = hidden * hidden;
        wy = wx + input * hidden;
        bh = wy + hidden * output;
        by = bh + hidden;

        int longest = data.Max(each => each.Steps);
        (h, dh, slope) = (new double[longest * hidden], new double[longest * hidden], new double[longest * hidden]);
        (y, dy, logs) = (new double[longest * output], new double[longest * output], new double[longest * output]);
        ones = new double[longest];
        Array.Fill(ones, 1);
    }

    /// <summary>Trains from the first weights on; returns the loss of the last sequence of each epoch.</summary>
    public double[] Train(int epochs, double learningRate = 0.01)
    {
        double[] losses = new double[epochs];
        initial.CopyTo(weights, 0);
        OpenBlas.SetThreads(threads);
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            foreach ((int steps, double[] x, double[] yTrue) in data)
            {
                Forward(steps, x);
                losses[epoch] = Backward(steps, x, yTrue);
                OpenBlas.AddScaled(-learningRate, gradients, weights);
            }
        }

        return losses;
    }

    private void Forward(int steps, double[] x)
    {
        for (int t = 0; t < steps; t++)
        {
            weights.AsSpan(bh, hidden).CopyTo(h.AsSpan(t * hidden));
            weights.AsSpan(by, output).CopyTo(y.AsSpan(t * output));
        }

        OpenBlas.Multiply(false, false, steps, hidden, input, in x[0], in weights[wx], 1, ref h[0]);
        OpenBlas.SetThreads(threadsPerStep);
        for (int t = 0; t < steps; t++)
        {
            if (t > 0)
                OpenBlas.MultiplyVector(true, hidden, hidden, in weights[wh], in h[(t - 1) * hidden], 1, ref h[t * hidden]);
            Span<double> ht = h.AsSpan(t * hidden, hidden);
            TensorPrimitives.Tanh(ht, ht);
        }

        OpenBlas.SetThreads(threads);
        OpenBlas.Multiply(false, false, steps, output, hidden, in h[0], in weights[wy], 1, ref y[0]);
        for (int t = 0; t < steps; t++)
        {
            Span<double> yt = y.AsSpan(t * output, output);
            TensorPrimitives.Subtract(yt, TensorPrimitives.Max<double>(yt), yt);
            TensorPrimitives.Exp(yt, yt);
            TensorPrimitives.Divide(yt, TensorPrimitives.Sum<double>(yt), yt);
        }
    }

    private double Backward(int steps, double[] x, double[] yTrue)
    {
        Span<double> log = logs.AsSpan(0, steps * output), slopes = slope.AsSpan(0, steps * hidden);
        TensorPrimitives.Add(y.AsSpan(0, log.Length), 1e-8, log);
        TensorPrimitives.Log(log, log);
        double loss = -TensorPrimitives.Dot<double>(yTrue, log);

        TensorPrimitives.Subtract(y.AsSpan(0, log.Length), yTrue, dy);
        OpenBlas.Multiply(false, true, steps, hidden, output, in dy[0], in weights[wy], 0, ref dh[0]);
        TensorPrimitives.Multiply(h.AsSpan(0, slopes.Length), h.AsSpan(0, slopes.Length), slopes);
        TensorPrimitives.Subtract(1, slopes, slopes);
        OpenBlas.SetThreads(threadsPerStep);
        for (int t = steps - 1; t >= 0; t--)
        {
            if (t < steps - 1)
                OpenBlas.MultiplyVector(false, hidden, hidden, in weights[wh], in dh[(t + 1) * hidden], 1, ref dh[t * hidden]);
            Span<double> dht = dh.AsSpan(t * hidden, hidden);
            TensorPrimitives.Multiply(dht, slopes.Slice(t * hidden, hidden), dht);
        }

        OpenBlas.SetThreads(threads);
        OpenBlas.Multiply(true, false, input, hidden, steps, in x[0], in dh[0], 0, ref gradients[wx]);
        OpenBlas.Multiply(true, false, hidden, output, steps, in h[0], in dy[0], 0, ref gradients[wy]);
        OpenBlas.MultiplyVector(true, steps, hidden, in dh[0], in ones[0], 0, ref gradients[bh]);
        OpenBlas.MultiplyVector(true, steps, output, in dy[0], in ones[0], 0, ref gradients[by]);
        // The first step has no state before it. With no other step, there is no product to replace what was there.
        if (steps > 1)
            OpenBlas.Multiply(true, false, hidden, hidden, steps - 1, in h[0], in dh[hidden], 0, ref gradients[wh]);
        else
            gradients.AsSpan(wh, hidden * hidden).Clear();
        return loss;
    }
}
