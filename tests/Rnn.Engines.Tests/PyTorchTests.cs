using static Rnn.RecurrentNetwork;

namespace Rnn.Engines.Tests;

/// <summary>torch.nn.RNN and torch.nn.Linear in double, with the weights of our .npz.</summary>
public sealed class PyTorchTests(ITestOutputHelper log)
{
    [Fact]
    public void Passes_gradients_and_twenty_epochs_agree()
    {
        Largest forward = new(1e-12), gradients = new(1e-9), losses = new(1e-9), weights = new(1e-9);
        string version = "";
        foreach (Sample sample in Sample.ToTrain)
        {
            JsonElement torch = Ask(sample);
            version = torch.GetProperty("torch").GetString()!;

            foreach ((int i, Sequence sequence) in sample.Sequences.Index())
            {
                JsonElement pass = torch.GetProperty("passes")[i];
                forward.Compare(
                    Forward(sequence.X, sample.Weights), new ForwardPass(ToMatrix(pass[0]), ToMatrix(pass[1])),
                    $"{sample.Name}, sequence {i}");
            }

            gradients.Compare(sample.Gradients(), ToWeights(torch.GetProperty("gradients")), $"{sample.Name}, gradients");

            TrainingResult trained = sample.Trained();
            JsonElement training = torch.GetProperty("training");
            double[][] perEpoch = [.. ToRow(training.GetProperty("losses")).Chunk(sample.Sequences.Length)];
            losses.Compare(trained.Losses, perEpoch.Select(epoch => epoch[^1]), $"{sample.Name}, losses");
            losses.Compare(trained.MeanLosses, perEpoch.Select(epoch => epoch.Average()), $"{sample.Name}, mean losses");
            weights.Compare(trained.Weights, ToWeights(training.GetProperty("weights")), $"{sample.Name}, trained weights");
        }

        log.WriteLine($"PyTorch {version}, forward: {forward}");
        log.WriteLine($"PyTorch {version}, gradients: {gradients}");
        log.WriteLine($"PyTorch {version}, losses of {Sample.Epochs} epochs: {losses}");
        log.WriteLine($"PyTorch {version}, weights after {Sample.Epochs} epochs: {weights}");
    }

    private static JsonElement Ask(Sample sample)
    {
        using TemporaryFolder folder = new();
        WeightsFile.SaveNpz(sample.Weights, folder.File("weights.npz"));
        return Python.Torch(
            "torch_network.py",
            new
            {
                x = sample.Sequences.Select(sequence => sequence.X.ToRowArrays()),
                y = sample.Sequences.Select(sequence => sequence.Y.ToRowArrays()),
                epochs = Sample.Epochs,
                rate = sample.LearningRate,
            },
            folder.File("weights.npz"));
    }

    private static Weights ToWeights(JsonElement arrays) => new(
        ToMatrix(arrays.GetProperty("Wh")), ToMatrix(arrays.GetProperty("Wx")), ToMatrix(arrays.GetProperty("Wy")),
        Vector<double>.Build.Dense(ToRow(arrays.GetProperty("bh"))), Vector<double>.Build.Dense(ToRow(arrays.GetProperty("by"))));

    private static Matrix<double> ToMatrix(JsonElement rows) =>
        Matrix<double>.Build.DenseOfRowArrays(rows.EnumerateArray().Select(ToRow));

    private static double[] ToRow(JsonElement row) => [.. row.EnumerateArray().Select(number => number.GetDouble())];
}
