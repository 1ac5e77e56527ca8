namespace Rnn.Tests;

/// <summary>Sequences and weights to test with.</summary>
internal static class TestData
{
    /// <summary>As the source's example: first all inputs, then all targets ("random", "onehot" or "fractional").</summary>
    public static IReadOnlyList<Sequence> DrawSequences(NumPyRandom random, int[] lengths, int input, int output, string labels)
    {
        Matrix<double>[] xs = [.. lengths.Select(steps => random.Rand(steps, input))];
        Matrix<double>[] ys = [.. lengths.Select(steps => labels switch
        {
            "random" => random.RandInt(0, 2, steps, output),
            "fractional" => random.Rand(steps, output),
            "onehot" => OneHot(random.RandInt(0, output, steps, 1), output),
            _ => throw new ArgumentException($"No such labels: {labels}.", nameof(labels)),
        })];
        return [.. xs.Zip(ys, (x, y) => new Sequence(x, y))];
    }

    /// <summary>Something small and ordinary: these sequences draw nothing from a generator under test.</summary>
    public static List<Sequence> Sequences(int count = 4, int input = 3, int output = 2, int steps = 5, int seed = 1)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count)
            .Select(_ => new Sequence(Matrix(random, steps, input), ZeroOrOne(random, steps, output)))];
    }

    public static Weights Weights(int input = 3, int hidden = 4, int output = 2, double scale = 0.5, int seed = 2)
    {
        Random random = new(seed);
        return new Weights(Matrix(random, hidden, hidden, scale), Matrix(random, input, hidden, scale),
            Matrix(random, hidden, output, scale), Vector(random, hidden, scale), Vector(random, output, scale));
    }

    /// <summary>Entries uniform in [-scale, scale].</summary>
    public static Matrix<double> Matrix(Random random, int rows, int columns, double scale = 1) =>
        Matrix<double>.Build.Dense(rows, columns, (_, _) => scale * (2 * random.NextDouble() - 1));

    public static Vector<double> Vector(Random random, int count, double scale = 1) =>
        Vector<double>.Build.Dense(count, _ => scale * (2 * random.NextDouble() - 1));

    public static Matrix<double> ZeroOrOne(Random random, int rows, int columns) =>
        Matrix<double>.Build.Dense(rows, columns, (_, _) => random.Next(2));

    public static Matrix<double> OneHot(Matrix<double> classes, int count) =>
        Matrix<double>.Build.Dense(classes.RowCount, count, (t, k) => classes[t, 0] == k ? 1 : 0);
}
