namespace Rnn.Runner.Page;

/// <summary>A heading of the notebook and the id of its anchor.</summary>
internal sealed record Heading(int Level, string Text, string Id);
