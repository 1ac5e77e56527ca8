using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Rnn.Display;

/// <summary>Refuses bad input with a message that names it, says what was expected and what came.</summary>
/// <remarks>
/// The compiler supplies the name: an argument, or a part of one such as <c>result.Losses</c>. Where a part has a key
/// (<c>curves["mean"]</c>, <c>rows[3]</c>), the key comes along, and only a message puts them together.
/// </remarks>
internal static partial class Guard
{
    public static void NotNull(
        [NotNull] object? value, object? key = null, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value is null)
            throw new ArgumentNullException(Argument(name), $"{Part(name, key)} must be given, but is null.");
    }

    /// <summary>A chart without a title or an axis name says nothing.</summary>
    public static void Text([NotNull] string? value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        NotNull(value, name: name);
        if (string.IsNullOrWhiteSpace(value))
            throw new ArgumentException($"{name} must be a text, but is empty.", name);
    }

    /// <summary>Copies entries, of which there is at least one and none is null; enumerates them once.</summary>
    /// <param name="value">The entries.</param>
    /// <param name="count">How many there must be; null: any number.</param>
    /// <param name="countOf">What <paramref name="count"/> was counted on.</param>
    /// <param name="key">Which part of the argument it is.</param>
    /// <param name="name">The argument.</param>
    public static T[] Entries<T>(
        [NotNull] IEnumerable<T>? value, int? count = null, string? countOf = null, object? key = null,
        [CallerArgumentExpression(nameof(value))] string name = "")
    {
        NotNull(value, key, name);
        T[] entries = [.. value];
        if (count is not null && entries.Length != count)
            throw Bad(name, key, $"must have as many entries as {countOf} ({count}), but has {entries.Length}");
        if (entries.Length == 0)
            throw Bad(name, key, "must have at least one entry, but is empty");
        int missing = Array.FindIndex(entries, entry => entry is null);
        if (missing >= 0)
            throw Bad(name, key, $"must have no null among its entries, but {Part(name, key)}[{missing}] is null");
        return entries;
    }

    /// <summary>Copies labels; null stays null.</summary>
    public static string[]? Labels(
        IReadOnlyList<string>? value, int count, string countOf, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is null ? null : Entries(value, count, countOf, name: name);

    /// <summary>Copies numbers that can be drawn: finite, and positive for a logarithmic axis.</summary>
    public static double[] Numbers(
        [NotNull] IEnumerable<double>? value, bool log = false, int? count = null, string? countOf = null, object? key = null,
        [CallerArgumentExpression(nameof(value))] string name = "")
    {
        double[] numbers = Entries(value, count, countOf, key, name);
        int bad = Array.FindIndex(numbers, number => !double.IsFinite(number) || log && number <= 0);
        if (bad >= 0)
        {
            string expected = double.IsFinite(numbers[bad]) ? "positive on a logarithmic axis" : "finite to be drawn";
            throw Bad(name, key, $"must be {expected}, but {Part(name, key)}[{bad}] is {Html.Exact(numbers[bad])}");
        }
        return numbers;
    }

    /// <summary>Copies curves, or the series of bars. Nobody could tell two of the same name apart.</summary>
    public static (string[] Names, double[][] Values) Curves(
        [NotNull] (string Name, IEnumerable<double> Values)[]? value, bool log = false, int? count = null, string? countOf = null,
        [CallerArgumentExpression(nameof(value))] string name = "")
    {
        (string Name, IEnumerable<double> Values)[] curves = Entries(value, name: name);
        string[] names = [.. curves.Select(curve => curve.Name)];
        for (int i = 0; i < names.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(names[i]))
                throw Bad(name, i, "must have a name, but has none");
            int first = Array.IndexOf(names, names[i]);
            if (first < i)
                throw Bad(name, i, $"must have a name of its own, but is called \"{names[i]}\" as {name}[{first}] is");
        }
        return (names, [.. curves.Select(curve => Numbers(curve.Values, log, count, countOf, curve.Name, name))]);
    }

    /// <summary>Copies the rows of a matrix that is not empty.</summary>
    /// <param name="value">The matrix.</param>
    /// <param name="finite">Whether all entries must be finite.</param>
    /// <param name="name">The argument.</param>
    public static double[][] Rows(
        [NotNull] Matrix<double>? value, bool finite, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        NotNull(value, name: name);
        (int height, int width) = (value.RowCount, value.ColumnCount);
        if (height == 0 || width == 0)
            throw Bad(name, null, $"must have at least one row and one column, but is ({height}, {width})");
        if (finite && value.Find(entry => !double.IsFinite(entry)) is (int row, int column, double entry))
            throw Bad(name, null, $"must be finite to be drawn, but {name}[{row}, {column}] is {Html.Exact(entry)}");
        return value.ToRowArrays();
    }

    public static void NumberFormat(string? value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        try
        {
            _ = 1.5.ToString(value, CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            throw Bad(name, null, $"must be a .NET format for numbers, such as F4 or E2, but is \"{value}\"");
        }
    }

    private static ArgumentException Bad(string name, object? key, string problem) =>
        new($"{Part(name, key)} {problem}.", Argument(name));

    private static string Part(string name, object? key) =>
        key switch { null => name, string text => $"{name}[\"{text}\"]", _ => $"{name}[{key}]" };

    /// <summary>The argument that an expression such as <c>result.Losses</c> begins with.</summary>
    private static string Argument(string name) => name.Split('.')[0];
}
