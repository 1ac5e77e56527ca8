namespace Rnn.Exchange.Internals;

/// <summary>The network as an ONNX model: a graph of operators, with the weights in it.</summary>
/// <remarks>
/// Operator set 13, the first whose Softmax, Squeeze and Unsqueeze are as they are today, so that older engines read it, too. The
/// numbers of the fields are those of ONNX's onnx.proto.
/// </remarks>
internal static class OnnxModel
{
    private const int IrVersion = 7, OperatorSet = 13;

    /// <summary>Protocol Buffers' limit; some is left for what is not weights.</summary>
    private const long LargestFile = int.MaxValue - (1 << 20);

    /// <summary>The model, as a message that can be written.</summary>
    /// <param name="weights">Wh, Wx, Wy, bh and by.</param>
    /// <param name="form">One of the three.</param>
    public static ProtobufMessage Of(IReadOnlyList<NamedMatrix> weights, OnnxForm form)
    {
        int itemSize = form == OnnxForm.RnnOperator ? sizeof(float) : sizeof(double);
        long bytes = itemSize * weights.Sum(each => (long)each.Values.Length);
        if (bytes > LargestFile)
            throw new ArgumentException(
                $"weights must need at most {LargestFile} bytes to fit an ONNX file, but need {bytes}.", nameof(weights));

        int input = weights[1].Rows, hidden = weights[0].Rows, output = weights[2].Columns;
        ProtobufMessage graph = form switch
        {
            OnnxForm.Sequence => Sequence(input, hidden, output),
            OnnxForm.Step => Step(input, hidden, output),
            _ => RnnOperator(input, hidden, output),
        };
        graph.Messages(5, form == OnnxForm.RnnOperator ? ForRnnOperator(weights) : weights.Select(each =>
            OnnxTensor.Doubles(each.Name, each.Values, each.Rows, each.Columns)));
        return new ProtobufMessage()
            .Number(1, IrVersion)
            .Text(2, "Rnn.Notebook")
            .Text(3, typeof(OnnxModel).Assembly.GetName().Version!.ToString(3))
            .Text(6, "h[t] = tanh(x[t] Wx + h[t-1] Wh + bh), y[t] = softmax(h[t] Wy + by)")
            .Message(7, graph)
            .Message(8, new ProtobufMessage().Text(1, "").Number(2, OperatorSet));
    }

    /// <summary>What x brings to all steps at once; then step by step, by Scan; then the outputs of all steps.</summary>
    private static ProtobufMessage Sequence(int input, int hidden, int output)
    {
        ProtobufMessage step = Graph("step",
            [
                Node("MatMul", ["h_before", "Wh"], ["h_Wh"]),
                Node("Add", ["x_Wx_bh_now", "h_Wh"], ["sum"]),
                Node("Tanh", ["sum"], ["h_after"]),
                Node("Identity", ["h_after"], ["h_now"]),
            ],
            [OnnxTensor.Value("h_before", OnnxTensor.Double, hidden), OnnxTensor.Value("x_Wx_bh_now", OnnxTensor.Double, hidden)],
            [OnnxTensor.Value("h_after", OnnxTensor.Double, hidden), OnnxTensor.Value("h_now", OnnxTensor.Double, hidden)]);
        return Graph("sequence",
            [
                Constant("h_first", OnnxTensor.Doubles("", new double[hidden], hidden)),
                Node("MatMul", ["x", "Wx"], ["x_Wx"]),
                Node("Add", ["x_Wx", "bh"], ["x_Wx_bh"]),
                Node("Scan", ["h_first", "x_Wx_bh"], ["h_last", "h"], GraphOf("body", step), Integer("num_scan_inputs", 1)),
                .. Outputs("h"),
            ],
            [OnnxTensor.Value("x", OnnxTensor.Double, null, input)],
            [OnnxTensor.Value("y", OnnxTensor.Double, null, output), OnnxTensor.Value("h", OnnxTensor.Double, null, hidden)]);
    }

    private static ProtobufMessage Step(int input, int hidden, int output) => Graph("step",
        [
            Node("MatMul", ["x", "Wx"], ["x_Wx"]),
            Node("MatMul", ["h", "Wh"], ["h_Wh"]),
            Node("Add", ["x_Wx", "h_Wh"], ["x_Wx_h_Wh"]),
            Node("Add", ["x_Wx_h_Wh", "bh"], ["sum"]),
            Node("Tanh", ["sum"], ["h_next"]),
            .. Outputs("h_next"),
        ],
        [OnnxTensor.Value("x", OnnxTensor.Double, 1, input), OnnxTensor.Value("h", OnnxTensor.Double, 1, hidden)],
        [OnnxTensor.Value("y", OnnxTensor.Double, 1, output), OnnxTensor.Value("h_next", OnnxTensor.Double, 1, hidden)]);

    /// <summary>The operator takes (T, batch, input) and gives (T, directions, batch, hidden); two of them are 1.</summary>
    private static ProtobufMessage RnnOperator(int input, int hidden, int output) => Graph("rnn",
        [
            Constant("batch", OnnxTensor.Integers(1)),
            Node("Unsqueeze", ["x", "batch"], ["x_batch"]),
            Node("RNN", ["x_batch", "Wx", "Wh", "bh"], ["h_all"], Integer("hidden_size", hidden)),
            Constant("directions_batch", OnnxTensor.Integers(1, 2)),
            Node("Squeeze", ["h_all", "directions_batch"], ["h"]),
            .. Outputs("h"),
        ],
        [OnnxTensor.Value("x", OnnxTensor.Float, null, input)],
        [OnnxTensor.Value("y", OnnxTensor.Float, null, output), OnnxTensor.Value("h", OnnxTensor.Float, null, hidden)]);

    private static ProtobufMessage[] Outputs(string h) =>
    [
        Node("MatMul", [h, "Wy"], ["h_Wy"]),
        Node("Add", ["h_Wy", "by"], ["scores"]),
        Node("Softmax", ["scores"], ["y"], Integer("axis", -1)),
    ];

    /// <summary>Single precision, and what belongs to the hidden units as the operator wants it.</summary>
    private static IEnumerable<ProtobufMessage> ForRnnOperator(IReadOnlyList<NamedMatrix> weights)
    {
        foreach (NamedMatrix each in weights)
        {
            if (each.Problem(value => float.IsFinite((float)value), "fit single precision for RnnOperator") is string problem)
                throw new ArgumentException(problem, nameof(weights));
            double[] values = each.Values;
            yield return each.Name switch
            {
                "Wh" or "Wx" => OnnxTensor.Floats(each.Name, Transposed(each), 1, each.Columns, each.Rows),
                "bh" => OnnxTensor.Floats(each.Name, [.. values, .. new double[values.Length]], 1, 2 * values.Length),
                _ => OnnxTensor.Floats(each.Name, values, each.Rows, each.Columns),
            };
        }
    }

    private static double[] Transposed(NamedMatrix matrix)
    {
        double[] transposed = new double[matrix.Values.Length];
        for (int k = 0; k < transposed.Length; k++)
            transposed[k % matrix.Columns * matrix.Rows + k / matrix.Columns] = matrix.Values[k];
        return transposed;
    }

    private static ProtobufMessage Graph(
        string name, ProtobufMessage[] nodes, ProtobufMessage[] inputs, ProtobufMessage[] outputs) =>
        new ProtobufMessage().Messages(1, nodes).Text(2, name).Messages(11, inputs).Messages(12, outputs);

    private static ProtobufMessage Node(string type, string[] inputs, string[] outputs, params ProtobufMessage[] attributes)
    {
        ProtobufMessage node = new();
        foreach (string each in inputs)
            node.Text(1, each);
        foreach (string each in outputs)
            node.Text(2, each);
        return node.Text(4, type).Messages(5, attributes);
    }

    private static ProtobufMessage Constant(string name, ProtobufMessage tensor) =>
        Node("Constant", [], [name], new ProtobufMessage().Text(1, "value").Message(5, tensor).Number(20, 4));

    private static ProtobufMessage Integer(string name, long value) =>
        new ProtobufMessage().Text(1, name).Number(3, value).Number(20, 2);

    private static ProtobufMessage GraphOf(string name, ProtobufMessage graph) =>
        new ProtobufMessage().Text(1, name).Message(6, graph).Number(20, 5);
}
