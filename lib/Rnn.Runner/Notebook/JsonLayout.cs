namespace Rnn.Runner.Notebook;

/// <summary>How a notebook's JSON is laid out where outputs are written into it.</summary>
/// <param name="NewLine">The line end, or null when everything stands on one line.</param>
/// <param name="Indent">What the line of the "outputs" key begins with.</param>
/// <param name="Unit">One step of indentation.</param>
/// <param name="Separator">What stands between a key and its value.</param>
internal sealed record JsonLayout(string? NewLine, string Indent, string Unit, string Separator);
