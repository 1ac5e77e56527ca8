namespace Rnn.Browser.Tests.Live;

internal sealed class NetworkModel : Model
{
    private readonly Weights weights;
    private readonly Matrix<double> x, h, y, yTrue, dy, raw;
    private readonly BackwardPass backward;
    private readonly bool exact;
    private readonly int last;

    public NetworkModel(JsonElement data)
    {
        weights = Weights(data.GetProperty("weights"));
        Sequence sequence = Sequence(data.GetProperty("sequence"));
        (x, yTrue) = (sequence.X, sequence.Y);
        ForwardPass forward = RecurrentNetwork.Forward(x, weights);
        (h, y) = (forward.H, forward.Y);
        backward = Pass(sequence, weights, Formula(data));
        exact = Formula(data) == OutputGradient.Exact;
        Vector<double> sums = yTrue.RowSums();
        dy = exact ? Matrix<double>.Build.Dense(y.RowCount, y.ColumnCount, (t, k) => y[t, k] * sums[t]) - yTrue : y - yTrue;
        raw = Slopes(weights, h, dy);
        last = x.RowCount - 1;
    }

    public override Dictionary<string, double> Readouts(ExplorerState state)
    {
        int position = state.Index("time");
        bool isBack = position > last;
        int now = isBack ? 2 * last + 1 - position : position;
        Dictionary<string, double> readouts = new() { ["time"] = now, ["loss"] = backward.Loss };
        for (int t = 0; t <= last; t++)
        {
            bool back = isBack && t >= now;
            if (!isBack && t > now)
                continue;
            Show("x", x.Row(t));
            Show(back ? "dy" : "y", back ? dy.Row(t) : y.Row(t));
            Show(back ? "dh" : "h", back ? Arriving(t) : h.Row(t));

            void Show(string name, Vector<double> values)
            {
                for (int i = 0; i < values.Count; i++)
                    readouts[$"{name}-{t}-{i}"] = values[i];
            }
        }

        // What is picked: a cell of the unrolled network, or else a weight.
        if (state.Picked.TryGetValue("weight", out int weight))
            ExplainWeight(readouts, state.Values["matrix"], weight, now, isBack);
        else if (state.Picked.TryGetValue("unit", out int cell))
            ExplainUnit(readouts, cell / (last + 1), now, isBack);
        else
            ExplainArrow(readouts, state.Values["matrix"], now, isBack);
        return readouts;
    }

    private Vector<double> Arriving(int t) => weights.Wy * dy.Row(t) + (t < last ? weights.Wh * raw.Row(t + 1) : 0 * h.Row(t));

    /// <param name="readouts">Gets what is explained.</param>
    /// <param name="line">Of the unit, counted from the top: outputs, hidden units, inputs.</param>
    /// <param name="t">The step.</param>
    /// <param name="isBack">Whether the slopes are explained.</param>
    private void ExplainUnit(Dictionary<string, double> readouts, int line, int t, bool isBack)
    {
        (int outputs, int hidden) = (weights.OutputDim, weights.HiddenDim);
        if (line < outputs && isBack)
        {
            readouts["value-0"] = y[t, line];
            readouts["value-1"] = yTrue[t, line];
            if (exact)
                readouts["value-2"] = yTrue.Row(t).Sum();
            readouts["result"] = dy[t, line];
        }
        else if (line < outputs)
        {
            (double From, double Weight)[] terms = Terms(h.Row(t), weights.Wy.Column(line));
            Sum(readouts, "value", terms, weights.By[line]);
            readouts["result"] = y[t, line];
        }
        else if (line >= outputs + hidden)
            readouts["result"] = x[t, line - outputs - hidden];
        else if (isBack)
        {
            int j = line - outputs;
            (double, double)[] next = t < last ? Terms(raw.Row(t + 1), weights.Wh.Row(j)) : [];
            Sum(readouts, "slope", [.. Terms(dy.Row(t), weights.Wy.Row(j)), .. next], null);
            readouts["tanh-slope"] = 1 - h[t, j] * h[t, j];
            readouts["result"] = raw[t, j];
        }
        else
        {
            int j = line - outputs;
            (double, double)[] past = t > 0 ? Terms(h.Row(t - 1), weights.Wh.Column(j)) : [];
            Sum(readouts, "value", [.. Terms(x.Row(t), weights.Wx.Column(j)), .. past], weights.Bh[j]);
            readouts["result"] = h[t, j];
        }
    }

    private void ExplainArrow(Dictionary<string, double> readouts, string matrix, int t, bool isBack)
    {
        (Matrix<double> all, Vector<double> source, Vector<double> target) = Leads(matrix, t);
        Vector<double> carried = isBack ? all * target : source * all;
        for (int i = 0; i < carried.Count; i++)
            readouts[$"carried-{i}"] = carried[i];
    }

    private void ExplainWeight(Dictionary<string, double> readouts, string matrix, int cell, int now, bool isBack)
    {
        Matrix<double> all = Leads(matrix, 0).Matrix;
        (int i, int j) = (cell / all.ColumnCount, cell % all.ColumnCount);
        string from = matrix switch { "Wx" => "x", "Wh" or "Wy" => "h", _ => "1" };
        string to = matrix is "Wy" or "by" ? "dlogit" : "dz";
        int[] steps = [.. isBack ? Enumerable.Range(now, last - now + 1).Reverse() : Enumerable.Range(0, now + 1)];
        double sum = 0;
        for (int row = 0; row < steps.Length; row++)
        {
            (_, Vector<double> source, Vector<double> target) = Leads(matrix, steps[row]);
            readouts[$"{from}-{row}"] = source[i];
            readouts[isBack ? $"{to}-{row}" : $"weight-{row}"] = isBack ? target[j] : all[i, j];
            readouts[isBack ? $"added-{row}" : $"product-{row}"] = source[i] * (isBack ? target[j] : all[i, j]);
            sum += source[i] * target[j];
        }

        if (!isBack)
            readouts["result"] = all[i, j];
        else
            readouts["sum"] = now > 0 ? sum : Gradient(matrix)[i, j];
    }

    /// <summary>The matrix, and at a step what it is multiplied with, and the slopes of what it leads to.</summary>
    private (Matrix<double> Matrix, Vector<double> Source, Vector<double> Target) Leads(string matrix, int t)
    {
        Vector<double> one = Vector<double>.Build.Dense(1, 1);
        return matrix switch
        {
            "Wh" => (weights.Wh, t > 0 ? h.Row(t - 1) : 0 * h.Row(t), raw.Row(t)),
            "Wx" => (weights.Wx, x.Row(t), raw.Row(t)),
            "Wy" => (weights.Wy, h.Row(t), dy.Row(t)),
            "bh" => (weights.Bh.ToRowMatrix(), one, raw.Row(t)),
            _ => (weights.By.ToRowMatrix(), one, dy.Row(t)),
        };
    }

    private Matrix<double> Gradient(string matrix) => matrix switch
    {
        "Wh" => backward.Gradients.Wh,
        "Wx" => backward.Gradients.Wx,
        "Wy" => backward.Gradients.Wy,
        "bh" => backward.Gradients.Bh.ToRowMatrix(),
        _ => backward.Gradients.By.ToRowMatrix(),
    };

    private static (double From, double Weight)[] Terms(Vector<double> values, Vector<double> weights) =>
        [.. values.Zip(weights, (value, weight) => (value, weight))];

    private static void Sum(
        Dictionary<string, double> readouts, string from, (double From, double Weight)[] terms, double? bias)
    {
        for (int row = 0; row < terms.Length; row++)
        {
            readouts[$"{from}-{row}"] = terms[row].From;
            readouts[$"weight-{row}"] = terms[row].Weight;
            readouts[$"product-{row}"] = terms[row].From * terms[row].Weight;
        }

        if (bias is double added)
            readouts[$"weight-{terms.Length}"] = readouts[$"product-{terms.Length}"] = added;
        readouts["sum"] = terms.Sum(term => term.From * term.Weight) + (bias ?? 0);
    }
}
