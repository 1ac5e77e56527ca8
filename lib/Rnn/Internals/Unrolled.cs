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
    private readonly PaddedMatrix loss = PaddedMatrix.Allocate(1, 1);
    private readonly PaddedMatrix h = PaddedMatrix.Allocate(longest, weights.Hidden);
    private readonly PaddedMatrix dhRaw = PaddedMatrix.Allocate(longest, weights.Hidden);
    private readonly PaddedMatrix logits = PaddedMatrix.Allocate(longest, weights.Output);
    private readonly PaddedMatrix whTransposed = PaddedMatrix.AllocateStrips(weights.Hidden, weights.Hidden);
    private readonly PaddedMatrix wy = PaddedMatrix.AllocateStrips(weights.Hidden, weights.Output);
    private readonly PaddedMatrix zeros = PaddedMatrix.Allocate(1, weights.Hidden);
    private int steps;

    /// <summary>The hidden state before the first step, one row; zeros when null.</summary>
    public PaddedMatrix? HPrev { get; set; }

    /// <summary>The hidden states of the sequence: (T, hidden).</summary>
    public PaddedMatrix H => h.Take(steps);

    /// <summary>The probabilities of the sequence: (T, output).</summary>
    public PaddedMatrix Y => y.Take(steps);

    /// <summary>The loss of the sequence.</summary>
    public double Loss => loss.Entries[0];

    /// <summary>The inputs of the next pass: (T, input).</summary>
    public void SetInputs(Matrix<double> inputs)
    {
        steps = inputs.RowCount;
        x.Take(steps).Set(inputs);
    }

    /// <summary>The targets of the next pass: (T, output).</summary>
    public void SetTargets(Matrix<double> targets) => yTrue.Take(steps).Set(targets);

    /// <summary>The weights of the next pass are those of now.</summary>
    public void TransposeWeights(Team team, int member)
    {
        (int from, int count) = team.Share(member, weights.Hidden);
        Kernels.Transpose(weights.Wh.Across(from, count), whTransposed.Skip(from).Take(count));
        Kernels.Transpose(weights.WyTransposed.Across(from, count), wy.Skip(from).Take(count));
    }

    /// <summary>
    /// h[t] = tanh(x[t] Wx + h[t-1] Wh + bh), y[t] = softmax(h[t] Wy + by). False where the team has sent this member away.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Forward(Team team, int member)
    {
        (int from, int count) = team.Share(member, weights.Hidden);
        Kernels.MatMul(x.Take(steps), weights.Wx.Across(from, count), weights.Bh.Across(from, count),
                       H.Across(from, count));
        for (int t = 0; t < steps; t++)
        {
            (from, count) = team.Share(member, weights.Hidden);
            PaddedMatrix wh = weights.Wh.Take(t == 0 && HPrev is null ? 0 : weights.Hidden);
            Kernels.Step(t == 0 ? HPrev ?? zeros : h, Math.Max(t - 1, 0), wh, h, h, t, from, count, isForward: true);
            if (!team.Sync(member))
                return false;
        }

        (from, count) = team.Share(member, steps);
        Kernels.MatMul(H.Skip(from).Take(count), wy, weights.By, logits.Skip(from).Take(count));
        Kernels.Transpose(logits.Skip(from).Take(count), y.Skip(from).Take(count).Transpose);
        Kernels.Softmax(y.Skip(from).Take(count));
        return true;
    }

    /// <summary>Goes back from the last step to the first. False where the team has sent this member away.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Backward(Team team, int member, OutputGradient outputGradient, Parameters gradients)
    {
        (int from, int count) = team.Share(member, steps);
        Kernels.Loss(y.Skip(from).Take(count), yTrue.Skip(from).Take(count), outputGradient == OutputGradient.Exact,
                     losses.Skip(from).Take(count), dy.Skip(from).Take(count));
        if (!team.Sync(member))
            return false;

        PaddedMatrix dyNow = dy.Take(steps), dhNow = dhRaw.Take(steps);
        (from, count) = team.Share(member, weights.Hidden);
        Kernels.MatMul(dyNow, weights.WyTransposed.Across(from, count), zeros, dhNow.Across(from, count));
        for (int t = steps - 1; t >= 0; t--)
        {
            (from, count) = team.Share(member, weights.Hidden);
            PaddedMatrix wh = whTransposed.Take(t == steps - 1 ? 0 : weights.Hidden);
            Kernels.Step(dhRaw, Math.Min(t + 1, steps - 1), wh, h, dhRaw, t, from, count, isForward: false);
            if (!team.Sync(member))
                return false;
        }

        (from, count) = team.Share(member, weights.Hidden);
        PaddedMatrix mine = dhNow.Across(from, count);
        Kernels.MatMul(dyNow.Transpose, H.Across(from, count), zeros, gradients.WyTransposed.Across(from, count));
        Kernels.MatMul(x.Take(steps).Transpose, mine, zeros, gradients.Wx.Across(from, count));
        // As in the source, what came before the first step does not enter: exact where it was zero.
        Kernels.MatMul(h.Take(steps - 1).Transpose, mine.Skip(steps > 1 ? 1 : 0), zeros, gradients.Wh.Across(from, count));
        Kernels.SumOfRows(mine, gradients.Bh.Across(from, count));
        if (member > 0)
            return true;
        Kernels.SumOverSteps(dyNow, gradients.By);
        Kernels.SumOverSteps(losses.Take(steps), loss);
        return true;
    }

    /// <summary>Whether there is room for a sequence.</summary>
    public bool Fits(Matrix<double> inputs, Matrix<double> targets) =>
        inputs.RowCount > 0 && inputs.RowCount <= x.Rows && inputs.ColumnCount == x.Columns
        && targets.RowCount == inputs.RowCount && targets.ColumnCount == yTrue.Columns;
}
