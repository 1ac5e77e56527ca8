using MathNet.Numerics.Distributions;

namespace Rnn;

public static partial class RecurrentNetwork
{
    /// <summary>
    /// No draw from a Gaussian in double precision is 64 standard deviations out, so no weight of this scale overflows.
    /// </summary>
    private const double LargestScale = double.MaxValue / 64;

    /// <summary>
    /// Draws Wh, then Wx, then Wy from N(0, scale^2), row by row; the biases are zero. Source: <c>initialize_weights</c>, whose
    /// numbers a <see cref="NumPyRandom"/> of the same seed gives; any other <see cref="Random"/> gives ordinary Gaussian noise.
    /// </summary>
    /// <param name="inputDim">Number of inputs per time step, at least 1.</param>
    /// <param name="hiddenDim">Number of hidden units, at least 1.</param>
    /// <param name="outputDim">Number of outputs (classes), at least 1.</param>
    /// <param name="random">Where the numbers come from; nothing is drawn when the call is refused.</param>
    /// <param name="scale">Standard deviation of the weights: finite, not negative.</param>
    /// <returns>New weights: Wh (hidden, hidden), Wx (input, hidden), Wy (hidden, output).</returns>
    /// <exception cref="ArgumentNullException"><paramref name="random"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A size is below 1, or <paramref name="scale"/> is negative, NaN, infinite, or so large that a weight could overflow.
    /// </exception>
    /// <exception cref="ArgumentException">A matrix of weights would have more entries than an array holds.</exception>
    public static Weights InitializeWeights(int inputDim, int hiddenDim, int outputDim, Random random, double scale = 0.01)
    {
        Guard.AtLeast(1, inputDim);
        Guard.AtLeast(1, hiddenDim);
        Guard.AtLeast(1, outputDim);
        Guard.FitsArray(hiddenDim, hiddenDim);
        Guard.FitsArray(inputDim, hiddenDim);
        Guard.FitsArray(hiddenDim, outputDim);
        Guard.NotNull(random);
        if (!(scale is >= 0 and <= LargestScale))
            throw Guard.OutOfRange(scale, $"must be finite, not negative and at most {LargestScale:G3}");

        Matrix<double> wh = Randn(random, hiddenDim, hiddenDim) * scale;
        Matrix<double> wx = Randn(random, inputDim, hiddenDim) * scale;
        Matrix<double> wy = Randn(random, hiddenDim, outputDim) * scale;
        return new Weights(wh, wx, wy, Vector<double>.Build.Dense(hiddenDim), Vector<double>.Build.Dense(outputDim));
    }

    private static Matrix<double> Randn(Random random, int rows, int columns) => random is NumPyRandom numPy
        ? numPy.Randn(rows, columns)
        : NumPyRandom.Draw(rows, columns, () => Normal.Sample(random, 0, 1));
}
