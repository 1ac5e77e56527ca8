using System.Text.Json;

namespace Rnn.Tests;

/// <summary>What a golden file's example draws, in its order: all inputs, all targets, then the weights.</summary>
internal sealed record GoldenData(IReadOnlyList<Sequence> Sequences, Weights InitialWeights, NumPyRandom Random)
{
    public static GoldenData Draw(JsonElement golden, bool weightsToo = true)
    {
        int steps = golden.Int("sequence_length"), input = golden.Int("input_dim"), output = golden.Int("output_dim");
        int[] lengths = [.. Enumerable.Repeat(steps, golden.Int("sequences"))];
        NumPyRandom random = new((uint)golden.Int("seed"));
        IReadOnlyList<Sequence> sequences = TestData.DrawSequences(random, lengths, input, output, golden.Text("labels"));
        Weights? weights = weightsToo ? RecurrentNetwork.InitializeWeights(input, golden.Int("hidden_dim"), output, random) : null;
        return new GoldenData(sequences, weights!, random);
    }
}
