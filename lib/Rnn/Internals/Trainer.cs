namespace Rnn.Internals;

/// <summary>The weights in training and every buffer that it needs, allocated once for the longest sequence.</summary>
internal sealed class Trainer(Parameters weights, int longest, TrainingOptions options)
{
    private readonly Parameters gradients = new(weights.Input, weights.Hidden, weights.Output);
    private readonly double[] x = new double[longest * weights.Input];
    private readonly double[] yTrue = new double[longest * weights.Output];
    private readonly double[] h = new double[longest * weights.Hidden];
    private readonly double[] y = new double[longest * weights.Output];
    private readonly double[] hPrev = new double[weights.Hidden];
    private readonly double[] scratch = new double[weights.Output + 2 * weights.Hidden];

    /// <summary>One step of gradient descent on one sequence; returns its loss, taken before the step.</summary>
    public double Step(Sequence sequence)
    {
        int steps = sequence.X.RowCount;
        RowMajor.Copy(sequence.X, x);
        RowMajor.Copy(sequence.Y, yTrue);

        Kernels.Forward(x, steps, weights, hPrev, h, y);
        gradients.Clear();
        double loss = Kernels.Backward(x, yTrue, steps, h, y, weights, options.OutputGradient, gradients, scratch);
        if (options.ClipNorm is { } clipNorm)
            Kernels.Clip(gradients, clipNorm);
        Kernels.Descend(weights, gradients, options.LearningRate);
        return loss;
    }
}
