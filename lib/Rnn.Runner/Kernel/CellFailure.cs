namespace Rnn.Runner.Kernel;

/// <summary>Why a cell did not run to its end.</summary>
/// <param name="Name">The exception's type, or "Error", as Jupyter calls a cell that does not compile.</param>
/// <param name="Messages">What went wrong and where, a line each.</param>
/// <param name="IsSetUp">
/// What one of its #r lines asks for is missing, and nothing of it has run. An optional cell is skipped for this, and for
/// nothing else.
/// </param>
internal sealed record CellFailure(string Name, IReadOnlyList<string> Messages, bool IsSetUp = false)
{
    /// <summary>The failure of a cell that tells more than the limits allow.</summary>
    public static CellFailure Overflow(string place, CellLimits limits) =>
        new("Error", [$"{place}: error: it prints and shows more than {limits.Megabytes} MB; "
            + $"print less, or allow more with '--max-output {2 * limits.Megabytes}'"]);
}
