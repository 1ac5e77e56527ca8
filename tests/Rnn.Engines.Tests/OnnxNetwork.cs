namespace Rnn.Engines.Tests;

/// <summary>Weights as ONNX Runtime has them, after a trip through a file.</summary>
internal sealed class OnnxNetwork : IDisposable
{
    private readonly OnnxForm form;
    private readonly SessionOptions options = new() { IntraOpNumThreads = 1 };
    private readonly RunOptions runOptions = new();

    public OnnxNetwork(
        Weights weights, OnnxForm form, GraphOptimizationLevel level = GraphOptimizationLevel.ORT_ENABLE_ALL)
    {
        using TemporaryFolder folder = new();
        WeightsFile.SaveOnnx(weights, folder.File("network.onnx"), form);
        this.form = form;
        options.GraphOptimizationLevel = level;
        Session = new InferenceSession(folder.File("network.onnx"), options);
    }

    /// <summary>The session itself, for what the file says about its inputs and outputs.</summary>
    public InferenceSession Session { get; }

    /// <summary>
    /// A whole sequence, x (T, input), as <see cref="RecurrentNetwork.Forward"/> does it. The form that does one step does it
    /// step by step, and the hidden state goes from one to the next.
    /// </summary>
    public ForwardPass Forward(Matrix<double> x)
    {
        if (form is not OnnxForm.Step)
        {
            Matrix<double>[] both = Run([("x", x)], "h", "y");
            return new ForwardPass(both[0], both[1]);
        }

        List<(Vector<double> H, Vector<double> Y)> steps = [];
        Matrix<double> h = Matrix<double>.Build.Dense(1, (int)Session.InputMetadata["h"].Dimensions[1]);
        foreach (Vector<double> row in x.EnumerateRows())
        {
            (h, Matrix<double> y) = Step(row.ToRowMatrix(), h);
            steps.Add((h.Row(0), y.Row(0)));
        }

        return new ForwardPass(
            Matrix<double>.Build.DenseOfRowVectors(steps.Select(step => step.H)),
            Matrix<double>.Build.DenseOfRowVectors(steps.Select(step => step.Y)));
    }

    /// <summary>One step, x (1, input) and h (1, hidden): the next hidden state and the output.</summary>
    public (Matrix<double> H, Matrix<double> Y) Step(Matrix<double> x, Matrix<double> h)
    {
        Matrix<double>[] both = Run([("x", x), ("h", h)], "h_next", "y");
        return (both[0], both[1]);
    }

    public void Dispose()
    {
        Session.Dispose();
        runOptions.Dispose();
        options.Dispose();
    }

    private Matrix<double>[] Run((string Name, Matrix<double> Value)[] inputs, params string[] outputs)
    {
        OrtValue[] given = [.. inputs.Select(input => ToTensor(input.Value))];
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> results =
                Session.Run(runOptions, [.. inputs.Select(input => input.Name)], given, outputs);
            return [.. results.Select(ToMatrix)];
        }
        finally
        {
            Array.ForEach(given, value => value.Dispose());
        }
    }

    private OrtValue ToTensor(Matrix<double> matrix)
    {
        double[] rows = matrix.ToRowMajorArray();
        long[] shape = [matrix.RowCount, matrix.ColumnCount];
        return form is OnnxForm.RnnOperator
            ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(rows, number => (float)number), shape)
            : OrtValue.CreateTensorValueFromMemory(rows, shape);
    }

    private Matrix<double> ToMatrix(OrtValue value)
    {
        long[] shape = value.GetTensorTypeAndShape().Shape;
        Assert.Equal(2, shape.Length);
        double[] rows = form is OnnxForm.RnnOperator
            ? Array.ConvertAll(value.GetTensorDataAsSpan<float>().ToArray(), number => (double)number)
            : value.GetTensorDataAsSpan<double>().ToArray();
        return Matrix<double>.Build.Dense((int)shape[0], (int)shape[1], (i, j) => rows[i * shape[1] + j]);
    }
}
