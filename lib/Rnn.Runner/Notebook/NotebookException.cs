namespace Rnn.Runner.Notebook;

/// <summary>A file that cannot be read as a notebook, or one that the runner cannot run. The message names file and place.</summary>
internal sealed class NotebookException(string message) : Exception(message);
