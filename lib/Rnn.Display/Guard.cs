using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MathNet.Numerics.LinearAlgebra;

namespace Rnn.Display;

/// <summary>Refuses bad input with a message that names it, says what was expected and what came.</summary>
internal static class Guard
{
    public static void NotNull([NotNull] object? value, string name) => NotNull(value, name, name);

    /// <param name="value">What must be there.</param>
    /// <param name="what">What the message calls it: the argument, or a part of it such as <c>curves["mean"]</c>.</param>
    /// <param name="name">The argument itself.</param>
    public static void NotNull([NotNull] object? value, string what, string name)
    {
        if (value is null)
            throw new ArgumentNullException(name, $"{what} must be given, but is null.");
    }

    /// <summary>A chart without a title or an axis name says nothing.</summary>
    public static void Text([NotNull] string? text, string name)
    {
        NotNull(text, name);
        if (string.IsNullOrWhiteSpace(text))
            throw new ArgumentException($"{name} must be a text, but is empty.", name);
    }

    public static void NotEmpty(int count, string what, string name)
    {
        if (count == 0)
            throw new ArgumentException($"{what} must have at least one entry, but is empty.", name);
    }

    public static void SameCount(int count, string what, int expected, string expectedWhat, string name)
    {
        if (count != expected)
            throw new ArgumentException($"{what} must have as many entries as {expectedWhat} ({expected}), but has {count}.", name);
    }

    public static double[][] Rows(Matrix<double> matrix, string name)
    {
        NotNull(matrix, name);
        if (matrix.RowCount == 0 || matrix.ColumnCount == 0)
            throw new ArgumentException($"{name} must have at least one row and one column, but is ({matrix.RowCount}, {matrix.ColumnCount}).", name);
        return matrix.ToRowArrays();
    }

    public static void Finite(IReadOnlyList<double> values, string what, string name)
    {
        for (int i = 0; i < values.Count; i++)
        {
            if (!double.IsFinite(values[i]))
                throw new ArgumentException($"{what} must be finite to be drawn, but {what}[{i}] is {Html.Exact(values[i])}.", name);
        }
    }

    public static void Finite(double[][] rows, string name)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < rows[i].Length; j++)
            {
                if (!double.IsFinite(rows[i][j]))
                    throw new ArgumentException($"{name} must be finite to be drawn, but {name}[{i}, {j}] is {Html.Exact(rows[i][j])}.", name);
            }
        }
    }

    public static void Positive(IReadOnlyList<double> values, string what, string name)
    {
        for (int i = 0; i < values.Count; i++)
        {
            if (!(values[i] > 0))
                throw new ArgumentException($"{what} must be positive on a logarithmic axis, but {what}[{i}] is {Html.Exact(values[i])}.", name);
        }
    }

    /// <summary>Copies labels; null stays null.</summary>
    public static string[]? Labels(IReadOnlyList<string>? labels, string name, int expected, string expectedWhat)
    {
        if (labels is null)
            return null;
        SameCount(labels.Count, name, expected, expectedWhat, name);
        for (int i = 0; i < labels.Count; i++)
        {
            if (labels[i] is null)
                throw new ArgumentException($"{name} must hold texts, but {name}[{i}] is null.", name);
        }
        return [.. labels];
    }

    public static void NumberFormat(string? format, string name)
    {
        try
        {
            _ = 1.5.ToString(format, CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            throw new ArgumentException($"{name} must be a .NET format for numbers, such as F4 or E2, but is \"{format}\".", name);
        }
    }
}
