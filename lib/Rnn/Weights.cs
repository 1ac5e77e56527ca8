namespace Rnn;

/// <summary>
/// The five parameters of the network, or five gradients of the same shapes. With <c>input</c>, <c>hidden</c> and
/// <c>output</c> units: h[t] = tanh(x[t] Wx + h[t-1] Wh + bh), y[t] = softmax(h[t] Wy + by).
/// </summary>
/// <remarks>
/// Source: the tuple <c>Wh, Wx, Wy, bh, by</c> that <c>initialize_weights</c> returns; the biases, there matrices of one row,
/// are vectors here. Holds the matrices it is given and hands out the same: whoever changes such a matrix changes the weights.
/// </remarks>
public sealed record Weights
{
    /// <summary>Checks that the five belong together and holds them.</summary>
    /// <param name="wh">Hidden to hidden: (hidden, hidden).</param>
    /// <param name="wx">Input to hidden: (input, hidden).</param>
    /// <param name="wy">Hidden to output: (hidden, output).</param>
    /// <param name="bh">Bias of the hidden units: hidden entries.</param>
    /// <param name="by">Bias of the output units: output entries.</param>
    /// <exception cref="ArgumentNullException">One of them is null.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="wh"/> is not square or empty, another's shape does not fit it, or an entry is NaN or infinite.
    /// </exception>
    public Weights(Matrix<double> wh, Matrix<double> wx, Matrix<double> wy, Vector<double> bh, Vector<double> by)
    {
        Guard.NotNull(wh);
        Guard.NotNull(wx);
        Guard.NotNull(wy);
        Guard.NotNull(bh);
        Guard.NotNull(by);
        int hidden = wh.RowCount;
        if (wh.ColumnCount != hidden || hidden == 0)
            throw Refusal(nameof(wh), "be square, (hidden, hidden), with hidden at least 1", $"is {Guard.Shape(wh)}");
        if (wx.ColumnCount != hidden || wx.RowCount == 0)
            throw Refusal(nameof(wx), $"be (input, hidden = {hidden}), with input at least 1,", $"is {Guard.Shape(wx)}", wh);
        if (wy.RowCount != hidden || wy.ColumnCount == 0)
            throw Refusal(nameof(wy), $"be (hidden = {hidden}, output), with output at least 1,", $"is {Guard.Shape(wy)}", wh);
        if (bh.Count != hidden)
            throw Refusal(nameof(bh), $"have hidden = {hidden} entries", $"has {bh.Count}", wh);
        if (by.Count != wy.ColumnCount)
            throw Refusal(nameof(by), $"have output = {wy.ColumnCount} entries", $"has {by.Count}", wy);
        Guard.Finite(wh);
        Guard.Finite(wx);
        Guard.Finite(wy);
        Guard.Finite(bh);
        Guard.Finite(by);
        (Wh, Wx, Wy, Bh, By) = (wh, wx, wy, bh, by);

        static ArgumentException Refusal(
            string name, string wanted, string found, Matrix<double>? fitted = null,
            [CallerArgumentExpression(nameof(fitted))] string fits = "") =>
            new($"{name} must {wanted}{(fitted is null ? "" : $" to fit {fits} {Guard.Shape(fitted)}")}, but {found}.", name);
    }

    /// <summary>Hidden to hidden, the recurrent weights: (hidden, hidden).</summary>
    public Matrix<double> Wh { get; }

    /// <summary>Input to hidden: (input, hidden).</summary>
    public Matrix<double> Wx { get; }

    /// <summary>Hidden to output: (hidden, output).</summary>
    public Matrix<double> Wy { get; }

    /// <summary>Bias of the hidden units: hidden entries.</summary>
    public Vector<double> Bh { get; }

    /// <summary>Bias of the output units: output entries.</summary>
    public Vector<double> By { get; }

    /// <summary>Number of inputs per time step.</summary>
    public int InputDim => Wx.RowCount;

    /// <summary>Number of hidden units.</summary>
    public int HiddenDim => Wh.RowCount;

    /// <summary>Number of outputs (classes) per time step.</summary>
    public int OutputDim => Wy.ColumnCount;
}
