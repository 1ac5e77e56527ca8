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
    /// <param name="rowAxis">What a row is, such as "time step".</param>
    /// <param name="columnAxis">What a column is, such as "hidden unit".</param>
    /// <param name="rowLabels">One for each row; null: counted from 0.</param>
    /// <param name="columnLabels">One for each column; null: counted from 0.</param>
    /// <param name="format">
    /// A .NET format for numbers, such as "F4" or "E2". Null: as many decimals for all numbers as give the largest six
    /// significant digits.
    /// </param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="values"/>, <paramref name="rowAxis"/> or <paramref name="columnAxis"/> is null.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// The matrix or a name is empty, there are more or fewer labels than rows or columns, or <paramref name="format"/> is no
    /// format for numbers.
    /// </exception>
    public static Table Table(
        Matrix<double> values, string? title = null, string rowAxis = "row", string columnAxis = "column",
        IReadOnlyList<string>? rowLabels = null, IReadOnlyList<string>? columnLabels = null, string? format = null)
    {
        double[][] numbers = Guard.Rows(values, finite: false);
        Guard.Text(rowAxis);
        Guard.Text(columnAxis);
        string[]? rowTexts = Guard.Labels(rowLabels, values.RowCount, $"{nameof(values)} has rows");
        string[]? columnTexts = Guard.Labels(columnLabels, values.ColumnCount, $"{nameof(values)} has columns");
        Guard.NumberFormat(format);
        return Grid(numbers, title, rowAxis, columnAxis, rowTexts, columnTexts, format);
    }

    /// <summary>
    /// A vector as a table of one row: biases, one hidden state, one distribution. Of a long one, the first 30 entries.
    /// </summary>
    /// <param name="values">At least one entry; NaN and infinities are shown as such.</param>
    /// <param name="title">The caption; null: none.</param>
    /// <param name="axis">What an entry is, such as "hidden unit".</param>
    /// <param name="name">What the numbers are, such as "bh".</param>
    /// <param name="labels">One for each entry; null: counted from 0.</param>
    /// <param name="format">A .NET format for numbers, such as "F4" or "E2". Null: as for a matrix.</param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="values"/>, <paramref name="axis"/> or <paramref name="name"/> is null.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// The vector or a name is empty, there are more or fewer labels than entries, or <paramref name="format"/> is no format
    /// for numbers.
    /// </exception>
    public static Table Table(
        Vector<double> values, string? title = null, string axis = "entry", string name = "value",
        IReadOnlyList<string>? labels = null, string? format = null)
    {
        double[] numbers = Guard.Entries(values);
        Guard.Text(axis);
        Guard.Text(name);
        string[]? texts = Guard.Labels(labels, numbers.Length, nameof(values));
        Guard.NumberFormat(format);
        return Grid([numbers], title, "", axis, [name], texts, format);
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
        string[] header = Guard.Entries(columnLabels);
        object[][] cells = [.. Guard.Entries(rows)
            .Select((row, i) => Guard.Entries(row, header.Length, nameof(columnLabels), key: i, name: nameof(rows)))];
        (string[] Texts, bool IsText)[] columns = [.. header.Select((_, j) => Column([.. cells.Select(row => row[j])]))];
        return new Table
        {
            Title = title,
            Header = header,
            Rows = [.. cells.Select((_, i) => columns.Select(column => column.Texts[i]).ToArray())],
            IsText = [.. columns.Select(column => column.IsText)],
        };
    }

    private static (string[] Texts, bool IsText) Column(object[] cells)
    {
        bool isText = !cells.All(cell => IsInteger(cell) || IsFraction(cell));
        return !isText && cells.Any(IsFraction)
            ? (Display.Table.Align([.. cells.Select(cell => Convert.ToDouble(cell, CultureInfo.InvariantCulture))], null), false)
            : ([.. cells.Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "")], isText);

        static bool IsInteger(object cell) => cell is int or long or short or byte or uint or ulong or ushort or sbyte;
        static bool IsFraction(object cell) => cell is double or float or decimal;
    }

    private static Table Grid(
        double[][] numbers, string? title, string rowAxis, string columnAxis, string[]? rowLabels, string[]? columnLabels,
        string? format)
    {
        int height = Math.Min(numbers.Length, MostRows), width = Math.Min(numbers[0].Length, MostColumns);
        // All together: a table has one scale.
        string[] cells = Display.Table.Align([.. numbers.Take(height).SelectMany(row => row.Take(width))], format);
        return new Table
        {
            Title = title,
            ColumnAxis = columnAxis,
            Header = [rowAxis, .. Enumerable.Range(0, width).Select(j => Label(columnLabels, j))],
            Rows = [.. cells.Chunk(width).Select((row, i) => (string[])[Label(rowLabels, i), .. row])],
            IsText = [true, .. Enumerable.Repeat(false, width)],
            Note = height == numbers.Length && width == numbers[0].Length ? null
                : $"The first {height} of {numbers.Length} rows and {width} of {numbers[0].Length} columns.",
        };

        static string Label(string[]? labels, int i) => labels?[i] ?? i.ToString(CultureInfo.InvariantCulture);
    }
}
