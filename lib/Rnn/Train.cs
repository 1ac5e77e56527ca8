using MathNet.Numerics.LinearAlgebra;
using Rnn.Internals;

namespace Rnn;

public static partial class RecurrentNetwork
{
    /// <summary>
    /// Trains by plain stochastic gradient descent: one update per sequence, in order, epoch after epoch; every sequence starts
    /// from a zero hidden state. Source: <c>train_rnn</c>.
    /// </summary>
    /// <remarks>
    /// Two calls with the same arguments (with a <see cref="Random"/>: in equal states) give the same bits. Several may run at
    /// once on the same sequences, which must not be changed meanwhile. Nothing is allocated per sequence.
    /// </remarks>
    /// <param name="sequences">At least one; their lengths may differ, their widths (input, output) may not.</param>
    /// <param name="options">How to train.</param>
    /// <param name="onReport">Called after epochs 0, ReportEvery, 2 * ReportEvery, ..., on the calling thread, before training goes on.</param>
    /// <param name="cancellationToken">Looked at before each sequence.</param>
    /// <returns>The final weights and the losses of each epoch, all finite.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="sequences"/>, <paramref name="options"/> or a part of them is null.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="sequences"/> is empty, a sequence has no rows, a width or length that does not fit, an entry that is NaN
    /// or infinite, or a negative target; or an option is out of its range. The message names which. Nothing has been drawn
    /// from the generator then.
    /// </exception>
    /// <exception cref="ArithmeticException">A loss or a weight overflowed; the message names the epoch and the sequence.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static TrainingResult Train(IReadOnlyList<Sequence> sequences, TrainingOptions options,
                                       Action<EpochReport>? onReport = null, CancellationToken cancellationToken = default)
    {
        Check(sequences, options, cancellationToken);

        Parameters weights = Parameters.CopyOf(options.InitialWeights ?? InitializeWeights(
            sequences[0].X.ColumnCount, options.HiddenDim ?? DefaultHiddenDim, sequences[0].Y.ColumnCount, options.Random!));
        Parameters gradients = new(weights.Input, weights.Hidden, weights.Output);
        Unrolled network = new(weights, sequences.Max(sequence => sequence.X.RowCount));
        double[] losses = new double[options.Epochs];
        double[] meanLosses = new double[options.Epochs];
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            double loss = 0, sum = 0;
            for (int i = 0; i < sequences.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                (Matrix<double> x, Matrix<double> y) = sequences[i];
                network.SetInputs(x);
                network.Forward();
                loss = network.Backward(y, options.OutputGradient, gradients);
                if (options.ClipNorm is { } clipNorm)
                    gradients.Clip(clipNorm);
                sum += loss;
                if (!weights.Descend(gradients, options.LearningRate) || !double.IsFinite(sum))
                    throw Overflow(epoch, i, loss);
            }

            losses[epoch] = loss;
            meanLosses[epoch] = sum / sequences.Count;
            if (epoch % options.ReportEvery == 0)
                onReport?.Invoke(new EpochReport(epoch, losses[epoch], meanLosses[epoch]));
        }

        return new TrainingResult(weights.ToWeights(), losses, meanLosses);
    }

    /// <summary>The number of hidden units of the source's example.</summary>
    private const int DefaultHiddenDim = 10;

    private static ArithmeticException Overflow(int epoch, int sequence, double loss) => new(
        $"Training overflowed in epoch {epoch} at sequences[{sequence}] (its loss: {loss}): the weights or the loss are no longer finite. "
        + "Try smaller initial weights, inputs or targets, a smaller LearningRate, or set ClipNorm.");

    private static void Check(IReadOnlyList<Sequence> sequences, TrainingOptions options, CancellationToken cancellationToken)
    {
        Guard.NotNull(sequences, nameof(sequences));
        Guard.NotNull(options, nameof(options));
        if (sequences.Count == 0)
            throw new ArgumentException("sequences must hold at least one sequence, but is empty.", nameof(sequences));

        Check(options);
        Guard.NotNull(sequences[0], "sequences[0]", nameof(sequences));
        Guard.HasRows(sequences[0].X, "sequences[0].X", nameof(sequences));
        Guard.HasRows(sequences[0].Y, "sequences[0].Y", nameof(sequences));
        // The initial weights say how wide the data must be; where they are yet to be drawn, the first sequence does.
        (int inputDim, string fitsX, int outputDim, string fitsY) = options.InitialWeights is { } weights
            ? (weights.InputDim, $"options.InitialWeights.Wx {Guard.Shape(weights.Wx)}", weights.OutputDim, $"options.InitialWeights.Wy {Guard.Shape(weights.Wy)}")
            : (sequences[0].X.ColumnCount, $"sequences[0].X {Guard.Shape(sequences[0].X)}", sequences[0].Y.ColumnCount, $"sequences[0].Y {Guard.Shape(sequences[0].Y)}");
        const string hiddenDim = $"{nameof(options)}.{nameof(options.HiddenDim)}";
        int hidden = options.HiddenDim ?? DefaultHiddenDim;
        Guard.FitsArray(hidden, hiddenDim, hidden, hiddenDim, nameof(options));
        Guard.FitsArray(inputDim, "input", hidden, hiddenDim, nameof(options));
        Guard.FitsArray(outputDim, "output", hidden, hiddenDim, nameof(options));
        for (int i = 0; i < sequences.Count; i++)
        {
            string what = $"{nameof(sequences)}[{i}]";
            Guard.NotNull(sequences[i], what, nameof(sequences));
            Guard.Inputs(sequences[i].X, inputDim, fitsX, $"{what}.X", nameof(sequences));
            Guard.Targets(sequences[i].Y, sequences[i].X, $"{what}.X", outputDim, fitsY, $"{what}.Y", nameof(sequences));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static void Check(TrainingOptions options)
    {
        const string name = nameof(options);
        if (options.Random is null == options.InitialWeights is null)
        {
            throw new ArgumentException(
                $"options must have either Random or InitialWeights, but has {(options.Random is null ? "neither" : "both")}.", name);
        }

        if (options.HiddenDim is { } hiddenDim)
            Guard.AtLeast(1, hiddenDim, $"{name}.{nameof(options.HiddenDim)}", name);
        if (options.InitialWeights is { } weights)
        {
            Guard.Finite(weights, $"{name}.{nameof(options.InitialWeights)}", name);
            if (options.HiddenDim is { } wanted && wanted != weights.HiddenDim)
            {
                throw new ArgumentException(
                    $"options.HiddenDim must be that of options.InitialWeights, {weights.HiddenDim} as Wh is {Guard.Shape(weights.Wh)}, or null, but is {wanted}.", name);
            }
        }

        Guard.AtLeast(0, options.Epochs, $"{name}.{nameof(options.Epochs)}", name);
        Guard.PositiveAndFinite(options.LearningRate, $"{name}.{nameof(options.LearningRate)}", name);
        Guard.AtLeast(1, options.ReportEvery, $"{name}.{nameof(options.ReportEvery)}", name);
        Guard.Defined(options.OutputGradient, $"{name}.{nameof(options.OutputGradient)}", name);
        if (options.ClipNorm is { } clipNorm)
            Guard.PositiveAndFinite(clipNorm, $"{name}.{nameof(options.ClipNorm)}", name);
    }
}
