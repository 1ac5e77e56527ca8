namespace Rnn.Runner.Kernel;

/// <summary>What a cell has told so far, as outputs; each message is passed on.</summary>
internal sealed class Transcript(Action<KernelMessage> tell)
{
    private readonly List<JsonObject> outputs = [];
    private readonly StringBuilder streamText = new();
    private string? streamName;

    public void Add(KernelMessage message)
    {
        if (message is KernelMessage.Printed printed)
        {
            if (streamName != printed.Stream)
                EndStream();
            streamName = printed.Stream;
            streamText.Append(printed.Text);
        }
        else if (message is KernelMessage.Shown shown)
        {
            EndStream();
            outputs.Add(shown.Output);
        }

        tell(message);
    }

    /// <summary>The cell's result.</summary>
    public CellResult Result(CellRequest cell, CellFailure? failure)
    {
        EndStream();
        if (failure is not null)
            outputs.Add(Outputs.Error(failure.Name, string.Join('\n', failure.Messages)));
        return new CellResult(outputs, cell.ExecutionCount) { Failure = failure };
    }

    /// <summary>Jupyter merges what is printed in pieces into one output per stream, until something else is shown.</summary>
    private void EndStream()
    {
        if (streamName is not null)
            outputs.Add(Outputs.Stream(streamName, streamText.ToString()));
        streamName = null;
        streamText.Clear();
    }
}
