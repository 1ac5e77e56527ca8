namespace Rnn.Internals;

/// <summary>
/// The network unrolled over one sequence: every buffer that a pass needs, allocated once for the longest sequence. Whatever
/// needs no step before or after it, is done for all steps at once, as a product of matrices.
/// </summary>
internal sealed class Unrolled(Parameters weights, int longest)
{
    // By columns, as they come, and so that eight steps of one output lie side by side in a vector.
    private readonly PaddedMatrix x = PaddedMatrix.Allocate(weights.Input, longest).Transpose;
    private readonly PaddedMatrix yTrue = PaddedMatrix.Allocate(weights.Output, longest).Transpose;
    private readonly PaddedMatrix y = PaddedMatrix.Allocate(weights.Output, longest).Transpose;
    private readonly PaddedMatrix dy = PaddedMatrix.Allocate(weights.Output, longest).Transpose;
    private readonly PaddedMatrix losses = PaddedMatrix.Allocate(1, longest).Transpose;
    private readonly PaddedMatrix h = PaddedMatrix.Allocate(longest, weights.Hidden);
    private readonly PaddedMatrix dhRaw = PaddedMatrix.Allocate(longest, weights.Hidden);
    private readonly PaddedMatrix logits = PaddedMatrix.Allocate(longest, weights.Output);
    private readonly PaddedMatrix whTransposed = PaddedMatrix.Allocate(weights.Hidden, weights.Hidden);
    private readonly PaddedMatrix wy = PaddedMatrix.Allocate(weights.Hidden, weights.Output);
    private readonly PaddedMatrix zeros = PaddedMatrix.Allocate(1, weights.Hidden);
    private int steps;

    /// <summary>The hidden state before the first step: zeros, if nobody sets it.</summary>
    public PaddedMatrix HPrev { get; } = PaddedMatrix.Allocate(1, weights.Hidden);

    /// <summary>The hidden states of the sequence: (T, hidden).</summary>
    public PaddedMatrix H => h.Take(steps);

    /// <summary>The probabilities of the sequence: (T, output).</summary>
    public PaddedMatrix Y => y.Take(steps);

    /// <summary>The inputs of the next pass: (T, input); its weights are those of now.</summary>
    public void SetInputs(Matrix<double> inputs)
    {
        Kernels.Transpose(weights.Wh, whTransposed);
        Kernels.Transpose(weights.WyTransposed, wy);
        steps = inputs.RowCount;
        x.Take(steps).Set(inputs);
    }

    /// <summary>h[t] = tanh(x[t] Wx + h[t-1] Wh + bh), y[t] = softmax(h[t] Wy + by).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward()
    {
        Kernels.MatMul(x.Take(steps), weights.Wx, weights.Bh, H);
        for (int t = 0; t < steps; t++)
            Kernels.StepForward(t == 0 ? HPrev : h.At(t - 1), weights.Wh, whTransposed, h.At(t), t % 2 == 1);

        Kernels.MatMul(H, wy, weights.By, logits.Take(steps));
        Kernels.Transpose(logits.Take(steps), y.Transpose);
        Kernels.Softmax(Y);
    }

    /// <summary>Goes back from the last step to the first; returns the loss.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Backward(Matrix<double> targets, OutputGradient outputGradient, Parameters gradients)
    {
        PaddedMatrix yTrueNow = yTrue.Take(steps), dyNow = dy.Take(steps), dhNow = dhRaw.Take(steps);
        yTrueNow.Set(targets);
        Kernels.Loss(Y, yTrueNow, outputGradient == OutputGradient.Exact, losses.Take(steps), dyNow);

        Kernels.MatMul(dyNow, weights.WyTransposed, zeros, dhNow);
        for (int t = steps - 1; t >= 0; t--)
        {
            PaddedMatrix after = t == steps - 1 ? zeros : dhRaw.At(t + 1);
            Kernels.StepBack(after, weights.Wh, whTransposed, h.At(t), dhRaw.At(t), t % 2 == 1);
        }

        Kernels.MatMul(dyNow.Transpose, H, zeros, gradients.WyTransposed);
        Kernels.MatMul(x.Take(steps).Transpose, dhNow, zeros, gradients.Wx);
        // As in the source, what came before the first step does not enter: exact where it was zero.
        Kernels.MatMul(h.Take(steps - 1).Transpose, dhNow.Skip(1), zeros, gradients.Wh);
        Kernels.SumOverSteps(dyNow, gradients.By);
        Kernels.SumOfRows(dhNow, gradients.Bh);
        return Kernels.Sum(losses.Take(steps));
    }

    /// <summary>Whether there is room for a sequence.</summary>
    public bool Fits(Matrix<double> inputs, Matrix<double> targets) =>
        inputs.RowCount > 0 && inputs.RowCount <= x.Rows && inputs.ColumnCount == x.Columns
        && targets.RowCount == inputs.RowCount && targets.ColumnCount == yTrue.Columns;
}
