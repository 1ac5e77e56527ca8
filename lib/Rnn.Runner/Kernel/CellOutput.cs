using Microsoft.DotNet.Interactive.Formatting;

namespace Rnn.Runner.Kernel;

/// <summary>
/// What one cell prints and shows, told in order while it runs, also from the cell's own threads; no more of it than a cell may.
/// </summary>
internal sealed class CellOutput(CellLimits limits, Action<KernelMessage> tell)
{
    private readonly Lock gate = new();
    private long room = limits.Megabytes * 1_000_000L;
    private (string Stream, string Text) half = ("", "");
    private bool closed;

    /// <summary>
    /// That of the running cell; null between cells. Not tied to a thread, so that what a cell's tasks and threads show is
    /// the cell's too, as in the kernel.
    /// </summary>
    public static CellOutput? Current { get; set; }

    /// <summary>Whether the cell has told more than it may.</summary>
    public bool HasOverflowed => room < 0;

    public void Write(string stream, string text)
    {
        if (text.Length == 0)
            return;
        lock (gate)
        {
            // A pair of surrogates that is printed in two pieces is told in one, since a half cannot be passed on.
            if (half.Stream != stream)
                EndHalf();
            string whole = half.Text + text;
            half = char.IsHighSurrogate(whole[^1]) ? (stream, whole[^1..]) : ("", "");
            whole = whole[..^half.Text.Length];
            if (whole.Length > 0)
                Tell(new KernelMessage.Printed(stream, whole), whole.Length);
        }
    }

    public void Display(DisplayedValue value) => Show(Outputs.Display(Data(value.FormattedValues)), value.FormattedValues);

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
        Show(Outputs.Result(Data(formatted), executionCount), formatted);
    }

    /// <summary>Shows markup that is the runner's own word, not the cell's.</summary>
    public void Html(string html) => Show(Outputs.Display([KeyValuePair.Create("text/html", html)]), []);

    /// <summary>What arrives later is lost, as it is in a notebook that has been saved.</summary>
    public void Close()
    {
        lock (gate)
        {
            EndHalf();
            closed = true;
        }
    }

    /// <summary>A committed output must be the same on every system.</summary>
    public static string UnixLines(string text) =>
        Environment.NewLine == "\n" ? text : text.Replace(Environment.NewLine, "\n", StringComparison.Ordinal);

    private static IEnumerable<KeyValuePair<string, string>> Data(IEnumerable<FormattedValue> values) =>
        values.Select(each => KeyValuePair.Create(each.MimeType, UnixLines(each.Value)));

    /// <summary>A half whose other half never came is told as the sign for that.</summary>
    private void EndHalf()
    {
        if (half.Text.Length > 0)
            Tell(new KernelMessage.Printed(half.Stream, "\ufffd"), 1);
        half = ("", "");
    }

    private void Show(JsonObject output, IEnumerable<FormattedValue> values)
    {
        lock (gate)
        {
            EndHalf();
            Tell(new KernelMessage.Shown(output), values.Sum(each => (long)each.Value.Length));
        }
    }

    private void Tell(KernelMessage message, long size)
    {
        if (closed)
            return;
        room -= size;
        if (!HasOverflowed)
        {
            tell(message);
            return;
        }

        closed = true;
        tell(new KernelMessage.Overflowed());
        // An endless loop ends here, unless it catches this; then the process is ended.
        throw new IOException("The cell prints and shows more than it may.");
    }
}
