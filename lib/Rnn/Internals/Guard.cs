using System.Diagnostics.CodeAnalysis;
using MathNet.Numerics.LinearAlgebra;

namespace Rnn.Internals;

/// <summary>Refuses bad input with a message that names it, says what was expected and what came.</summary>
/// <remarks>
/// In each: <c>what</c> is what the message calls it, the argument or a part of it such as <c>sequences[3].X</c>;
/// <c>argument</c> is the argument itself, null where that is the same.
/// </remarks>
internal static class Guard
{
    public static string Shape(Matrix<double> matrix) => $"({matrix.RowCount}, {matrix.ColumnCount})";

    public static void NotNull([NotNull] object? value, string what, string? argument = null)
    {
        if (value is null)
            throw new ArgumentNullException(argument ?? what, $"{what} must be given, but is null.");
    }

    public static void AtLeast(int least, int value, string what, string? argument = null)
    {
        if (value < least)
            throw new ArgumentOutOfRangeException(argument ?? what, value, $"{what} must be at least {least}, but is {value}.");
    }

    /// <summary>Rows times columns: more entries than an array can hold are refused before anything is drawn or allocated.</summary>
    public static void FitsArray(int rows, string rowsName, int columns, string columnsName, string? argument = null)
    {
        if ((long)rows * columns > Array.MaxLength)
            throw new ArgumentException($"({rowsName}, {columnsName}) must have at most {Array.MaxLength} entries, but is ({rows}, {columns}).", argument ?? columnsName);
    }

    public static void PositiveAndFinite(double value, string what, string? argument = null)
    {
        if (!(value > 0 && double.IsFinite(value)))
            throw new ArgumentOutOfRangeException(argument ?? what, value, $"{what} must be positive and finite, but is {value}.");
    }

    public static void HasRows([NotNull] Matrix<double>? matrix, string what, string? argument = null)
    {
        NotNull(matrix, what, argument);
        if (matrix.RowCount == 0 || matrix.ColumnCount == 0)
            throw new ArgumentException($"{what} must have at least one row and one column, but is {Shape(matrix)}.", argument ?? what);
    }

    public static void Finite(Matrix<double> matrix, string what, string? argument = null)
    {
        for (int j = 0; j < matrix.ColumnCount; j++)
        {
            for (int i = 0; i < matrix.RowCount; i++)
            {
                if (!double.IsFinite(matrix.At(i, j)))
                    throw new ArgumentException($"{what} must be finite, but {what}[{i}, {j}] is {matrix.At(i, j)}.", argument ?? what);
            }
        }
    }

    public static void Finite(Vector<double> vector, string what, string? argument = null)
    {
        for (int i = 0; i < vector.Count; i++)
        {
            if (!double.IsFinite(vector.At(i)))
                throw new ArgumentException($"{what} must be finite, but {what}[{i}] is {vector.At(i)}.", argument ?? what);
        }
    }

    /// <summary>The values were finite when the weights were made; the matrices may have been changed since.</summary>
    public static void Finite(Weights weights, string what, string? argument = null)
    {
        Finite(weights.Wh, $"{what}.Wh", argument ?? what);
        Finite(weights.Wx, $"{what}.Wx", argument ?? what);
        Finite(weights.Wy, $"{what}.Wy", argument ?? what);
        Finite(weights.Bh, $"{what}.Bh", argument ?? what);
        Finite(weights.By, $"{what}.By", argument ?? what);
    }

    public static void FiniteAndNotNegative(Matrix<double> matrix, string what, string? argument = null)
    {
        Finite(matrix, what, argument);
        for (int j = 0; j < matrix.ColumnCount; j++)
        {
            for (int i = 0; i < matrix.RowCount; i++)
            {
                if (matrix.At(i, j) < 0)
                    throw new ArgumentException($"{what} must not be negative, but {what}[{i}, {j}] is {matrix.At(i, j)}.", argument ?? what);
            }
        }
    }

    public static void Defined(OutputGradient value, string what, string? argument = null)
    {
        if (!Enum.IsDefined(value))
            throw new ArgumentOutOfRangeException(argument ?? what, value, $"{what} must be AsInSource or Exact, but is {value}.");
    }

    /// <summary>What goes in, one row a time step: (T, input), T at least 1, finite.</summary>
    public static void Inputs([NotNull] Matrix<double>? x, int inputDim, string fits, string what, string? argument = null)
    {
        HasRows(x, what, argument);
        HasColumns(x, "input", inputDim, fits, what, argument);
        Finite(x, what, argument);
    }

    /// <summary>What should come out, one row for each of x: (T, output), finite, not negative.</summary>
    public static void Targets([NotNull] Matrix<double>? y, Matrix<double> x, string xName, int outputDim, string fits, string what, string? argument = null)
    {
        PerStep(y, x, xName, "output", outputDim, fits, what, argument);
        FiniteAndNotNegative(y, what, argument);
    }

    /// <summary>One row for each of x, and so many columns.</summary>
    public static void PerStep([NotNull] Matrix<double>? matrix, Matrix<double> x, string xName, string columnsName, int columns, string fits,
                               string what, string? argument = null)
    {
        HasRows(matrix, what, argument);
        HasColumns(matrix, columnsName, columns, fits, what, argument);
        if (matrix.RowCount != x.RowCount)
            throw new ArgumentException($"{what} must have a row for each of the {x.RowCount} time steps of {xName} {Shape(x)}, but is {Shape(matrix)}.", argument ?? what);
    }

    private static void HasColumns(Matrix<double> matrix, string columnsName, int columns, string fits, string what, string? argument)
    {
        if (matrix.ColumnCount != columns)
            throw new ArgumentException($"{what} must be (T, {columnsName} = {columns}) to fit {fits}, but is {Shape(matrix)}.", argument ?? what);
    }
}
