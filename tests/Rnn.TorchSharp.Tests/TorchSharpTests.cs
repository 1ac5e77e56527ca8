using TorchSharp;
using static Rnn.RecurrentNetwork;

namespace Rnn.TorchSharp.Tests;

/// <summary>The network in TorchSharp, on libtorch, with the weights of our .npz.</summary>
public sealed class TorchSharpTests(ITestOutputHelper log)
{
    [Fact]
    public void Forward_agrees()
    {
        Largest forward = new(1e-12);
        foreach (Sample sample in Sample.ToTrain)
        {
            using DisposeScope _ = torch.NewDisposeScope();
            TorchNetwork network = Load(sample.Weights);
            foreach ((int i, Sequence sequence) in sample.Sequences.Index())
                forward.Compare(
                    Forward(sequence.X, sample.Weights), network.Forward(sequence.X), $"{sample.Name}, sequence {i}");
        }

        Say("forward", forward);
    }

    [Fact]
    public void The_gradients_of_a_sequence_agree()
    {
        Largest gradients = new(1e-9);
        foreach (Sample sample in Sample.ToTrain)
        {
            using DisposeScope _ = torch.NewDisposeScope();
            TorchNetwork network = Load(sample.Weights);
            network.Loss(sample.Sequences[0]).Descent.backward();
            gradients.Compare(sample.Gradients(), network.Gradients, sample.Name);
        }

        Say("gradients", gradients);
    }

    [Fact]
    public void The_losses_of_twenty_epochs_agree()
    {
        Largest losses = new(1e-9), weights = new(1e-9);
        foreach (Sample sample in Sample.ToTrain)
        {
            TrainingResult trained = sample.Trained();
            using DisposeScope _ = torch.NewDisposeScope();
            TorchNetwork network = Load(sample.Weights);
            using torch.optim.Optimizer optimizer = torch.optim.SGD(network.Parameters, sample.LearningRate);
            for (int epoch = 0; epoch < Sample.Epochs; epoch++)
            {
                List<double> ofEpoch = [];
                foreach (Sequence sequence in sample.Sequences)
                {
                    using DisposeScope step = torch.NewDisposeScope();
                    optimizer.zero_grad();
                    (torch.Tensor descent, double printed) = network.Loss(sequence);
                    ofEpoch.Add(printed);
                    descent.backward();
                    optimizer.step();
                }

                losses.Compare(trained.Losses[epoch], ofEpoch[^1], $"{sample.Name}, loss of epoch {epoch}");
                losses.Compare(trained.MeanLosses[epoch], ofEpoch.Average(), $"{sample.Name}, mean loss of epoch {epoch}");
            }

            weights.Compare(trained.Weights, network.Weights, $"{sample.Name}, weights");
        }

        Say($"losses of {Sample.Epochs} epochs", losses);
        Say($"weights after {Sample.Epochs} epochs", weights);
    }

    private static TorchNetwork Load(Weights weights)
    {
        using TemporaryFolder folder = new();
        WeightsFile.SaveNpz(weights, folder.File("weights.npz"));
        return new TorchNetwork(WeightsFile.LoadNpz(folder.File("weights.npz")));
    }

    private void Say(string what, Largest measured) => log.WriteLine(
        $"TorchSharp {typeof(torch).Assembly.GetName().Version}, libtorch {torch.__version__}, {what}: {measured}");
}
