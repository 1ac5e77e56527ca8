namespace Rnn.Browser.Tests.Live;

/// <summary>What an explorer has to show, computed by the library from the numbers in the page.</summary>
internal abstract class Model
{
    /// <summary>The model of an explorer of a kind.</summary>
    public static Model Of(string kind, JsonElement data) => kind switch
    {
        "softmax" => new SoftmaxModel(data),
        "network" => new NetworkModel(data),
        "nudge" => new NudgeModel(data),
        "training" => new TrainingModel(data),
        "text" => new TextModel(data),
        "through-time" => new ThroughTimeModel(data),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such explorer."),
    };

    /// <summary>All numbers that are shown where the controls stand like this, by name.</summary>
    public abstract Dictionary<string, double> Readouts(ExplorerState state);

    /// <summary>The texts that the network has invented by now.</summary>
    public virtual string[] Invented(ExplorerState state) => [];

    protected static double[] Row(JsonElement row) => [.. row.EnumerateArray().Select(number => number.GetDouble())];

    protected static Matrix<double> Rows(JsonElement rows) =>
        Matrix<double>.Build.DenseOfRowArrays(rows.EnumerateArray().Select(Row));

    protected static Vector<double> Vector(JsonElement row) => Vector<double>.Build.DenseOfArray(Row(row));

    protected static Weights Weights(JsonElement weights)
    {
        JsonElement Part(string name) => weights.GetProperty(name);
        return new(Rows(Part("Wh")), Rows(Part("Wx")), Rows(Part("Wy")), Vector(Part("bh")), Vector(Part("by")));
    }

    protected static Sequence Sequence(JsonElement sequence) =>
        new(Rows(sequence.GetProperty("x")), Rows(sequence.GetProperty("y")));

    protected static OutputGradient Formula(JsonElement data) =>
        data.GetProperty("exact").GetBoolean() ? OutputGradient.Exact : OutputGradient.AsInSource;

    protected static BackwardPass Pass(Sequence sequence, Weights weights, OutputGradient formula = OutputGradient.AsInSource) =>
        RecurrentNetwork.Backward(sequence.X, sequence.Y, RecurrentNetwork.Forward(sequence.X, weights), weights, formula);

    protected static Vector<double> Softmax(Vector<double> logits) => RecurrentNetwork.Softmax(logits.ToRowMatrix()).Row(0);

    /// <summary>
    /// The slopes behind tanh at each step, (T, hidden), by the formulas of the paper: dhRaw = (1 - h^2) * (dy Wy^T + next Wh^T).
    /// </summary>
    protected static Matrix<double> Slopes(Weights weights, Matrix<double> h, Matrix<double> dy)
    {
        Matrix<double> raw = Matrix<double>.Build.Dense(h.RowCount, h.ColumnCount);
        Vector<double> next = Vector<double>.Build.Dense(h.ColumnCount);
        for (int t = h.RowCount - 1; t >= 0; t--)
        {
            Vector<double> state = h.Row(t);
            raw.SetRow(t, (weights.Wy * dy.Row(t) + weights.Wh * next).PointwiseMultiply(1 - state.PointwiseMultiply(state)));
            next = raw.Row(t);
        }

        return raw;
    }
}
