namespace Rnn;

public static partial class RecurrentNetwork
{
    /// <summary>
    /// Back-propagation through time: the gradient of the loss with respect to every weight, and the loss,
    /// -sum(yTrue * ln(Y + 1e-8)) in nats. Source: <c>rnn_backward</c>.
    /// </summary>
    /// <remarks>
    /// Going back from the last step, with dhNext zero at first: dy = y[t] - yTrue[t] (or as <paramref name="outputGradient"/>
    /// says), dWy += h[t]^T dy, dby += dy, dhRaw = (1 - h[t]^2) * (dy Wy^T + dhNext), dbh += dhRaw, dWx += x[t]^T dhRaw,
    /// dWh += h[t-1]^T dhRaw, dhNext = dhRaw Wh^T. As in the source, the hidden state before the first step does not enter
    /// dWh: exact where it was zero, as in training.
    /// </remarks>
    /// <param name="x">The inputs: (T, input), as they were given to <see cref="Forward"/>.</param>
    /// <param name="yTrue">The targets: (T, output), no entry negative.</param>
    /// <param name="forward">What <see cref="Forward"/> found for <paramref name="x"/> and <paramref name="weights"/>.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="outputGradient">
    /// Which formula gives d loss / d logits; the two differ where a target row does not sum to 1.
    /// </param>
    /// <returns>The gradients, in the shapes of the weights, and the loss.</returns>
    /// <exception cref="ArgumentNullException">An argument, or a matrix of <paramref name="forward"/>, is null.</exception>
    /// <exception cref="ArgumentException">
    /// A shape does not fit <paramref name="x"/> or <paramref name="weights"/>, there are no rows, an entry is NaN or infinite, a
    /// target or an output of <paramref name="forward"/> is negative, <paramref name="outputGradient"/> is none of its values, or
    /// a matrix that is needed has more entries than an array can hold, rows and columns padded to multiples of 8 or 16.
    /// </exception>
    /// <exception cref="ArithmeticException">The numbers are so large that the loss or a gradient overflows.</exception>
    public static BackwardPass Backward(Matrix<double> x, Matrix<double> yTrue, ForwardPass forward, Weights weights,
                                        OutputGradient outputGradient = OutputGradient.AsInSource)
    {
        Guard.NotNull(weights);
        Guard.NotNull(x);
        Guard.FitsBlocks(x.RowCount, weights.InputDim, weights.HiddenDim, weights.OutputDim);
        Guard.Inputs(x, weights.InputDim, weights.Wx);
        Guard.Targets(yTrue, x, weights.OutputDim, weights.Wy);
        Guard.NotNull(forward);
        Guard.PerStep(forward.H, x, "hidden", weights.HiddenDim, weights.Wh);
        Guard.Finite(forward.H);
        Guard.PerStep(forward.Y, x, "output", weights.OutputDim, weights.Wy);
        Guard.FiniteAndNotNegative(forward.Y);
        Guard.Finite(weights);
        Guard.Defined(outputGradient);

        Parameters gradients = new(weights.InputDim, weights.HiddenDim, weights.OutputDim);
        Unrolled network = new(Parameters.CopyOf(weights), x.RowCount);
        network.SetInputs(x);
        network.H.Set(forward.H);
        network.Y.Set(forward.Y);
        network.SetTargets(yTrue);
        network.TransposeWeights(Team.Alone, 0);
        network.Backward(Team.Alone, 0, outputGradient, gradients);
        double loss = network.Loss;
        if (!double.IsFinite(loss) || !gradients.AllFinite())
            throw Guard.Overflow($"backward pass (loss {loss})", "x, yTrue or weights", "the gradients");

        return new BackwardPass(gradients.ToWeights(), loss);
    }
}
