using System.Globalization;
using MathNet.Numerics.LinearAlgebra;

namespace Rnn.Display;

public static partial class Charts
{
    // More than anyone reads; a heat map shows larger matrices.
    private const int MostRows = 100, MostColumns = 30;

    /// <summary>
    /// A matrix as a table, its numbers aligned at the decimal point. Of a large one, the first 100 rows and 30 columns.
    /// </summary>
    /// <param name="values">At least one row and one column; NaN and infinities are shown as such.</param>
    /// <param name="title">The caption; null: none.</param>
    /// <param name="rowLabels">One for each row; null: counted from 0.</param>
    /// <param name="columnLabels">One for each column; null: counted from 0.</param>
    /// <param name="rows">What a row is, such as "time step".</param>
    /// <param name="columns">What a column is, such as "hidden unit".</param>
    /// <param name="format">
    /// A .NET format for numbers, such as "F4" or "E2". Null: as many decimals for all numbers as give the largest six significant digits.
    /// </param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="values"/>, <paramref name="rows"/> or <paramref name="columns"/> is null.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// The matrix or a name is empty, there are more or fewer labels than rows or columns, or <paramref name="format"/> is no
    /// format for numbers.
    /// </exception>
    public static Table Table(
        Matrix<double> values, string? title = null, IReadOnlyList<string>? rowLabels = null, IReadOnlyList<string>? columnLabels = null,
        string rows = "row", string columns = "column", string? format = null)
    {
        double[][] numbers = Guard.Rows(values, nameof(values));
        string[]? rowTexts = Guard.Labels(rowLabels, nameof(rowLabels), values.RowCount, $"{nameof(values)} has rows");
        string[]? columnTexts = Guard.Labels(columnLabels, nameof(columnLabels), values.ColumnCount, $"{nameof(values)} has columns");
        Guard.Text(rows, nameof(rows));
        Guard.Text(columns, nameof(columns));
        Guard.NumberFormat(format, nameof(format));

        return Grid(numbers, title, rowTexts, columnTexts, rows, columns, format);
    }

    /// <summary>
    /// A vector as a table of one row: biases, one hidden state, one distribution. Of a long one, the first 30 entries.
    /// </summary>
    /// <param name="values">At least one entry; NaN and infinities are shown as such.</param>
    /// <param name="title">The caption; null: none.</param>
    /// <param name="labels">One for each entry; null: counted from 0.</param>
    /// <param name="entries">What an entry is, such as "hidden unit".</param>
    /// <param name="name">What the numbers are, such as "bh".</param>
    /// <param name="format">A .NET format for numbers, such as "F4" or "E2". Null: as for a matrix.</param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="values"/>, <paramref name="entries"/> or <paramref name="name"/> is null.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// The vector or a name is empty, there are more or fewer labels than entries, or <paramref name="format"/> is no format
    /// for numbers.
    /// </exception>
    public static Table Table(
        Vector<double> values, string? title = null, IReadOnlyList<string>? labels = null, string entries = "entry", string name = "value",
        string? format = null)
    {
        Guard.NotNull(values, nameof(values));
        Guard.NotEmpty(values.Count, nameof(values), nameof(values));
        string[]? texts = Guard.Labels(labels, nameof(labels), values.Count, nameof(values));
        Guard.Text(entries, nameof(entries));
        Guard.Text(name, nameof(name));
        Guard.NumberFormat(format, nameof(format));
        return Grid([values.ToArray()], title, [name], texts, "", entries, format);
    }

    /// <summary>A small table of texts and numbers, a column of numbers aligned at the decimal point.</summary>
    /// <param name="columnLabels">At least one.</param>
    /// <param name="rows">
    /// The cells: texts, numbers (integers are shown in full, others as in a table of a matrix, column by column), or anything
    /// with a sensible <c>ToString()</c>. Texts in the first column are the rows' labels.
    /// </param>
    /// <param name="title">The caption; null: none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="columnLabels"/> or <paramref name="rows"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// There is no column or no row, a row's length is not the number of columns, or a label, row or cell is null.
    /// </exception>
    public static Table Table(IReadOnlyList<string> columnLabels, IReadOnlyList<IReadOnlyList<object>> rows, string? title = null)
    {
        Guard.NotNull(columnLabels, nameof(columnLabels));
        Guard.NotEmpty(columnLabels.Count, nameof(columnLabels), nameof(columnLabels));
        string[] header = Guard.Labels(columnLabels, nameof(columnLabels), columnLabels.Count, nameof(columnLabels))!;
        Guard.NotNull(rows, nameof(rows));
        Guard.NotEmpty(rows.Count, nameof(rows), nameof(rows));
        for (int i = 0; i < rows.Count; i++)
        {
            Guard.NotNull(rows[i], $"{nameof(rows)}[{i}]", nameof(rows));
            Guard.SameCount(rows[i].Count, $"{nameof(rows)}[{i}]", header.Length, nameof(columnLabels), nameof(rows));
            for (int j = 0; j < header.Length; j++)
                Guard.NotNull(rows[i][j], $"{nameof(rows)}[{i}][{j}]", nameof(rows));
        }

        var cells = rows.Select(_ => new string[header.Length]).ToArray();
        var isText = new bool[header.Length];
        for (int j = 0; j < header.Length; j++)
        {
            object[] column = [.. rows.Select(row => row[j])];
            isText[j] = !column.All(cell => IsInteger(cell) || IsFraction(cell));
            string[] texts = !isText[j] && column.Any(IsFraction)
                ? Display.Table.Align([.. column.Select(cell => Convert.ToDouble(cell, CultureInfo.InvariantCulture))], null)
                : [.. column.Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "")];
            for (int i = 0; i < texts.Length; i++)
                cells[i][j] = texts[i];
        }
        return new Table(title, null, header, cells, isText);

        static bool IsInteger(object cell) => cell is int or long or short or byte or uint or ulong or ushort or sbyte;
        static bool IsFraction(object cell) => cell is double or float or decimal;
    }

    private static Table Grid(
        double[][] numbers, string? title, string[]? rowLabels, string[]? columnLabels, string rows, string columns, string? format)
    {
        int height = Math.Min(numbers.Length, MostRows), width = Math.Min(numbers[0].Length, MostColumns);
        string? note = height < numbers.Length || width < numbers[0].Length
            ? $"The first {height} of {numbers.Length} rows and {width} of {numbers[0].Length} columns."
            : null;
        // All together: a table has one scale.
        string[] cells = Display.Table.Align([.. numbers.Take(height).SelectMany(row => row.Take(width))], format);
        return new Table(
            title, columns,
            [rows, .. Enumerable.Range(0, width).Select(j => Label(columnLabels, j))],
            [.. Enumerable.Range(0, height).Select(i => (string[])[Label(rowLabels, i), .. cells.AsSpan(i * width, width)])],
            [true, .. Enumerable.Repeat(false, width)],
            note);
    }

    private static string Label(string[]? labels, int i) => labels?[i] ?? i.ToString(CultureInfo.InvariantCulture);
}
