using System.Diagnostics.CodeAnalysis;
using MathNet.Numerics.LinearAlgebra.Double;

namespace Rnn.Internals;

/// <summary>Refuses bad input with a message that names it and says what was expected and what it is.</summary>
/// <remarks>
/// In each, <c>what</c> is the value as the caller wrote it, such as <c>x</c>, <c>forward.H</c> or <c>sequences[i].X</c>, and
/// <c>i</c> is the index in it; the argument is what comes before the first point or bracket. Names and messages are put together
/// only when a call is refused.
/// </remarks>
internal static class Guard
{
    public static string Shape(Matrix<double> matrix) => $"({matrix.RowCount}, {matrix.ColumnCount})";

    public static void NotNull([NotNull] object? value, int? i = null, [CallerArgumentExpression(nameof(value))] string what = "")
    {
        if (value is null)
            throw new ArgumentNullException(Argument(what), $"{Name(what, i)} must be given, but is null.");
    }

    public static T AtLeast<T>(T least, T value, [CallerArgumentExpression(nameof(value))] string what = "")
        where T : struct, IComparable<T> =>
        value.CompareTo(least) >= 0 ? value : throw OutOfRange(value, $"must be at least {least}", what);

    public static void PositiveAndFinite(double value, [CallerArgumentExpression(nameof(value))] string what = "")
    {
        if (!(value > 0 && double.IsFinite(value)))
            throw OutOfRange(value, "must be positive and finite", what);
    }

    public static void Defined(OutputGradient value, [CallerArgumentExpression(nameof(value))] string what = "")
    {
        if (!Enum.IsDefined(value))
            throw OutOfRange(value, "must be AsInSource or Exact", what);
    }

    /// <summary>
    /// Rows times columns: more entries than an array can hold are refused before anything is drawn or allocated.
    /// </summary>
    public static void FitsArray(
        int rows, int columns, [CallerArgumentExpression(nameof(rows))] string rowsName = "",
        [CallerArgumentExpression(nameof(columns))] string columnsName = "")
    {
        if ((long)rows * columns > Array.MaxLength)
            throw Refusal(
                rows > columns ? rowsName : columnsName,
                $"({rowsName}, {columnsName}) must have at most {Array.MaxLength} entries, but is ({rows}, {columns}).");
    }

    /// <summary>
    /// What the kernels allocate for a network over so many steps: a block that an array cannot hold is refused before any is
    /// allocated.
    /// </summary>
    public static void FitsBlocks(
        int steps, int input, int hidden, int output, [CallerArgumentExpression(nameof(steps))] string stepsName = "",
        [CallerArgumentExpression(nameof(hidden))] string hiddenName = "")
    {
        long weights = PaddedMatrix.Size(Math.Max(hidden, Math.Max(input, output)), hidden);
        weights = Math.Max(weights, PaddedMatrix.Size(hidden, output));
        string network = $"for {input} inputs, {hidden} hidden units and {output} outputs";
        FitsBlock(weights, hiddenName, $"weights {network}");
        long units = Math.Max(PaddedMatrix.Size(steps, hidden), PaddedMatrix.Size(Math.Max(input, output), steps));
        FitsBlock(Math.Max(units, PaddedMatrix.Size(steps, output)), stepsName, $"{steps} time steps {network}");
    }

    /// <summary>Entries with the padding of their rows.</summary>
    public static void FitsBlock(long entries, string what, string contents)
    {
        if (entries > Array.MaxLength)
            throw Refusal(
                what,
                $"{what} must ask for at most {Array.MaxLength} entries at once, but asks for {entries} "
                + $"({contents}, rows padded to whole vectors).");
    }

    public static void HasRows(
        [NotNull] Matrix<double>? matrix, int? i = null, [CallerArgumentExpression(nameof(matrix))] string what = "")
    {
        NotNull(matrix, i, what);
        if (matrix.RowCount == 0 || matrix.ColumnCount == 0)
            throw Refusal(what, $"{Name(what, i)} must have at least one row and one column, but is {Shape(matrix)}.");
    }

    public static void Finite(
        Matrix<double> matrix, int? i = null, [CallerArgumentExpression(nameof(matrix))] string what = "", string part = "") =>
        Each(matrix, double.MinValue, "be finite", i, what, part);

    public static void FiniteAndNotNegative(
        Matrix<double> matrix, int? i = null, [CallerArgumentExpression(nameof(matrix))] string what = "")
    {
        Finite(matrix, i, what);
        Each(matrix, 0, "not be negative", i, what);
    }

    public static void Finite(
        Vector<double> vector, [CallerArgumentExpression(nameof(vector))] string what = "", string part = "")
    {
        for (int k = 0; k < vector.Count; k++)
        {
            if (!double.IsFinite(vector.At(k)))
                throw Refusal(what, $"{what}{part} must be finite, but {what}{part}[{k}] is {vector.At(k)}.");
        }
    }

    /// <summary>The values were finite when the weights were made; the matrices may have been changed since.</summary>
    public static void Finite(Weights weights, [CallerArgumentExpression(nameof(weights))] string what = "")
    {
        Finite(weights.Wh, null, what, ".Wh");
        Finite(weights.Wx, null, what, ".Wx");
        Finite(weights.Wy, null, what, ".Wy");
        Finite(weights.Bh, what, ".Bh");
        Finite(weights.By, what, ".By");
    }

    /// <summary>What goes in, one row a time step: (T, input), T at least 1, finite.</summary>
    public static void Inputs(
        [NotNull] Matrix<double>? x, int inputDim, Matrix<double> fitted, int? i = null,
        [CallerArgumentExpression(nameof(x))] string what = "", [CallerArgumentExpression(nameof(fitted))] string fits = "")
    {
        HasRows(x, i, what);
        HasColumns(x, "input", inputDim, fitted, i, what, fits);
        Finite(x, i, what);
    }

    /// <summary>What should come out, one row for each of x: (T, output), finite, not negative.</summary>
    public static void Targets(
        [NotNull] Matrix<double>? y, Matrix<double> x, int outputDim, Matrix<double> fitted, int? i = null,
        [CallerArgumentExpression(nameof(y))] string what = "", [CallerArgumentExpression(nameof(x))] string xName = "",
        [CallerArgumentExpression(nameof(fitted))] string fits = "")
    {
        PerStep(y, x, "output", outputDim, fitted, i, what, xName, fits);
        FiniteAndNotNegative(y, i, what);
    }

    /// <summary>One row for each of x, and so many columns.</summary>
    public static void PerStep(
        [NotNull] Matrix<double>? matrix, Matrix<double> x, string columnsName, int columns, Matrix<double> fitted, int? i = null,
        [CallerArgumentExpression(nameof(matrix))] string what = "", [CallerArgumentExpression(nameof(x))] string xName = "",
        [CallerArgumentExpression(nameof(fitted))] string fits = "")
    {
        HasRows(matrix, i, what);
        HasColumns(matrix, columnsName, columns, fitted, i, what, fits);
        if (matrix.RowCount != x.RowCount)
            throw Refusal(
                what,
                $"{Name(what, i)} must have a row for each of the {x.RowCount} time steps of {Name(xName, i)} {Shape(x)}, "
                + $"but is {Shape(matrix)}.");
    }

    public static ArgumentOutOfRangeException OutOfRange(
        object value, string problem, [CallerArgumentExpression(nameof(value))] string what = "") =>
        new(Argument(what), value, $"{what} {problem}, but is {value}.");

    /// <summary>What a pass answers with in place of numbers that are none.</summary>
    public static ArithmeticException Overflow(string pass, string inputs, string results) =>
        new($"The {pass} overflowed: {inputs} have entries so large that {results} are not numbers. Scale them down.");

    private static void HasColumns(
        Matrix<double> matrix, string columnsName, int columns, Matrix<double> fitted, int? i, string what, string fits)
    {
        if (matrix.ColumnCount != columns)
            throw Refusal(
                what,
                $"{Name(what, i)} must be (T, {columnsName} = {columns}) to fit {fits} {Shape(fitted)}, but is {Shape(matrix)}.");
    }

    private static void Each(Matrix<double> matrix, double least, string wanted, int? i, string what, string part = "")
    {
        if (matrix is DenseMatrix dense && !dense.Values.ContainsAnyExceptInRange(least, double.MaxValue))
            return;

        foreach ((int row, int column, double value) in matrix.EnumerateIndexed())
        {
            if (value >= least && value <= double.MaxValue)
                continue;
            string name = Name(what, i) + part;
            throw Refusal(what, $"{name} must {wanted}, but {name}[{row}, {column}] is {value}.");
        }
    }

    private static string Name(string what, int? i) => i is null ? what : what.Replace("[i]", $"[{i}]", StringComparison.Ordinal);

    private static string Argument(string what) => what.Split('.', '[')[0];

    private static ArgumentException Refusal(string what, string message) => new(message, Argument(what));
}
