namespace Rnn.Browser.Tests;

/// <summary>Runs nothing: each cell comes out as it was committed.</summary>
internal sealed class CommittedOutputs(NotebookFile notebook) : IKernel
{
    public CellResult Run(CellRequest cell, Action<KernelMessage> tell)
    {
        Cell committed = notebook.CodeCells.Single(each => each.Id == cell.Id);
        return new(committed.Outputs, committed.ExecutionCount);
    }

    public void Dispose()
    {
    }
}
