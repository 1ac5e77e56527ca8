namespace Rnn.Runner.Kernel;

/// <summary>A cell that did not run to its end. Each message says where and why.</summary>
internal sealed class CellException(string name, IReadOnlyList<string> messages) : Exception(string.Join('\n', messages))
{
    /// <summary>The error's name on the page: the exception's type, or "Error" as Jupyter calls a cell that does not compile.</summary>
    public string Name { get; } = name;

    public IReadOnlyList<string> Messages { get; } = messages;
}
