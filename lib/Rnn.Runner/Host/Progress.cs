using System.Diagnostics;

namespace Rnn.Runner.Host;

/// <summary>
/// Tells on the console how a run goes: one plain line per cell, then what the cell prints, as it comes. Plain lines, so
/// that a log file reads like the screen.
/// </summary>
internal sealed partial class Progress(TextWriter output, TextWriter error)
{
    private readonly Lock gate = new();
    private readonly Stopwatch elapsed = Stopwatch.StartNew();
    private bool midLine;
    private bool warnedOfStderr;

    /// <summary>Whether a failure comes with its trace.</summary>
    public bool IsVerbose { get; set; }

    public TimeSpan Elapsed => elapsed.Elapsed;

    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";

    /// <summary>How long ago something was, on the clock of <see cref="Elapsed"/>.</summary>
    public string Since(TimeSpan start) => Seconds(Elapsed - start);

    public void Cell(NotebookFile notebook, Cell cell)
    {
        warnedOfStderr = false;
        int total = notebook.CodeCells.Count();
        Line($"[{$"{cell.Number}".PadLeft($"{total}".Length)}/{total}, {Seconds(Elapsed)}] {Title(notebook, cell)}");
    }

    /// <summary>A piece of what the cell prints.</summary>
    public void Stream(string stream, string text)
    {
        lock (gate)
        {
            if (stream == "stderr" && !warnedOfStderr)
            {
                warnedOfStderr = true;
                Error("warning: the cell writes to Console.Error, which notebooks show in red");
            }

            (stream == "stderr" ? error : output).Write(text);
            midLine = !text.EndsWith('\n');
        }
    }

    /// <summary>A value that the cell shows. The console has room for plain ones; the page shows the others.</summary>
    public void Shown(JsonObject value)
    {
        foreach ((string mime, string text) in Outputs.DataOf(value).Take(1))
        {
            if (mime == "text/plain")
                Line(text.TrimEnd('\n'));
            else if (PlainValue.Match(text) is { Success: true } match)
                Line(WebUtility.HtmlDecode(match.Groups[1].Value));
            else
                Line($"({mime}, {Math.Max(1, text.Length / 1000)} kB)");
        }
    }

    public void Line(string text) => WriteLine(output, text);

    public void Error(string text) => WriteLine(error, text);

    /// <summary>Something went wrong that nobody foresaw: in one line, where it was and what to do.</summary>
    public void Failure(string place, Exception exception)
    {
        string message = exception.Message.ReplaceLineEndings(" ");
        Error(IsVerbose ? $"{place}: {exception}"
            : $"{place}: {exception.GetType().Name}: {message} Nobody foresaw this; '--verbose' shows where it comes from.");
    }

    private void WriteLine(TextWriter to, string text)
    {
        lock (gate)
        {
            if (midLine)
                output.WriteLine();
            midLine = false;
            to.WriteLine(text);
        }
    }

    /// <summary>The cell's first line where that is a comment, else the heading above it, else its first line of code.</summary>
    private static string Title(NotebookFile notebook, Cell cell)
    {
        string firstLine = cell.Source.Trim().Split('\n')[0].Trim();
        string? heading = notebook.Cells.TakeWhile(each => each != cell).Where(each => each.Type == "markdown")
            .SelectMany(each => HeadingLine.Matches(each.Source)).LastOrDefault()?.Groups[1].Value.Trim();
        bool isComment = firstLine.StartsWith("//", StringComparison.Ordinal);
        string title = isComment ? firstLine.TrimStart('/', ' ') : heading ?? firstLine;
        return title.Length <= 80 ? title : title[..79] + "…";
    }

    [GeneratedRegex(@"^#{1,6} +(.*?)#*[ \t\r]*$", RegexOptions.Multiline)] private static partial Regex HeadingLine { get; }

    [GeneratedRegex("^<div class=\"dni-plaintext\"><pre>(.*?)</pre></div>", RegexOptions.Singleline)]
    private static partial Regex PlainValue { get; }
}
