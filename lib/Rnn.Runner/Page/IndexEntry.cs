namespace Rnn.Runner.Page;

/// <summary>A notebook of the run, as the index tells of it.</summary>
/// <param name="Notebook">The notebook.</param>
/// <param name="Page">Where its page stands.</param>
/// <param name="Succeeded">Whether it ran to its end.</param>
/// <param name="Time">How long it took.</param>
internal sealed record IndexEntry(NotebookFile Notebook, string Page, bool Succeeded, TimeSpan Time);
