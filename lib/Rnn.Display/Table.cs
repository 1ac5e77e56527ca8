namespace Rnn.Display;

/// <summary>
/// A small table that shows itself: as an HTML table in a notebook or a page, as aligned text where there is only text.
/// Made by <see cref="Charts"/>.
/// </summary>
/// <remarks>Its colours are the surroundings' own, so it is readable in light and dark editors.</remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class Table : IShowsAsHtml
{
    internal Table() { }

    /// <summary>The caption.</summary>
    internal string? Title { get; init; }

    /// <summary>What the columns are, above their labels; null: nothing stands there.</summary>
    internal string? ColumnAxis { get; init; }

    /// <summary>Labels of all columns, that of the row labels included.</summary>
    internal string[] Header { get; init; } = [];

    /// <summary>The cells, row labels first, as they are to be printed.</summary>
    internal string[][] Rows { get; init; } = [];

    /// <summary>For each column, whether it holds text, to the left, or numbers, to the right.</summary>
    internal bool[] IsText { get; init; } = [];

    /// <summary>What was left out.</summary>
    internal string? Note { get; init; }

    /// <summary>The table as a piece of HTML, with a caption, and with headers for its rows and columns.</summary>
    public string ToHtml() => VersoTerminal.Text(this) ?? ToMarkup();

    private string ToMarkup()
    {
        string caption = Title is null ? "" : $"<caption>{Html.Escape(Title)}</caption>\n";
        string axis = ColumnAxis is null ? ""
            : $"<tr><td></td><th scope=\"colgroup\" colspan=\"{Header.Length - 1}\">{Html.Escape(ColumnAxis)}</th></tr>\n";
        string header = string.Concat(Header.Select((label, j) => Cell("th", " scope=\"col\"", label, j)));
        // Text in the first column says what the row is.
        string body = string.Concat(Rows.Select(row => $"<tr>{string.Concat(row.Select((text, j) =>
            j == 0 && IsText[0] ? Cell("th", " scope=\"row\"", text, j) : Cell("td", "", text, j)))}</tr>\n"));
        string note = Note is null ? "" : $"<p>{Html.Escape(Note)}</p>\n";
        // A wide table scrolls by itself, and with the keyboard too.
        return
            $"<div class=\"rnn-table\" tabindex=\"0\" role=\"group\" aria-label=\"{Html.Escape(Title ?? "table")}\">\n" +
            $"<style>{Scripts.Table}</style>\n<table>\n{caption}<thead>\n{axis}<tr>{header}</tr>\n</thead>\n" +
            $"<tbody>\n{body}</tbody>\n</table>\n{note}</div>\n";

        string Cell(string element, string scope, string text, int column) =>
            $"<{element}{scope}{(IsText[column] ? " class=\"rnn-text\"" : "")}>{Html.Escape(text)}</{element}>";
    }

    /// <summary>The table as text, in columns.</summary>
    public override string ToString()
    {
        int[] widths = [.. Header.Select((label, j) => Rows.Select(row => row[j].Length).Append(label.Length).Max())];
        string? axis = ColumnAxis is null ? null : new string(' ', widths[0] + 2) + ColumnAxis;
        string?[] lines = [Title, axis, Line(Header), .. Rows.Select(Line), Note];
        return string.Join('\n', lines.Where(line => line is not null));

        string Line(string[] cells) => string.Join("  ", cells.Select(Padded)).TrimEnd();

        string Padded(string cell, int j) => IsText[j] ? cell.PadRight(widths[j]) : cell.PadLeft(widths[j]);
    }

    /// <summary>
    /// Numbers as they stand below each other: all with as many decimals as give the largest six significant digits, or all in
    /// scientific notation where that would be too long; with a format of the caller's, filled up behind the decimal point.
    /// </summary>
    internal static string[] Align(IReadOnlyList<double> values, string? format)
    {
        format ??= Common(values);
        string[] texts = [.. values.Select(value => value.ToString(format, CultureInfo.InvariantCulture))];
        int[] tails = [.. texts.Select((text, i) => !double.IsFinite(values[i]) ? 0 : text.Length - Point(text))];
        int longest = tails.Max();
        return [.. texts.Select((text, i) => text + new string(' ', longest - tails[i]))];

        static int Point(string text) => text.IndexOfAny(['.', 'E', 'e', '%']) is int point and >= 0 ? point : text.Length;
    }

    private static string Common(IReadOnlyList<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        double largest = finite.Select(Math.Abs).Append(0).Max();
        if (finite.All(value => value == Math.Truncate(value)) && largest < 1e15)
            return "F0";
        if (largest is >= 1e7 or < 1e-4)
            return "0.00000E+00";
        int decimals = Math.Clamp(5 - (int)Math.Floor(Math.Log10(largest)), 0, 9);
        // 0.2, 0.5 and 0.3 need one decimal, not six.
        while (decimals > 1 && finite.All(value => value.ToString($"F{decimals}", CultureInfo.InvariantCulture).EndsWith('0')))
            decimals--;
        return $"F{decimals}";
    }
}
