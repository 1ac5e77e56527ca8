using System.Text.Json.Nodes;
using Rnn.Runner.Notebook;

namespace Rnn.Runner.Kernel;

/// <summary>How a cell came out.</summary>
/// <param name="Outputs">What it showed.</param>
/// <param name="ExecutionCount">Its number; null when it has not run.</param>
/// <param name="SkipReason">Why an optional cell was left out, or null.</param>
internal sealed record CellResult(IReadOnlyList<JsonObject> Outputs, int? ExecutionCount, string? SkipReason = null);
