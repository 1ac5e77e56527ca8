using static Rnn.RecurrentNetwork;

namespace Rnn.Tests;

/// <summary>Shapes that a fast implementation may stumble over, recorded with NumPy by reference.py.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, JsonElement> Cases =
        Recorded.File("odd-shapes.json").At("cases").EnumerateArray().ToDictionary(recorded => recorded.Text("name"));

    public static TheoryData<string> Names => [.. Cases.Keys];

    /// <summary>Train draws with the source's scale.</summary>
    public static TheoryData<string> NamesOfTheSourcesScale => [.. Cases.Keys.Where(name => Cases[name].Number("scale") == 0.01)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Passes_agree(string name)
    {
        JsonElement expected = Cases[name];
        (IReadOnlyList<Sequence> sequences, Weights weights, OutputGradient gradient) = Draw(expected);

        if (expected.TryGetProperty("initial_weights", out JsonElement initialWeights))
            Close.To(initialWeights.Weights(), weights, Close.Pass, "initial_weights");
        if (expected.TryGetProperty("from_zero", out JsonElement fromZero))
            PassAgrees(fromZero, sequences[0], weights, null, gradient, "from_zero");
        PassAgrees(expected.At("from_h_prev"), sequences[^1], weights, expected.At("h_prev").Row(), gradient, "from_h_prev");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Training_agrees(string name)
    {
        JsonElement expected = Cases[name];
        (IReadOnlyList<Sequence> sequences, Weights weights, OutputGradient gradient) = Draw(expected);

        TrainingResult result = Train(sequences, Options(expected, gradient) with { InitialWeights = weights });

        Agrees(expected, result);
    }

    [Theory]
    [MemberData(nameof(NamesOfTheSourcesScale))]
    public void Training_from_a_generator_draws_the_same_weights(string name)
    {
        JsonElement expected = Cases[name];
        (NumPyRandom random, IReadOnlyList<Sequence> sequences, OutputGradient gradient) = DrawData(expected);

        TrainingResult result =
            Train(sequences, Options(expected, gradient) with { HiddenDim = expected.Int("hidden"), Random = random });

        Agrees(expected, result);
    }

    private static void Agrees(JsonElement expected, TrainingResult result)
    {
        // With one output the loss is that of 1e-8: rounding at 1, not at the loss.
        double absolute = expected.Int("output") == 1 ? 1e-14 : 0;
        Close.To(expected.At("losses").Numbers(), result.Losses, Close.Pass, "losses", absolute);
        Close.To(expected.At("mean_losses").Numbers(), result.MeanLosses, Close.Pass, "mean_losses", absolute);
        // Weights near 1, some updated to near 0: their rounding stays that of weights near 1.
        Close.To(expected.At("final_weights").Weights(), result.Weights, Close.Trained, "final_weights", 1e-9);
    }

    private static void PassAgrees(
        JsonElement expected, Sequence sequence, Weights weights, Vector<double>? hPrev, OutputGradient gradient, string name)
    {
        ForwardPass forward = Forward(sequence.X, weights, hPrev);
        BackwardPass backward = Backward(sequence.X, sequence.Y, forward, weights, gradient);

        Close.To(expected.At("h").Matrix(), forward.H, Close.Pass, $"{name}.h");
        Close.To(expected.At("y").Matrix(), forward.Y, Close.Pass, $"{name}.y");
        Close.To(expected.At("gradients").Weights(), backward.Gradients, Close.Pass, $"{name}.gradients");
        Close.To(expected.Number("loss"), backward.Loss, Close.Pass, $"{name}.loss");
    }

    private static TrainingOptions Options(JsonElement expected, OutputGradient gradient) => new()
    {
        Epochs = expected.Int("epochs"),
        LearningRate = expected.Number("learning_rate"),
        OutputGradient = gradient,
        ClipNorm = expected.At("clip_norm").ValueKind == JsonValueKind.Null ? null : expected.Number("clip_norm"),
    };

    private static (NumPyRandom Random, IReadOnlyList<Sequence> Sequences, OutputGradient Gradient) DrawData(JsonElement expected)
    {
        NumPyRandom random = new(expected.At("seed").GetUInt32());
        int[] lengths = [.. expected.At("lengths").EnumerateArray().Select(length => length.GetInt32())];
        return (random,
            TestData.DrawSequences(random, lengths, expected.Int("input"), expected.Int("output"), expected.Text("labels")),
            Enum.Parse<OutputGradient>(expected.Text("output_gradient")));
    }

    private static (IReadOnlyList<Sequence> Sequences, Weights Weights, OutputGradient Gradient) Draw(JsonElement expected)
    {
        (NumPyRandom random, IReadOnlyList<Sequence> sequences, OutputGradient gradient) = DrawData(expected);
        return (sequences, InitializeWeights(expected.Int("input"), expected.Int("hidden"), expected.Int("output"), random,
            expected.Number("scale")), gradient);
    }
}
