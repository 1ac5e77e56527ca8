namespace Rnn.Runner.Kernel;

/// <summary>Ends a cell; the session catches it and answers with what it carries.</summary>
internal sealed class CellException(CellFailure failure) : Exception(string.Join('\n', failure.Messages))
{
    public CellException(string message) : this(new CellFailure("Error", [message]))
    {
    }

    public CellFailure Failure { get; } = failure;
}
