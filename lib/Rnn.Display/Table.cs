using System.Globalization;
using System.Text;

namespace Rnn.Display;

/// <summary>
/// A small table that shows itself: as an HTML table in a notebook or a page, as aligned text where there is only text.
/// Made by <see cref="Charts"/>.
/// </summary>
/// <remarks>Its colours are the surroundings' own, so it is readable in light and dark editors.</remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class Table : IShowsAsHtml
{
    // Scoped by the class; notebooks bring styles of their own for tables, hence the details.
    private const string Style =
        ".rnn-table{overflow-x:auto;max-width:100%;margin:.5em 0}" +
        ".rnn-table table{border-collapse:collapse;background:none;color:inherit;font-size:13px;margin:0}" +
        ".rnn-table caption{caption-side:top;text-align:left;font-weight:600;padding:0 0 .4em;color:inherit}" +
        ".rnn-table th,.rnn-table td{padding:.2em .8em;border:0;background:none;color:inherit;text-align:right;white-space:pre}" +
        ".rnn-table td{font-family:ui-monospace,Consolas,Menlo,'DejaVu Sans Mono',monospace;font-variant-numeric:tabular-nums}" +
        ".rnn-table th{font-weight:600}" +
        ".rnn-table th[scope=colgroup]{text-align:center;font-weight:400;font-style:italic}" +
        ".rnn-table thead tr:last-child th{border-bottom:1px solid currentColor}" +
        ".rnn-table .rnn-text{text-align:left}";

    private readonly string? title;
    private readonly string? columnsName;
    private readonly string[] header;
    private readonly string[][] rows;
    private readonly bool[] isText;
    private readonly string? note;

    /// <param name="title">The caption.</param>
    /// <param name="columnsName">What the columns are, above their labels; null: nothing stands there.</param>
    /// <param name="header">Labels of all columns, that of the row labels included.</param>
    /// <param name="rows">The cells, row labels first, as they are to be printed.</param>
    /// <param name="isText">For each column, whether it holds text, to the left, or numbers, to the right.</param>
    /// <param name="note">What was left out.</param>
    internal Table(string? title, string? columnsName, string[] header, string[][] rows, bool[] isText, string? note = null)
    {
        (this.title, this.columnsName, this.header, this.rows, this.isText, this.note) = (title, columnsName, header, rows, isText, note);
    }

    /// <summary>The table as a piece of HTML, with a caption, and with headers for its rows and columns.</summary>
    public string ToHtml()
    {
        // A wide table scrolls by itself, and with the keyboard too.
        var html = new StringBuilder($"<div class=\"rnn-table\" tabindex=\"0\" role=\"group\" aria-label=\"{Html.Escape(title ?? "table")}\">\n");
        html.Append("<style>").Append(Style).Append("</style>\n<table>\n");
        if (title is not null)
            html.Append($"<caption>{Html.Escape(title)}</caption>\n");
        html.Append("<thead>\n");
        if (columnsName is not null)
            html.Append($"<tr><td></td><th scope=\"colgroup\" colspan=\"{header.Length - 1}\">{Html.Escape(columnsName)}</th></tr>\n");
        html.Append("<tr>");
        for (int j = 0; j < header.Length; j++)
            html.Append($"<th scope=\"col\"{Class(j)}>{Html.Escape(header[j])}</th>");
        html.Append("</tr>\n</thead>\n<tbody>\n");
        foreach (string[] row in rows)
        {
            html.Append("<tr>");
            for (int j = 0; j < row.Length; j++)
            {
                // Text in the first column says what the row is.
                html.Append(j == 0 && isText[0]
                    ? $"<th scope=\"row\"{Class(j)}>{Html.Escape(row[j])}</th>"
                    : $"<td{Class(j)}>{Html.Escape(row[j])}</td>");
            }
            html.Append("</tr>\n");
        }
        html.Append("</tbody>\n</table>\n");
        if (note is not null)
            html.Append($"<p>{Html.Escape(note)}</p>\n");
        return html.Append("</div>\n").ToString();

        string Class(int column) => isText[column] ? " class=\"rnn-text\"" : "";
    }

    /// <summary>The table as text, in columns.</summary>
    public override string ToString()
    {
        int[] widths = [.. header.Select((label, j) => rows.Select(row => row[j].Length).Append(label.Length).Max())];
        var lines = new List<string>();
        if (title is not null)
            lines.Add(title);
        if (columnsName is not null)
            lines.Add(new string(' ', widths[0] + 2) + columnsName);
        lines.Add(Line(header));
        lines.AddRange(rows.Select(Line));
        if (note is not null)
            lines.Add(note);
        return string.Join('\n', lines);

        string Line(string[] cells) =>
            string.Join("  ", cells.Select((cell, j) => isText[j] ? cell.PadRight(widths[j]) : cell.PadLeft(widths[j]))).TrimEnd();
    }

    /// <summary>
    /// Numbers as they stand below each other: all with as many decimals as give the largest six significant digits, or all in
    /// scientific notation where that would be too long; with a format of the caller's, filled up behind the decimal point.
    /// </summary>
    internal static string[] Align(IReadOnlyList<double> values, string? format)
    {
        string[] texts = [.. values.Select(value => value.ToString(format ?? Common(values), CultureInfo.InvariantCulture))];
        int[] tails = [.. texts.Select((text, i) => !double.IsFinite(values[i]) ? 0 : text.Length - Point(text))];
        return [.. texts.Select((text, i) => text + new string(' ', tails.Max() - tails[i]))];

        static int Point(string text) => text.IndexOfAny(['.', 'E', 'e', '%']) is var point and >= 0 ? point : text.Length;
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
