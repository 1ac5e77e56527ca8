namespace Rnn.Runner.Notebook;

/// <summary>A file that is no notebook, or one that the runner cannot run. The message names the file and the place.</summary>
internal sealed class NotebookException(string message) : Exception(message)
{
    /// <summary>Whether there is a notebook, though one that is damaged or not for this runner.</summary>
    public required bool IsNotebook { get; init; }
}
