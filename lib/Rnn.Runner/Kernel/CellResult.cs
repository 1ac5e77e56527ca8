namespace Rnn.Runner.Kernel;

/// <summary>How a cell came out.</summary>
/// <param name="Outputs">What it showed; where it failed, its error too.</param>
/// <param name="ExecutionCount">Its number; null if it has not run.</param>
internal sealed record CellResult(IReadOnlyList<JsonObject> Outputs, int? ExecutionCount)
{
    /// <summary>Why it did not run to its end, or null.</summary>
    public CellFailure? Failure { get; init; }

    /// <summary>Why an optional cell was left out, or null.</summary>
    public string? SkipReason { get; init; }
}
