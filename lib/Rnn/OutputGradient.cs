namespace Rnn;

/// <summary>Which formula gives d loss / d logits, where back-propagation starts.</summary>
/// <remarks>
/// With a target row that sums to 1 (one-hot, or any distribution) the two are the same. They differ where a row does not:
/// the source's example has random 0/1 rows, summing to 0, 1, 2 or 3, and for these only <see cref="Exact"/> is the gradient
/// of the loss that is printed.
/// </remarks>
public enum OutputGradient
{
    /// <summary>
    /// y - yTrue, as <c>rnn_backward</c> has it: the gradient for target rows that sum to 1, and only for them.
    /// </summary>
    AsInSource,

    /// <summary>
    /// y * rowsum(yTrue) - yTrue: the gradient of -sum(yTrue * ln y) for any target row. (The 1e-8 that the source adds inside
    /// the logarithm is left out here as there; it shows only where an output is itself near 1e-8.)
    /// </summary>
    Exact,
}
