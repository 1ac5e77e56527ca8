using static Rnn.RecurrentNetwork;

namespace Rnn.Tests;

/// <summary>Every figure of the two recorded examples: the source's example, and one-hot targets with other shapes.</summary>
public sealed class GoldenTests
{
    public static TheoryData<string> Files => ["seed-42.json", "seed-7-onehot.json"];

    [Theory]
    [MemberData(nameof(Files))]
    public void The_generator_draws_as_numpy_after_seeding(string file)
    {
        JsonElement golden = Recorded.File(file);
        JsonElement expected = golden.At("rng_after_seeding");
        NumPyRandom random = new((uint)golden.Int("seed"));
        double[] uniform = expected.At("random_sample").Numbers();
        double[] gaussian = expected.At("randn").Numbers();
        double[] upToTwo = expected.At("randint_0_2").Numbers();
        double[] upToTen = expected.At("randint_0_10").Numbers();
        double[] gaussianAfter = expected.At("randn_after").Numbers();

        Assert.Equal(uniform, random.Rand(1, uniform.Length).Row(0));
        Close.To(gaussian, random.Randn(1, gaussian.Length).Row(0).ToArray(), 1e-14, "randn");
        Assert.Equal(upToTwo, random.RandInt(0, 2, 1, upToTwo.Length).Row(0));
        Assert.Equal(upToTen, random.RandInt(0, 10, 1, upToTen.Length).Row(0));
        Close.To(gaussianAfter, random.Randn(1, gaussianAfter.Length).Row(0).ToArray(), 1e-14, "randn_after");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Softmax_agrees(string file)
    {
        foreach (JsonElement example in Recorded.File(file).At("softmax").EnumerateArray())
            Close.To(example.At("y").Matrix(), Softmax(example.At("x").Matrix()), Close.Pass, "softmax");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_data_are_drawn_as_recorded(string file)
    {
        JsonElement golden = Recorded.File(file);
        (IReadOnlyList<Sequence> sequences, _) = Draw(golden);
        Vector<double> lastRow = sequences[^1].X.Row(golden.Int("sequence_length") - 1);

        Assert.Equal(golden.Int("sequences"), sequences.Count);
        Close.To(golden.At("X0").Matrix(), sequences[0].X, 0, "X0");
        Close.To(golden.At("Y0").Matrix(), sequences[0].Y, 0, "Y0");
        Close.To(golden.At("X_last_row_of_last").Numbers(), lastRow.ToArray(), 0, "X_last_row_of_last");
        Close.To(golden.At("Y_last").Matrix(), sequences[^1].Y, 0, "Y_last");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Initial_weights_agree(string file)
    {
        JsonElement golden = Recorded.File(file);
        Weights weights = InitialWeights(golden, Draw(golden).Random);
        Close.To(golden.At("initial_weights").Weights(), weights, Close.Pass, "initial_weights");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Forward_and_backward_agree_from_a_zero_state(string file)
    {
        JsonElement golden = Recorded.File(file);
        PassesAgree(golden, "forward0", "backward0", null);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_state_of_zeros_is_the_same_as_none(string file)
    {
        JsonElement golden = Recorded.File(file);
        PassesAgree(golden, "forward0", "backward0", Vector<double>.Build.Dense(golden.Int("hidden_dim")));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Forward_and_backward_agree_from_h_prev(string file)
    {
        JsonElement golden = Recorded.File(file);
        PassesAgree(golden, "forward0_from_h_prev", "backward0_from_h_prev", golden.At("h_prev").Row());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Training_agrees_in_the_loss_of_every_epoch_and_in_the_final_weights(string file)
    {
        JsonElement golden = Recorded.File(file);
        (IReadOnlyList<Sequence> sequences, NumPyRandom random) = Draw(golden);
        List<EpochReport> reports = [];

        TrainingResult result = Train(sequences, new TrainingOptions
        {
            HiddenDim = golden.Int("hidden_dim"),
            Epochs = golden.Int("epochs"),
            LearningRate = golden.Number("learning_rate"),
            Random = random,
        }, reports.Add);

        double[] expected = golden.At("loss_per_epoch").Numbers();
        Close.To(expected, result.Losses, Close.Pass, "loss_per_epoch");
        Close.To(golden.At("final_weights").Weights(), result.Weights, Close.Trained, "final_weights");
        Assert.Equal(Enumerable.Range(0, (golden.Int("epochs") + 99) / 100).Select(i => i * 100),
            reports.Select(report => report.Epoch));
        foreach (EpochReport report in reports)
            Close.To(expected[report.Epoch], report.Loss, Close.Pass, $"the loss reported after epoch {report.Epoch}");
    }

    [Fact]
    public void The_defaults_are_the_example_of_the_source()
    {
        JsonElement golden = Recorded.File("seed-42.json");
        (IReadOnlyList<Sequence> sequences, NumPyRandom random) = Draw(golden);

        TrainingResult result = Train(sequences, new TrainingOptions { Random = random });

        Close.To(golden.At("loss_per_epoch").Numbers(), result.Losses, Close.Pass, "loss_per_epoch");
        Assert.StartsWith("16.6000375130", result.Losses[0].ToString("R"));
        Assert.StartsWith("17.5986585186", result.Losses[900].ToString("R"));
    }

    /// <summary>The example's data, and the generator as it then stands.</summary>
    private static (IReadOnlyList<Sequence> Sequences, NumPyRandom Random) Draw(JsonElement golden)
    {
        NumPyRandom random = new((uint)golden.Int("seed"));
        int[] lengths = [.. Enumerable.Repeat(golden.Int("sequence_length"), golden.Int("sequences"))];
        string labels = golden.Text("labels");
        return (TestData.DrawSequences(random, lengths, golden.Int("input_dim"), golden.Int("output_dim"), labels), random);
    }

    private static Weights InitialWeights(JsonElement golden, NumPyRandom random) =>
        InitializeWeights(golden.Int("input_dim"), golden.Int("hidden_dim"), golden.Int("output_dim"), random);

    private static void PassesAgree(JsonElement golden, string forwardName, string backwardName, Vector<double>? hPrev)
    {
        (IReadOnlyList<Sequence> sequences, NumPyRandom random) = Draw(golden);
        (Matrix<double> x, Matrix<double> yTrue) = sequences[0];
        Weights weights = InitialWeights(golden, random);

        ForwardPass forward = Forward(x, weights, hPrev);
        BackwardPass backward = Backward(x, yTrue, forward, weights);

        Close.To(golden.At(forwardName).At("h").Matrix(), forward.H, Close.Pass, $"{forwardName}.h");
        Close.To(golden.At(forwardName).At("y").Matrix(), forward.Y, Close.Pass, $"{forwardName}.y");
        Close.To(golden.At(backwardName).Weights(), backward.Gradients, Close.Pass, backwardName);
        Close.To(golden.At(backwardName).Number("loss"), backward.Loss, Close.Pass, $"{backwardName}.loss");
    }
}
