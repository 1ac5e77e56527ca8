using Microsoft.DotNet.Interactive.Formatting;

namespace Rnn.Runner.Kernel;

/// <summary>
/// Collects what one cell shows, in order, while it runs; also from the cell's own threads. Each piece is told at once.
/// </summary>
internal sealed class CellOutput(Action<KernelMessage> tell)
{
    private readonly List<JsonObject> outputs = [];
    private readonly StringBuilder streamText = new();
    private string? streamName;
    private bool closed;

    /// <summary>
    /// That of the running cell; null between cells. Not tied to a thread, so that what a cell's tasks and threads show is
    /// the cell's too, as in the kernel.
    /// </summary>
    public static CellOutput? Current { get; set; }

    public void Write(string stream, string text)
    {
        if (text.Length == 0)
            return;
        lock (outputs)
        {
            if (closed)
                return;
            if (streamName != stream)
                EndStream();
            streamName = stream;
            streamText.Append(text);
            tell(new KernelMessage.Printed(stream, text));
        }
    }

    public void Display(DisplayedValue value) => Add(Outputs.Display(Data(value.FormattedValues)));

    public void Result(object? value, int executionCount)
    {
        // A cell that ends in display(x) shows x once, as in Jupyter.
        if (value is DisplayedValue)
            return;
        IReadOnlyList<FormattedValue> formatted = value switch
        {
            FormattedValue one => [one],
            IEnumerable<FormattedValue> many => [.. many],
            _ => FormattedValue.CreateManyFromObject(value),
        };
        Add(Outputs.Result(Data(formatted), executionCount));
    }

    /// <summary>Shows markup that is the runner's own word, not the cell's.</summary>
    public void Html(string html) => Add(Outputs.Display([KeyValuePair.Create("text/html", html)]));

    /// <summary>All outputs; what arrives later is lost, as it is in a notebook that has been saved.</summary>
    public IReadOnlyList<JsonObject> Close()
    {
        lock (outputs)
        {
            EndStream();
            closed = true;
            return outputs;
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Data(IEnumerable<FormattedValue> values) =>
        values.Select(each => KeyValuePair.Create(each.MimeType, UnixLines(each.Value)));

    /// <summary>A committed output must be the same on every system.</summary>
    public static string UnixLines(string text) =>
        Environment.NewLine == "\n" ? text : text.Replace(Environment.NewLine, "\n", StringComparison.Ordinal);

    private void Add(JsonObject output)
    {
        lock (outputs)
        {
            if (closed)
                return;
            EndStream();
            outputs.Add(output);
            tell(new KernelMessage.Shown(output));
        }
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
