using System.Diagnostics.CodeAnalysis;
using MathNet.Numerics.LinearAlgebra;

namespace Rnn.Internals;

/// <summary>Refuses bad input with a message that names it, says what was expected and what came.</summary>
internal static class Guard
{
    public static string Shape(Matrix<double> matrix) => $"({matrix.RowCount}, {matrix.ColumnCount})";

    public static void NotNull([NotNull] object? value, string name)
    {
        if (value is null)
            throw new ArgumentNullException(name, $"{name} must be given, but is null.");
    }

    public static void AtLeastOne(int value, string name)
    {
        if (value < 1)
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 1, but is {value}.");
    }

    public static void NotNegative(int value, string name)
    {
        if (value < 0)
            throw new ArgumentOutOfRangeException(name, value, $"{name} must not be negative, but is {value}.");
    }

    /// <param name="what">What the message calls it: the argument, or a part of it such as <c>sequences[3].X</c>.</param>
    /// <param name="name">The argument itself; null where it is the same.</param>
    public static void HasRows([NotNull] Matrix<double>? matrix, string what, string? name = null)
    {
        NotNullPart(matrix, what, name);
        if (matrix.RowCount == 0 || matrix.ColumnCount == 0)
            throw new ArgumentException($"{what} must have at least one row and one column, but is {Shape(matrix)}.", name ?? what);
    }

    public static void NotNullPart([NotNull] object? part, string what, string? name = null)
    {
        if (part is null)
            throw new ArgumentNullException(name ?? what, $"{what} must be given, but is null.");
    }

    public static void Finite(Matrix<double> matrix, string what, string? name = null)
    {
        for (int j = 0; j < matrix.ColumnCount; j++)
            for (int i = 0; i < matrix.RowCount; i++)
                if (!double.IsFinite(matrix.At(i, j)))
                    throw new ArgumentException($"{what} must be finite, but {what}[{i}, {j}] is {matrix.At(i, j)}.", name ?? what);
    }

    public static void Finite(Vector<double> vector, string what, string? name = null)
    {
        for (int i = 0; i < vector.Count; i++)
            if (!double.IsFinite(vector.At(i)))
                throw new ArgumentException($"{what} must be finite, but {what}[{i}] is {vector.At(i)}.", name ?? what);
    }

    public static void FiniteNotNegative(Matrix<double> matrix, string what, string? name = null)
    {
        Finite(matrix, what, name);
        for (int j = 0; j < matrix.ColumnCount; j++)
            for (int i = 0; i < matrix.RowCount; i++)
                if (matrix.At(i, j) < 0)
                    throw new ArgumentException($"{what} must not be negative, but {what}[{i}, {j}] is {matrix.At(i, j)}.", name ?? what);
    }

    /// <summary>The values were finite when the weights were made; the matrices may have been changed since.</summary>
    public static void Finite(Weights weights, string what, string? name = null)
    {
        Finite(weights.Wh, $"{what}.Wh", name ?? what);
        Finite(weights.Wx, $"{what}.Wx", name ?? what);
        Finite(weights.Wy, $"{what}.Wy", name ?? what);
        Finite(weights.Bh, $"{what}.Bh", name ?? what);
        Finite(weights.By, $"{what}.By", name ?? what);
    }
}
