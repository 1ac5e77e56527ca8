namespace Rnn.Exchange.Internals;

/// <summary>A matrix on its way into a file: a copy, row by row, all of it finite.</summary>
/// <param name="Name">As the source calls it.</param>
/// <param name="Rows">1 for a bias.</param>
/// <param name="Columns">At least 1.</param>
/// <param name="Values">Rows times columns numbers.</param>
internal sealed record NamedMatrix(string Name, int Rows, int Columns, double[] Values)
{
    /// <summary>Names and order of the source's tuple.</summary>
    public static readonly IReadOnlyList<string> Names = ["Wh", "Wx", "Wy", "bh", "by"];

    /// <summary>The five of a network. The values were finite when the weights were made; they may have changed since.</summary>
    public static IReadOnlyList<NamedMatrix> Of(Weights weights)
    {
        if (weights is null)
            throw new ArgumentNullException(nameof(weights), "weights must be given, but is null.");
        Matrix<double>[] matrices =
            [weights.Wh, weights.Wx, weights.Wy, weights.Bh.ToRowMatrix(), weights.By.ToRowMatrix()];
        NamedMatrix[] named = [.. Names.Zip(matrices, (name, matrix) =>
            new NamedMatrix(name, matrix.RowCount, matrix.ColumnCount, matrix.ToRowMajorArray()))];
        foreach (NamedMatrix each in named)
        {
            if (each.Problem(double.IsFinite, "be finite") is string problem)
                throw new ArgumentException(problem, nameof(weights));
        }

        return named;
    }

    /// <summary>Says which value is not as it must be; null where all are.</summary>
    public string? Problem(Predicate<double> isRight, string wanted)
    {
        int at = Array.FindIndex(Values, value => !isRight(value));
        if (at < 0)
            return null;
        bool isBias = Name is "bh" or "by";
        string name = isBias ? $"weights.B{Name[1]}" : $"weights.{Name}";
        string index = isBias ? $"{at}" : $"{at / Columns}, {at % Columns}";
        return FormattableString.Invariant($"{name} must {wanted}, but {name}[{index}] is {Values[at]}.");
    }
}
