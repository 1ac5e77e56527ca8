namespace Rnn.Runner.Kernel;

/// <summary>Why a cell did not run to its end.</summary>
/// <param name="Name">The exception's type, or "Error", as Jupyter calls a cell that does not compile.</param>
/// <param name="Messages">What went wrong and where, a line each.</param>
/// <param name="IsSetUp">
/// What one of its #r lines asks for is missing, and nothing of it has run. An optional cell is skipped for this, and for
/// nothing else.
/// </param>
internal sealed record CellFailure(string Name, IReadOnlyList<string> Messages, bool IsSetUp = false);
