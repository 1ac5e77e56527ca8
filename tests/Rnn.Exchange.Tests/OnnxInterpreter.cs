namespace Rnn.Exchange.Tests;

/// <summary>
/// Calculates our graphs, operator by operator, on matrices: a vector is a matrix of one row, and dimensions of 1 are left out.
/// </summary>
internal static class OnnxInterpreter
{
    /// <summary>All values of the graph by name.</summary>
    public static Dictionary<string, Matrix<double>> Run(OnnxFile graph, Dictionary<string, Matrix<double>> inputs)
    {
        Dictionary<string, Matrix<double>> values = new(inputs);
        foreach ((string name, (_, _, long[] shape, double[] numbers)) in graph.Tensors)
            values[name] = Matrix<double>.Build.Dense((int)shape[^1], numbers.Length / (int)shape[^1], numbers).Transpose();
        foreach (OnnxNode node in graph.Nodes)
        {
            Matrix<double>[] made = Run(node, [.. node.Inputs.Select(name => values[name])], values);
            foreach ((string name, Matrix<double> value) in node.Outputs.Zip(made))
                values[name] = value;
        }

        return values;
    }

    private static Matrix<double>[] Run(OnnxNode node, Matrix<double>[] inputs, Dictionary<string, Matrix<double>> values)
    {
        switch (node.Type)
        {
            case "Constant":
                return [Matrix<double>.Build.DenseOfRowArrays((double[])node.Attributes["value"])];
            case "MatMul":
                return [inputs[0] * inputs[1]];
            case "Add":
                Matrix<double> added = inputs[1];
                return [Matrix<double>.Build.Dense(inputs[0].RowCount, inputs[0].ColumnCount,
                    (row, column) => inputs[0][row, column] + added[added.RowCount == 1 ? 0 : row, column])];
            case "Tanh":
                return [inputs[0].PointwiseTanh()];
            case "Identity":
                return [inputs[0]];
            case "Softmax":
                Assert.Equal(-1L, node.Attributes["axis"]);
                Matrix<double> exponentials = inputs[0].PointwiseExp();
                return [Matrix<double>.Build.DenseOfRows(exponentials.EnumerateRows().Select(row => row / row.Sum()))];
            // (T, input) to (T, 1, input), and (T, 1, 1, hidden) to (T, hidden).
            case "Unsqueeze":
                Assert.Equal([1.0], inputs[1].Enumerate());
                return [inputs[0]];
            case "Squeeze":
                Assert.Equal([1.0, 2.0], inputs[1].Enumerate());
                return [inputs[0]];
            case "Scan":
                Assert.Equal(1L, node.Attributes["num_scan_inputs"]);
                return Scan((OnnxFile)node.Attributes["body"], inputs[0], inputs[1], values);
            case "RNN":
                return [Rnn(inputs[0], inputs[1], inputs[2], inputs[3], (long)node.Attributes["hidden_size"])];
            default:
                throw new NotSupportedException(node.Type);
        }
    }

    private static Matrix<double>[] Scan(
        OnnxFile body, Matrix<double> state, Matrix<double> rows, Dictionary<string, Matrix<double>> outside)
    {
        static string NameOf(string value) => value.Split(':')[0];
        List<Vector<double>> scanned = [];
        foreach (Vector<double> row in rows.EnumerateRows())
        {
            Dictionary<string, Matrix<double>> made = Run(
                body,
                new(outside) { [NameOf(body.Inputs[0])] = state, [NameOf(body.Inputs[1])] = row.ToRowMatrix() });
            state = made[NameOf(body.Outputs[0])];
            scanned.Add(made[NameOf(body.Outputs[1])].Row(0));
        }

        return [state, Matrix<double>.Build.DenseOfRows(scanned)];
    }

    /// <summary>H[t] = tanh(X[t] W' + H[t-1] R' + Wb + Rb), from zero.</summary>
    private static Matrix<double> Rnn(Matrix<double> x, Matrix<double> w, Matrix<double> r, Matrix<double> b, long size)
    {
        int hidden = (int)size;
        Matrix<double> all = Matrix<double>.Build.Dense(x.RowCount, hidden);
        Vector<double> h = Vector<double>.Build.Dense(hidden);
        for (int t = 0; t < x.RowCount; t++)
        {
            h = (w * x.Row(t) + r * h + b.Row(0).SubVector(0, hidden) + b.Row(0).SubVector(hidden, hidden)).PointwiseTanh();
            all.SetRow(t, h);
        }

        return all;
    }
}
