using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Rnn.Display;

/// <summary>What explorers take: networks, sequences that fit them, vocabularies.</summary>
internal static partial class Guard
{
    /// <summary>Weights that can be drawn and are finite: their entries may have been changed since they were made.</summary>
    public static void Network(
        [NotNull] Weights? value, int most = int.MaxValue, object? key = null,
        [CallerArgumentExpression(nameof(value))] string name = "")
    {
        NotNull(value, key, name);
        (string, Matrix<double>)[] matrices = [("Wh", value.Wh), ("Wx", value.Wx), ("Wy", value.Wy)];
        foreach ((string part, Matrix<double> matrix) in matrices)
            Finite(part, matrix, key, name);
        (string, Vector<double>)[] vectors = [("Bh", value.Bh), ("By", value.By)];
        foreach ((string part, Vector<double> vector) in vectors)
        {
            if (vector.Find(entry => !double.IsFinite(entry)) is (int index, double entry))
                throw Bad(name, key, $"must be finite, but {part}[{index}] is {Html.Exact(entry)}");
        }

        AtMost(most, value.InputDim, "inputs", key, name);
        AtMost(most, value.HiddenDim, "hidden units", key, name);
        AtMost(most, value.OutputDim, "outputs", key, name);
    }

    /// <summary>A sequence that fits the weights.</summary>
    public static void Fits(
        [NotNull] Sequence? value, Weights weights, int most, object? key = null,
        [CallerArgumentExpression(nameof(value))] string name = "")
    {
        NotNull(value, key, name);
        Check("X", value.X, weights.InputDim, "inputs");
        Check("Y", value.Y, weights.OutputDim, "outputs");
        if (value.X.RowCount != value.Y.RowCount)
            throw Bad(name, key, $"must have as many rows in Y as in X ({value.X.RowCount}), but has {value.Y.RowCount}");
        AtMost(most, value.X.RowCount, "steps", key, name);
        if (value.Y.Find(entry => entry < 0) is (int t, int k, double target))
            throw Bad(name, key, $"must have no negative target, but Y[{t}, {k}] is {Html.Exact(target)}");

        void Check(string part, Matrix<double>? matrix, int width, string units)
        {
            if (matrix is null)
                throw new ArgumentNullException(name, $"{Part(name, key)} must have its {part}, but that is null.");
            if (matrix.RowCount == 0)
                throw Bad(name, key, $"must have at least one step, but {part} has no rows");
            if (matrix.ColumnCount != width)
                throw Bad(name, key, $"must fit the weights' {width} {units}, but {part} has {matrix.ColumnCount} columns");
            Finite(part, matrix, key, name);
        }
    }

    /// <summary>Copies sequences, of which there is at least one, and all fit the weights.</summary>
    public static Sequence[] Fit(
        [NotNull] IReadOnlyList<Sequence>? value, Weights weights, int most,
        [CallerArgumentExpression(nameof(value))] string name = "")
    {
        Sequence[] sequences = Entries(value, name: name);
        for (int i = 0; i < sequences.Length; i++)
            Fits(sequences[i], weights, most, i, name);
        return sequences;
    }

    public static void Defined(OutputGradient value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!Enum.IsDefined(value))
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be AsInSource or Exact, but is {value}.");
    }

    /// <summary>Copies the stages of a training run: two at least, of equal shapes, their epochs rising.</summary>
    public static (int Epoch, Weights Weights)[] Stages(
        [NotNull] IEnumerable<(int Epoch, Weights Weights)>? value, int most,
        [CallerArgumentExpression(nameof(value))] string name = "")
    {
        (int Epoch, Weights Weights)[] stages = Entries(value, name: name);
        if (stages.Length < 2)
            throw Bad(name, null, "must have at least two entries, but has 1");
        for (int i = 0; i < stages.Length; i++)
        {
            (int epoch, Weights weights) = stages[i];
            Network(weights, most, i, name);
            long least = i == 0 ? 0 : stages[i - 1].Epoch + 1L;
            if (epoch < least)
                throw Bad(name, i, $"must have an epoch of at least {least}, since they rise, but has {epoch}");
            if (Shape(weights) != Shape(stages[0].Weights))
                throw Bad(name, i, $"must have the sizes of {name}[0], {Shape(stages[0].Weights)}, but has {Shape(weights)}");
        }

        return stages;

        static (int, int, int) Shape(Weights weights) => (weights.InputDim, weights.HiddenDim, weights.OutputDim);
    }

    /// <summary>The letters of a network's inputs or outputs: each once.</summary>
    public static void Vocabulary(
        [NotNull] string? value, int count, string units, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        NotNull(value, name: name);
        if (value.Length != count)
            throw Bad(name, null, $"must have as many letters as the weights have {units} ({count}), but has {value.Length}");
        foreach (char letter in value)
        {
            if (char.IsSurrogate(letter))
                throw Bad(name, null, "must have letters of one UTF-16 unit each, but holds a surrogate");
            if (value.IndexOf(letter) != value.LastIndexOf(letter))
                throw Bad(name, null, $"must have each letter once, but has '{letter}' more than once");
        }
    }

    /// <summary>What one vocabulary has beyond another: the mark that a text begins or ends with, or nothing.</summary>
    public static string Mark(string value, string other, [CallerArgumentExpression(nameof(value))] string name = "",
        [CallerArgumentExpression(nameof(other))] string otherName = "")
    {
        string marks = string.Concat(value.Except(other));
        return marks.Length <= 1 ? marks : throw Bad(
            name, null, $"must be {otherName} but for one letter, the mark that a text begins or ends with, but has \"{marks}\" "
                + "beyond it");
    }

    /// <summary>A text of letters that a network reads.</summary>
    public static void Readable(
        [NotNull] string? value, IReadOnlySet<char> letters, int longest,
        [CallerArgumentExpression(nameof(value))] string name = "")
    {
        NotNull(value, name: name);
        // Letters beyond the first 65536 have two units, of which neither says anything alone.
        string strange = string.Concat(
            value.EnumerateRunes().Where(rune => !rune.IsBmp || !letters.Contains((char)rune.Value)).Distinct());
        if (strange.Length > 0)
            throw Bad(name, null, $"must have letters that the network reads, and no marks, but has \"{strange}\"");
        if (value.Length > longest)
            throw Bad(name, null, $"must have at most {longest} letters, but has {value.Length}");
    }

    /// <summary>A sequence whose last step's loss has a gradient that can be followed back.</summary>
    public static void HasPast(Sequence value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value.X.RowCount < 2)
            throw Bad(name, null, "must have at least two steps, but has 1");
        if (value.Y.Row(value.Y.RowCount - 1).All(target => target == 0))
            throw Bad(name, null, "must have a target at its last step, but all of them are 0 there");
    }

    private static void Finite(string part, Matrix<double> matrix, object? key, string name)
    {
        if (matrix.Find(entry => !double.IsFinite(entry)) is (int row, int column, double entry))
            throw Bad(name, key, $"must be finite, but {part}[{row}, {column}] is {Html.Exact(entry)}");
    }

    private static void AtMost(int most, int found, string what, object? key, string name)
    {
        if (found > most)
            throw Bad(name, key, $"must have at most {most} {what} to be drawn, but has {found}");
    }
}
