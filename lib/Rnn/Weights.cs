using MathNet.Numerics.LinearAlgebra;
using Rnn.Internals;

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
        Guard.NotNull(wh, nameof(wh));
        Guard.NotNull(wx, nameof(wx));
        Guard.NotNull(wy, nameof(wy));
        Guard.NotNull(bh, nameof(bh));
        Guard.NotNull(by, nameof(by));
        if (wh.RowCount != wh.ColumnCount || wh.RowCount == 0)
            throw new ArgumentException($"wh must be square, (hidden, hidden), with hidden at least 1, but is {Guard.Shape(wh)}.", nameof(wh));
        int hidden = wh.RowCount;
        if (wx.ColumnCount != hidden || wx.RowCount == 0)
            throw new ArgumentException($"wx must be (input, hidden = {hidden}), with input at least 1, to fit wh {Guard.Shape(wh)}, but is {Guard.Shape(wx)}.", nameof(wx));
        if (wy.RowCount != hidden || wy.ColumnCount == 0)
            throw new ArgumentException($"wy must be (hidden = {hidden}, output), with output at least 1, to fit wh {Guard.Shape(wh)}, but is {Guard.Shape(wy)}.", nameof(wy));
        if (bh.Count != hidden)
            throw new ArgumentException($"bh must have hidden = {hidden} entries to fit wh {Guard.Shape(wh)}, but has {bh.Count}.", nameof(bh));
        if (by.Count != wy.ColumnCount)
            throw new ArgumentException($"by must have output = {wy.ColumnCount} entries to fit wy {Guard.Shape(wy)}, but has {by.Count}.", nameof(by));
        Guard.Finite(wh, nameof(wh));
        Guard.Finite(wx, nameof(wx));
        Guard.Finite(wy, nameof(wy));
        Guard.Finite(bh, nameof(bh));
        Guard.Finite(by, nameof(by));
        (Wh, Wx, Wy, Bh, By) = (wh, wx, wy, bh, by);
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
