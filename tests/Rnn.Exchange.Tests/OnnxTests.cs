namespace Rnn.Exchange.Tests;

/// <summary>What stands in the ONNX files; that engines run them is tested with the engines.</summary>
public sealed class OnnxTests
{
    private const int Input = 5, Hidden = 10, Output = 3;

    private static readonly Weights Network = Samples.Weights(Input, Hidden, Output);

    public static TheoryData<OnnxForm> Forms => [.. Enum.GetValues<OnnxForm>()];

    [Theory]
    [InlineData(OnnxForm.Sequence, "x: double (T, 5)", "y: double (T, 3); h: double (T, 10)")]
    [InlineData(OnnxForm.Step, "x: double (1, 5); h: double (1, 10)", "y: double (1, 3); h_next: double (1, 10)")]
    [InlineData(OnnxForm.RnnOperator, "x: float (T, 5)", "y: float (T, 3); h: float (T, 10)")]
    public void A_form_takes_and_gives_what_it_says(OnnxForm form, string inputs, string outputs)
    {
        (_, OnnxFile graph) = Saved(form);
        Assert.Equal(inputs.Split("; "), graph.Inputs);
        Assert.Equal(outputs.Split("; "), graph.Outputs);
    }

    [Fact]
    public void A_whole_sequence_is_what_is_saved_where_no_form_is_named()
    {
        using Folder folder = new();
        WeightsFile.SaveOnnx(Network, folder["default.onnx"]);
        WeightsFile.SaveOnnx(Network, folder["sequence.onnx"], OnnxForm.Sequence);
        Assert.Equal(File.ReadAllBytes(folder["sequence.onnx"]), File.ReadAllBytes(folder["default.onnx"]));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_model_says_whose_it_is_and_what_it_needs(OnnxForm form)
    {
        (ILookup<int, ProtobufField> model, _) = Saved(form);
        Assert.Equal([1, 2, 3, 6, 7, 8], model.Select(fields => fields.Key));
        Assert.All(model, fields => Assert.Single(fields));
        Assert.Equal(7, model[1].Single().Value);
        Assert.Equal("Rnn.Notebook", model[2].Single().Text);
        Assert.Equal(typeof(WeightsFile).Assembly.GetName().Version!.ToString(3), model[3].Single().Text);
        ProtobufField[] operators = model[8].Single().Message();
        Assert.Equal(("", 13), (operators[0].Text, operators[1].Value));
    }

    [Theory]
    [InlineData(OnnxForm.Sequence)]
    [InlineData(OnnxForm.Step)]
    public void The_double_forms_hold_the_very_weights(OnnxForm form)
    {
        (_, OnnxFile graph) = Saved(form);
        Assert.Equal(Samples.Names, graph.Tensors.Keys);
        foreach (string name in Samples.Names)
        {
            Matrix<double> matrix = Samples.Matrix(Network, name);
            (_, string type, long[] shape, double[] values) = graph.Tensors[name];
            Assert.Equal(("double", matrix.RowCount, matrix.ColumnCount), (type, shape[0], shape[1]));
            Assert.Equal(matrix.ToRowMajorArray(), values);
        }
    }

    [Fact]
    public void The_operator_gets_the_weights_as_it_wants_them()
    {
        (_, OnnxFile graph) = Saved(OnnxForm.RnnOperator);
        Assert.Equal(Samples.Names, graph.Tensors.Keys);
        HasValues("Wx", Network.Wx.ToColumnMajorArray(), 1, Hidden, Input);
        HasValues("Wh", Network.Wh.ToColumnMajorArray(), 1, Hidden, Hidden);
        HasValues("bh", [.. Network.Bh, .. new double[Hidden]], 1, 2 * Hidden);
        HasValues("Wy", Network.Wy.ToRowMajorArray(), Hidden, Output);
        HasValues("by", [.. Network.By], 1, Output);

        void HasValues(string name, double[] expected, params long[] shape)
        {
            Assert.Equal("float", graph.Tensors[name].Type);
            Assert.Equal(shape, graph.Tensors[name].Shape);
            Assert.Equal(expected.Select(value => (double)(float)value), graph.Tensors[name].Values);
        }
    }

    /// <summary>As ONNX's own checker asks: every value has one name and is made before it is used.</summary>
    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_value_is_made_once_and_before_it_is_used(OnnxForm form)
    {
        (_, OnnxFile graph) = Saved(form);
        Check(graph, []);

        static void Check(OnnxFile graph, HashSet<string> outside)
        {
            Assert.NotEqual("", graph.Name);
            HashSet<string> known = [.. outside];
            foreach (string name in graph.Inputs.Select(NameOf).Concat(graph.Tensors.Keys))
                Assert.True(known.Add(name), $"{name} is there twice.");
            foreach (OnnxNode node in graph.Nodes)
            {
                Assert.Empty(node.Inputs.Except(known));
                foreach (OnnxFile inner in node.Attributes.Values.OfType<OnnxFile>())
                    Check(inner, known);
                foreach (string name in node.Outputs)
                    Assert.True(known.Add(name), $"{name} is there twice.");
            }

            Assert.Empty(graph.Outputs.Select(NameOf).Except(known));
        }

        static string NameOf(string value) => value.Split(':')[0];
    }

    /// <summary>Each graph, calculated here operator by operator as ONNX describes them, gives what the library gives.</summary>
    [Theory]
    [InlineData(OnnxForm.Sequence, 1, 1e-14)]
    [InlineData(OnnxForm.Sequence, 20, 1e-14)]
    [InlineData(OnnxForm.Step, 20, 1e-14)]
    [InlineData(OnnxForm.RnnOperator, 1, 1e-6)]
    [InlineData(OnnxForm.RnnOperator, 20, 1e-6)]
    public void The_graph_gives_what_Forward_gives(OnnxForm form, int steps, double tolerance)
    {
        Random random = new(steps);
        Matrix<double> x = Matrix<double>.Build.Dense(steps, Input, (_, _) => 4 * random.NextDouble() - 2);
        (_, OnnxFile graph) = Saved(form);
        ForwardPass expected = RecurrentNetwork.Forward(x, Network);
        Matrix<double> h = Matrix<double>.Build.Dense(1, Hidden), y;
        if (form == OnnxForm.Step)
        {
            List<Matrix<double>> outputs = [], states = [];
            for (int t = 0; t < steps; t++)
            {
                Matrix<double> row = x.SubMatrix(t, 1, 0, Input);
                Dictionary<string, Matrix<double>> result = OnnxInterpreter.Run(graph, new() { ["x"] = row, ["h"] = h });
                outputs.Add(result["y"]);
                states.Add(h = result["h_next"]);
            }

            (y, h) = (Stacked(outputs), Stacked(states));
        }
        else
        {
            Dictionary<string, Matrix<double>> result = OnnxInterpreter.Run(graph, new() { ["x"] = x });
            (y, h) = (result["y"], result["h"]);
        }

        Assert.InRange((y - expected.Y).Enumerate().Max(Math.Abs), 0, tolerance);
        Assert.InRange((h - expected.H).Enumerate().Max(Math.Abs), 0, tolerance);

        static Matrix<double> Stacked(IEnumerable<Matrix<double>> rows) =>
            Matrix<double>.Build.DenseOfRows(rows.Select(each => each.Row(0)));
    }

    /// <summary>The weights of this network are 1.6 kB.</summary>
    [Theory]
    [MemberData(nameof(Forms))]
    public void A_small_network_is_a_small_file(OnnxForm form)
    {
        using Folder folder = new();
        WeightsFile.SaveOnnx(Network, folder["n.onnx"], form);
        Assert.InRange(new FileInfo(folder["n.onnx"]).Length, 1, 2500);
    }

    private static (ILookup<int, ProtobufField> Model, OnnxFile Graph) Saved(OnnxForm form)
    {
        using Folder folder = new();
        WeightsFile.SaveOnnx(Network, folder["n.onnx"], form);
        return OnnxFile.Read(folder["n.onnx"]);
    }
}
