namespace Rnn;

public static partial class RecurrentNetwork
{
    /// <summary>
    /// Runs the network over one sequence: h[t] = tanh(x[t] Wx + h[t-1] Wh + bh), y[t] = softmax(h[t] Wy + by).
    /// Source: <c>rnn_forward</c>.
    /// </summary>
    /// <param name="x">The inputs: (T, input), one row a time step, T at least 1.</param>
    /// <param name="weights">The weights, for input, hidden and output units.</param>
    /// <param name="hPrev">The hidden state before the first step: hidden entries; zeros when null.</param>
    /// <returns>The hidden states H, (T, hidden), and the probabilities Y, (T, output).</returns>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="weights"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="x"/> has no rows or not as many columns as the network has inputs, <paramref name="hPrev"/> has not as
    /// many entries as there are hidden units, an entry of one of the three is NaN or infinite, or the hidden states or another
    /// matrix that is needed has more entries than an array can hold, rows and columns padded to multiples of 8 or 16.
    /// </exception>
    /// <exception cref="ArithmeticException">
    /// The numbers are so large that a sum overflows and the result is not a number.
    /// </exception>
    public static ForwardPass Forward(Matrix<double> x, Weights weights, Vector<double>? hPrev = null)
    {
        Guard.NotNull(weights);
        Guard.NotNull(x);
        Guard.FitsBlocks(x.RowCount, weights.InputDim, weights.HiddenDim, weights.OutputDim);
        Guard.Inputs(x, weights.InputDim, weights.Wx);
        Guard.Finite(weights);
        if (hPrev is not null)
        {
            if (hPrev.Count != weights.HiddenDim)
                throw new ArgumentException(
                    $"hPrev must have hidden = {weights.HiddenDim} entries to fit weights.Wh {Guard.Shape(weights.Wh)}, "
                    + $"but has {hPrev.Count}.",
                    nameof(hPrev));

            Guard.Finite(hPrev);
        }

        Unrolled network = new(Parameters.CopyOf(weights), x.RowCount);
        network.SetInputs(x);
        if (hPrev is not null)
        {
            PaddedMatrix before = PaddedMatrix.Allocate(1, weights.HiddenDim);
            before.Set(hPrev.ToRowMatrix());
            network.HPrev = before;
        }

        network.TransposeWeights(Team.Alone, 0);
        network.Forward(Team.Alone, 0);
        if (!Kernels.AllFinite(network.H) || !Kernels.AllFinite(network.Y))
            throw Guard.Overflow("forward pass", "x, weights or hPrev", "their products");

        return new ForwardPass(network.H.ToMatrix(), network.Y.ToMatrix());
    }
}
