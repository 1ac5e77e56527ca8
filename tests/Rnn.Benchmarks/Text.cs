namespace Rnn.Benchmarks;

/// <summary>How the figures look; the report is Markdown.</summary>
internal static class Text
{
    /// <summary>Three digits or more; infinity is the time of who is not there.</summary>
    public static string Time(double seconds) =>
        !double.IsFinite(seconds) ? "not installed"
        : seconds < 1e-3 ? Invariant($"{seconds * 1e6:0.00} µs")
        : seconds < 1 ? Invariant($"{seconds * 1e3:0.00} ms")
        : Invariant($"{seconds:0.00} s");

    /// <summary>One thing measured by another.</summary>
    public static string Ratio(double ratio) => double.IsFinite(ratio) ? Invariant($"{ratio:0.00}") : "–";

    /// <summary>A part in hundred.</summary>
    public static string Percent(double part) => double.IsFinite(part) ? Invariant($"{100 * part:0} %") : "–";

    /// <summary>A number so small that only its magnitude counts.</summary>
    public static string Magnitude(double? number) => number is { } there ? Invariant($"{there:0.0E+0}") : "–";

    /// <summary>A table below a line that says what it shows.</summary>
    public static void Table(string title, string[] headings, IEnumerable<string[]> rows)
    {
        Console.WriteLine(title);
        Console.WriteLine();
        Console.WriteLine(Row(headings));
        Console.WriteLine(Row(["---", .. Enumerable.Repeat("--:", headings.Length - 1)]));
        foreach (string[] row in rows)
            Console.WriteLine(Row(row));
        Console.WriteLine();
    }

    /// <summary>Text that is the same everywhere.</summary>
    public static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
