namespace Rnn.Runner.Commands;

/// <summary>A notebook that has been run.</summary>
/// <param name="Notebook">The notebook.</param>
/// <param name="Results">How its cells came out, by id; those after a failed one have none.</param>
/// <param name="Succeeded">Whether it ran to its end.</param>
/// <param name="Start">When it started, on the clock of <see cref="Host.Progress"/>.</param>
internal sealed record Execution(
    NotebookFile Notebook, IReadOnlyDictionary<string, CellResult> Results, bool Succeeded, TimeSpan Start);
