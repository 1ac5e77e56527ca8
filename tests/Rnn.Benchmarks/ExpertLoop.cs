using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Rnn.Benchmarks;

/// <summary>
/// What somebody who knows BLAS writes in an evening: every buffer allocated once, one product of matrices for whatever can be
/// done for all steps at once, a product with a vector for each step of the recurrence, and tanh, exp and log a whole vector at
/// a time. expert-loop.c is the same loop in C.
/// </summary>
internal sealed unsafe class ExpertLoop
{
    // A step of the recurrence is a few microseconds of work: sharing it out among threads takes longer than it saves, until Wh
    // is more than the cache of one core holds.
    private const int SharedFrom = 1 << 20;

    // Beyond these, exp is 0 and tanh 1 as good as exactly, but some numbers of a vector there make all of it go a slow way.
    private const double LeastExponent = -700, MostOfTanh = 22;

    private readonly int input, hidden, output, threads, threadsPerStep;
    private readonly Part[] data;

    // All weights, and all gradients, one after another, so that one call updates them. Wh comes first; where the others
    // begin, and the end:
    private readonly int wx, wy, bh, by, end;
    private readonly double* initial, weights, gradients;

    private readonly double* h, dh, slope, y, dy, logs, ones;

    // What the pointers point into: pinned, and alive as long as this is.
    private readonly List<double[]> memory = [];

    /// <summary>Copies what there is to train on.</summary>
    public ExpertLoop(IReadOnlyList<Sequence> sequences, Weights start, int threads)
    {
        this.threads = threads;
        threadsPerStep = start.HiddenDim * start.HiddenDim * sizeof(double) > SharedFrom ? threads : 1;
        (input, hidden, output) = (start.InputDim, start.HiddenDim, start.OutputDim);
        wx = hidden * hidden;
        wy = wx + input * hidden;
        bh = wy + hidden * output;
        by = bh + hidden;
        end = by + output;
        initial = Copy(
            [
                .. start.Wh.ToRowMajorArray(), .. start.Wx.ToRowMajorArray(), .. start.Wy.ToRowMajorArray(),
                .. start.Bh, .. start.By,
            ]);
        weights = Allocate(end);
        gradients = Allocate(end);
        data =
        [
            .. sequences.Select(
                each => new Part(each.X.RowCount, Copy(each.X.ToRowMajorArray()), Copy(each.Y.ToRowMajorArray()))),
        ];

        int longest = data.Max(each => each.Steps);
        h = Allocate(longest * hidden);
        dh = Allocate(longest * hidden);
        slope = Allocate(longest * hidden);
        y = Allocate(longest * output);
        dy = Allocate(longest * output);
        logs = Allocate(longest * output);
        ones = Allocate(longest);
        Span(ones, longest).Fill(1);
    }

    /// <summary>Trains from the first weights on; returns the loss of the last sequence of each epoch.</summary>
    public double[] Train(int epochs, double learningRate = 0.01)
    {
        double[] losses = new double[epochs];
        Span(initial, end).CopyTo(Span(weights, end));
        OpenBlas.SetThreads(threads);
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            foreach (Part part in data)
            {
                Forward(part.Steps, part.X);
                losses[epoch] = Backward(part.Steps, part.X, part.Y);
                OpenBlas.AddScaled(end, -learningRate, gradients, weights);
            }
        }

        GC.KeepAlive(this);
        return losses;
    }

    private void Forward(int steps, double* x)
    {
        for (int t = 0; t < steps; t++)
        {
            Span(weights + bh, hidden).CopyTo(Span(h + t * hidden, hidden));
            Span(weights + by, output).CopyTo(Span(y + t * output, output));
        }

        OpenBlas.Multiply(false, false, steps, hidden, input, x, weights + wx, 1, h);
        OpenBlas.SetThreads(threadsPerStep);
        for (int t = 0; t < steps; t++)
        {
            if (t > 0)
                OpenBlas.MultiplyVector(true, hidden, hidden, weights, h + (t - 1) * hidden, 1, h + t * hidden);
            Span<double> ht = Span(h + t * hidden, hidden);
            TensorPrimitives.Clamp(ht, -MostOfTanh, MostOfTanh, ht);
            TensorPrimitives.Tanh(ht, ht);
        }

        OpenBlas.SetThreads(threads);
        OpenBlas.Multiply(false, false, steps, output, hidden, h, weights + wy, 1, y);
        for (int t = 0; t < steps; t++)
        {
            Span<double> yt = Span(y + t * output, output);
            TensorPrimitives.Subtract(yt, TensorPrimitives.Max<double>(yt), yt);
            TensorPrimitives.Max(yt, LeastExponent, yt);
            TensorPrimitives.Exp(yt, yt);
            TensorPrimitives.Divide(yt, TensorPrimitives.Sum<double>(yt), yt);
        }
    }

    private double Backward(int steps, double* x, double* yTrue)
    {
        Span<double> log = Span(logs, steps * output), target = Span(yTrue, steps * output);
        TensorPrimitives.Add(Span(y, steps * output), 1e-8, log);
        TensorPrimitives.Log(log, log);
        double loss = -TensorPrimitives.Dot<double>(target, log);

        TensorPrimitives.Subtract(Span(y, steps * output), target, Span(dy, steps * output));
        OpenBlas.Multiply(false, true, steps, hidden, output, dy, weights + wy, 0, dh);
        Span<double> states = Span(h, steps * hidden), slopes = Span(slope, steps * hidden);
        TensorPrimitives.Multiply(states, states, slopes);
        TensorPrimitives.Subtract(1, slopes, slopes);
        OpenBlas.SetThreads(threadsPerStep);
        for (int t = steps - 1; t >= 0; t--)
        {
            if (t < steps - 1)
                OpenBlas.MultiplyVector(false, hidden, hidden, weights, dh + (t + 1) * hidden, 1, dh + t * hidden);
            Span<double> dht = Span(dh + t * hidden, hidden);
            TensorPrimitives.Multiply(dht, slopes.Slice(t * hidden, hidden), dht);
        }

        OpenBlas.SetThreads(threads);
        OpenBlas.Multiply(true, false, input, hidden, steps, x, dh, 0, gradients + wx);
        OpenBlas.Multiply(true, false, hidden, output, steps, h, dy, 0, gradients + wy);
        OpenBlas.MultiplyVector(true, steps, hidden, dh, ones, 0, gradients + bh);
        OpenBlas.MultiplyVector(true, steps, output, dy, ones, 0, gradients + by);
        // The first step has no state before it. With no other step, there is no product to replace what was there.
        if (steps > 1)
            OpenBlas.Multiply(true, false, hidden, hidden, steps - 1, h, dh + hidden, 0, gradients);
        else
            Span(gradients, hidden * hidden).Clear();
        return loss;
    }

    private static Span<double> Span(double* first, int length) => new(first, length);

    private double* Copy(double[] values)
    {
        double* copy = Allocate(values.Length);
        values.CopyTo(Span(copy, values.Length));
        return copy;
    }

    /// <summary>As malloc would not: at the start of a cache line. Elsewhere, a product takes up to twice the time.</summary>
    private double* Allocate(int length)
    {
        const int line = 64;
        double[] array = GC.AllocateArray<double>(length + line / sizeof(double), pinned: true);
        memory.Add(array);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(array, 0);
        return (double*)((address + line - 1) / line * line);
    }

    /// <summary>A sequence.</summary>
    private sealed class Part(int steps, double* x, double* y)
    {
        public int Steps { get; } = steps;

        public double* X { get; } = x;

        public double* Y { get; } = y;
    }
}
