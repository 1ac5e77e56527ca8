namespace Rnn.Internals;

/// <summary>
/// The network unrolled over one sequence: every buffer that a pass needs, allocated once for the longest sequence. Whatever
/// needs no step before or after it, is done for all steps at once, as a product of matrices.
/// </summary>
internal sealed class Unrolled(Parameters weights, int longest)
{
    private readonly PaddedMatrix x = PaddedMatrix.Allocate(longest, weights.Input);
    private readonly PaddedMatrix yTrue = PaddedMatrix.Allocate(longest, weights.Output);
    private readonly PaddedMatrix h = PaddedMatrix.Allocate(longest, weights.Hidden);
    private readonly PaddedMatrix y = PaddedMatrix.Allocate(longest, weights.Output);
    private readonly PaddedMatrix dy = PaddedMatrix.Allocate(longest, weights.Output);
    private readonly PaddedMatrix dhRaw = PaddedMatrix.Allocate(longest, weights.Hidden);
    private readonly PaddedMatrix whTransposed = PaddedMatrix.Allocate(weights.Hidden, weights.Hidden);
    private readonly PaddedMatrix wyTransposed = PaddedMatrix.Allocate(weights.Output, weights.Hidden);
    private readonly PaddedMatrix bhPerStep = weights.Bh.Repeated;
    private readonly PaddedMatrix byPerStep = weights.By.Repeated;
    private readonly PaddedMatrix zeros = PaddedMatrix.Allocate(1, Math.Max(weights.Hidden, weights.Output)).Repeated;
    private int steps;

    /// <summary>The hidden state before the first step: zeros, if nobody sets it.</summary>
    public PaddedMatrix HPrev { get; } = PaddedMatrix.Allocate(1, weights.Hidden);

    /// <summary>The hidden states of the sequence: (T, hidden).</summary>
    public PaddedMatrix H => h.Take(steps);

    /// <summary>The probabilities of the sequence: (T, output).</summary>
    public PaddedMatrix Y => y.Take(steps);

    /// <summary>The inputs of the next pass: (T, input).</summary>
    public void SetInputs(Matrix<double> inputs)
    {
        steps = inputs.RowCount;
        x.Take(steps).Set(inputs);
    }

    /// <summary>h[t] = tanh(x[t] Wx + h[t-1] Wh + bh), y[t] = softmax(h[t] Wy + by).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward()
    {
        Kernels.MatMul(x.Take(steps), weights.Wx, bhPerStep, H);
        for (int t = 0; t < steps; t++)
        {
            Kernels.MatMul(t == 0 ? HPrev : h.At(t - 1), weights.Wh, h.At(t), h.At(t));
            Kernels.Tanh(h.RowVectors(t));
        }

        Kernels.MatMul(H, weights.Wy, byPerStep, Y);
        for (int t = 0; t < steps; t++)
            Kernels.Softmax(y.RowVectors(t), weights.Output);
    }

    /// <summary>Goes back from the last step to the first; returns the loss.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Backward(Matrix<double> targets, OutputGradient outputGradient, Parameters gradients)
    {
        yTrue.Take(steps).Set(targets);
        Vector512<double> loss = Vector512<double>.Zero;
        for (int t = 0; t < steps; t++)
            loss = Kernels.Loss(
                loss, y.RowVectors(t), yTrue.RowVectors(t), outputGradient == OutputGradient.Exact, dy.RowVectors(t));

        PaddedMatrix dyNow = dy.Take(steps), dhNow = dhRaw.Take(steps);
        wyTransposed.Set(weights.Wy.Transpose);
        whTransposed.Set(weights.Wh.Transpose);
        Kernels.MatMul(dyNow, wyTransposed, zeros, dhNow);
        for (int t = steps - 1; t >= 0; t--)
        {
            if (t < steps - 1)
                Kernels.MatMul(dhRaw.At(t + 1), whTransposed, dhRaw.At(t), dhRaw.At(t));
            Kernels.BackThroughTanh(h.RowVectors(t), dhRaw.RowVectors(t));
        }

        Kernels.MatMul(H.Transpose, dyNow, zeros, gradients.Wy);
        Kernels.MatMul(x.Take(steps).Transpose, dhNow, zeros, gradients.Wx);
        // As in the source, what came before the first step does not enter: exact where it was zero.
        Kernels.MatMul(h.Take(steps - 1).Transpose, dhNow.Skip(1), zeros, gradients.Wh);
        Kernels.SumOfRows(dyNow, gradients.By);
        Kernels.SumOfRows(dhNow, gradients.Bh);
        return Vector512.Sum(loss);
    }

    /// <summary>Whether there is room for a sequence.</summary>
    public bool Fits(Matrix<double> inputs, Matrix<double> targets) =>
        inputs.RowCount > 0 && inputs.RowCount <= x.Rows && inputs.ColumnCount == x.Columns
        && targets.RowCount == inputs.RowCount && targets.ColumnCount == yTrue.Columns;
}
