namespace Rnn.Runner.Kernel;

/// <summary>A cell to run: what goes into a kernel.</summary>
/// <param name="Id">The cell's id in the notebook.</param>
/// <param name="Number">1 for the notebook's first code cell, and so on.</param>
/// <param name="Source">Its C#.</param>
/// <param name="ExecutionCount">The number that its result carries.</param>
internal sealed record CellRequest(string Id, int Number, string Source, int ExecutionCount)
{
    /// <summary>How messages name the cell.</summary>
    public string PlaceIn(string notebook) => $"{notebook}, cell {Number} ({Id})";
}
