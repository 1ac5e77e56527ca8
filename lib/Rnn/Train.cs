namespace Rnn;

public static partial class RecurrentNetwork
{
    /// <summary>The number of hidden units of the source's example.</summary>
    private const int DefaultHiddenDim = 10;

    /// <summary>
    /// Trains by plain stochastic gradient descent: one update per sequence, in order, epoch after epoch; every sequence starts
    /// from a zero hidden state. Source: <c>train_rnn</c>.
    /// </summary>
    /// <remarks>
    /// Two calls with the same arguments (with a <see cref="Random"/>: in equal states) give the same bits, on any number of
    /// threads. Several may run at once on the same sequences, which must not be changed meanwhile. Nothing is allocated per
    /// sequence. Its threads end with the call.
    /// </remarks>
    /// <param name="sequences">At least one; their lengths may differ, their widths (input, output) may not.</param>
    /// <param name="options">How to train.</param>
    /// <param name="onReport">
    /// Called after epochs 0, ReportEvery, 2 * ReportEvery, ..., on the calling thread, before training goes on.
    /// </param>
    /// <param name="cancellationToken">Checked before each sequence.</param>
    /// <returns>The final weights and the losses of each epoch, all finite.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="sequences"/>, <paramref name="options"/> or a part of them is null.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="sequences"/> is empty, a sequence has no rows, a width or length that does not fit, an entry that is NaN
    /// or infinite, or a negative target; or an option is out of its range; or a matrix that is needed has more entries than an
    /// array can hold when its rows and columns are padded to multiples of 8 or 16. The message names which, and nothing has been
    /// drawn from the generator. Also, in the middle of training: another sequence, of a shape that does not fit, has taken the
    /// place of one.
    /// </exception>
    /// <exception cref="ArithmeticException">
    /// A loss or a weight overflowed; the message names the epoch and the sequence.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static TrainingResult Train(IReadOnlyList<Sequence> sequences, TrainingOptions options,
                                       Action<EpochReport>? onReport = null, CancellationToken cancellationToken = default)
    {
        Check(sequences, options, cancellationToken);

        Parameters weights = Parameters.CopyOf(options.InitialWeights ?? InitializeWeights(
            sequences[0].X.ColumnCount, options.HiddenDim ?? DefaultHiddenDim, sequences[0].Y.ColumnCount, options.Random!));
        Parameters gradients = new(weights.Input, weights.Hidden, weights.Output);
        Unrolled network = new(weights, sequences.Max(sequence => sequence.X.RowCount));
        bool isFinite = true;
        using Team all = new(Threads(weights, options.Threads), options.Threads is null, Step);
        double[] losses = new double[options.Epochs];
        double[] meanLosses = new double[options.Epochs];
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            double loss = 0, sum = 0;
            for (int i = 0; i < sequences.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                (Matrix<double> x, Matrix<double> y) = sequences[i];
                // A list may give another than it did when it was checked, and the kernels check nothing.
                if (!network.Fits(x, y))
                    throw new ArgumentException(
                        $"sequences[{i}] must keep its shape while it is trained on, but is now X {Guard.Shape(x)}, "
                        + $"Y {Guard.Shape(y)}.",
                        nameof(sequences));
                network.SetInputs(x);
                network.SetTargets(y);
                all.Run();
                loss = network.Loss;
                sum += loss;
                if (!isFinite || !double.IsFinite(sum))
                    throw Overflow(epoch, i, loss);
            }

            losses[epoch] = loss;
            meanLosses[epoch] = sum / sequences.Count;
            if (epoch % options.ReportEvery == 0)
                onReport?.Invoke(new EpochReport(epoch, losses[epoch], meanLosses[epoch]));
        }

        return new TrainingResult(weights.ToWeights(), losses, meanLosses);

        // False where the team has sent this member away.
        bool Step(Team team, int member)
        {
            network.TransposeWeights(team, member);
            if (!network.Forward(team, member) || !network.Backward(team, member, options.OutputGradient, gradients))
                return false;
            if (options.ClipNorm is { } clipNorm)
            {
                // One norm for all, which one finds.
                if (!team.Sync(member))
                    return false;
                if (member == 0)
                    gradients.Clip(clipNorm);
                if (!team.Sync(member))
                    return false;
            }

            (int from, int columns) = team.Share(member, weights.Hidden);
            if (!weights.Descend(gradients, options.LearningRate, from, columns))
                isFinite = false;
            return true;
        }
    }

    /// <summary>How many threads pay; each has a strip of hidden units at least.</summary>
    private static int Threads(Parameters weights, int? wanted)
    {
        int threads = wanted ?? (weights.Hidden < 128 ? 1 : Math.Max(2, weights.Hidden / 256 + 1));
        return Math.Clamp(threads, 1, weights.Wh.Strips);
    }

    private static ArithmeticException Overflow(int epoch, int sequence, double loss) => new(
        $"Training overflowed in epoch {epoch} at sequences[{sequence}] (its loss: {loss}): the weights or the loss are no "
        + "longer finite. Try smaller initial weights, inputs or targets, a smaller LearningRate, or set ClipNorm.");

    private static void Check(IReadOnlyList<Sequence> sequences, TrainingOptions options, CancellationToken cancellationToken)
    {
        Guard.NotNull(sequences);
        Guard.NotNull(options);
        if (sequences.Count == 0)
            throw new ArgumentException("sequences must hold at least one sequence, but is empty.", nameof(sequences));

        Check(options);
        Guard.NotNull(sequences[0]);
        Guard.HasRows(sequences[0].X);
        Guard.HasRows(sequences[0].Y);
        // The initial weights say how wide the data must be; where they are yet to be drawn, the first sequence does.
        Weights? initial = options.InitialWeights;
        (Matrix<double> fittedX, string fitsX) =
            initial is null ? (sequences[0].X, "sequences[0].X") : (initial.Wx, "options.InitialWeights.Wx");
        (Matrix<double> fittedY, string fitsY) =
            initial is null ? (sequences[0].Y, "sequences[0].Y") : (initial.Wy, "options.InitialWeights.Wy");
        int inputDim = initial?.InputDim ?? fittedX.ColumnCount;
        int outputDim = fittedY.ColumnCount;
        int hidden = initial?.HiddenDim ?? options.HiddenDim ?? DefaultHiddenDim;
        const string hiddenDim = $"{nameof(options)}.{nameof(options.HiddenDim)}";
        for (int i = 0; i < sequences.Count; i++)
        {
            Guard.NotNull(sequences[i], i);
            Guard.HasRows(sequences[i].X, i);
            Guard.FitsBlocks(sequences[i].X.RowCount, inputDim, hidden, outputDim, nameof(sequences), hiddenDim);
            Guard.Inputs(sequences[i].X, inputDim, fittedX, i, fits: fitsX);
            Guard.Targets(sequences[i].Y, sequences[i].X, outputDim, fittedY, i, fits: fitsY);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static void Check(TrainingOptions options)
    {
        if (options.Random is null == options.InitialWeights is null)
        {
            string found = options.Random is null ? "neither" : "both";
            throw new ArgumentException($"options must have either Random or InitialWeights, but has {found}.", nameof(options));
        }

        if (options.HiddenDim is { } wanted)
            Guard.AtLeast(1, wanted, $"{nameof(options)}.{nameof(options.HiddenDim)}");
        if (options.InitialWeights is { } weights)
        {
            Guard.Finite(options.InitialWeights);
            if (options.HiddenDim is { } other && other != weights.HiddenDim)
                throw new ArgumentException(
                    $"options.HiddenDim must be that of options.InitialWeights, {weights.HiddenDim} as Wh is "
                    + $"{Guard.Shape(weights.Wh)}, or null, but is {other}.",
                    nameof(options));
        }

        Guard.AtLeast(0, options.Epochs);
        Guard.PositiveAndFinite(options.LearningRate);
        Guard.AtLeast(1, options.ReportEvery);
        if (options.Threads is { } threads)
            Guard.AtLeast(1, threads, $"{nameof(options)}.{nameof(options.Threads)}");
        Guard.Defined(options.OutputGradient);
        if (options.ClipNorm is not null)
            Guard.PositiveAndFinite(options.ClipNorm.Value, $"{nameof(options)}.{nameof(options.ClipNorm)}");
    }
}
