namespace Rnn.Runner.Kernel;

/// <summary>Ends a cell; the session catches it and answers with what it carries.</summary>
internal sealed class CellException(CellFailure failure) : Exception(string.Join('\n', failure.Messages))
{
    public CellException(string message, bool isSetUp = false) : this(new CellFailure("Error", [message], isSetUp)) { }

    public CellFailure Failure { get; } = failure;
}
