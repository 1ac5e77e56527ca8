namespace Rnn.Exchange;

/// <summary>What a network is in an ONNX file: the graph that <see cref="WeightsFile.SaveOnnx"/> writes.</summary>
/// <remarks>
/// All forms are of operator set 13, have the weights inside, and name them <c>Wh</c>, <c>Wx</c>, <c>Wy</c>, <c>bh</c> and
/// <c>by</c>.
/// </remarks>
public enum OnnxForm
{
    /// <summary>
    /// A whole sequence in double precision, by ONNX's <c>Scan</c>: x (T, input) in; y (T, output) and h (T, hidden) out, for any
    /// T. The hidden state before the first step is zero.
    /// </summary>
    Sequence,

    /// <summary>
    /// One time step in double precision, for sampling: x (1, input) and h (1, hidden) in; y (1, output) and h_next (1, hidden)
    /// out, which is the next step's h.
    /// </summary>
    Step,

    /// <summary>
    /// A whole sequence in single precision, by ONNX's operator <c>RNN</c>, for engines that want it: names and shapes of x, y
    /// and h as in <see cref="Sequence"/>. Its <c>Wx</c>, <c>Wh</c> and <c>bh</c> are shaped as the operator wants them: (1,
    /// hidden, input) and (1, hidden, hidden), the transposes of ours, and (1, 2 hidden), the second half zero.
    /// </summary>
    RnnOperator,
}
