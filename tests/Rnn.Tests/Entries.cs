namespace Rnn.Tests;

/// <summary>
/// The numbers of a matrix, of a result or of several, row by row and each with its name: equal names mean equal shapes.
/// </summary>
internal static class Entries
{
    public static IEnumerable<(string Name, double Value)> Of(object result, string name = "") => result switch
    {
        double number => [(name, number)],
        Matrix<double> matrix => matrix.EnumerateRows().SelectMany((row, i) => Of(row, $"{name}[{i}]")),
        IEnumerable<double> numbers => numbers.Select((number, i) => ($"{name}[{i}]", number)),
        IEnumerable<object> parts => parts.SelectMany((part, i) => Of(part, $"{name}[{i}]")),
        Weights weights =>
        [
            .. Of(weights.Wh, $"{name}.Wh"), .. Of(weights.Wx, $"{name}.Wx"), .. Of(weights.Wy, $"{name}.Wy"),
            .. Of(weights.Bh, $"{name}.Bh"), .. Of(weights.By, $"{name}.By"),
        ],
        Sequence(Matrix<double> x, Matrix<double> y) => [.. Of(x, $"{name}.X"), .. Of(y, $"{name}.Y")],
        ForwardPass(Matrix<double> h, Matrix<double> y) => [.. Of(h, $"{name}.H"), .. Of(y, $"{name}.Y")],
        BackwardPass(Weights gradients, double loss) => [.. Of(loss, $"{name}.Loss"), .. Of(gradients, $"{name}.Gradients")],
        TrainingResult(Weights weights, IReadOnlyList<double> losses, IReadOnlyList<double> meanLosses) =>
            [.. Of(weights, $"{name}.Weights"), .. Of(losses, $"{name}.Losses"), .. Of(meanLosses, $"{name}.MeanLosses")],
        _ => throw new ArgumentException($"{result.GetType()} holds no numbers.", nameof(result)),
    };
}
