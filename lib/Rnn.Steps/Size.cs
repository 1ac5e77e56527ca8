using MathNet.Numerics.LinearAlgebra;

namespace Rnn.Steps;

/// <summary>Data of a given size. The same as compare.py draws from the same seed.</summary>
/// <param name="Steps">T.</param>
/// <param name="Input">Inputs per step.</param>
/// <param name="Hidden">Hidden units.</param>
/// <param name="Output">Classes.</param>
/// <param name="Count">Number of sequences.</param>
public sealed record Size(int Steps, int Input, int Hidden, int Output, int Count)
{
    /// <summary>The source's example.</summary>
    public static Size OfSource { get; } = new(10, 5, 10, 3, 100);

    /// <summary>All that are measured.</summary>
    public static IReadOnlyList<Size> All { get; } =
        [OfSource, new(50, 64, 128, 64, 4), new(100, 64, 256, 64, 4), new(100, 64, 512, 64, 4)];

    /// <summary>Multiplications and additions of one sequence: three products, each once forward and twice backward.</summary>
    public double Flop => 6.0 * Steps * ((double)Input * Hidden + (double)Hidden * Hidden + (double)Hidden * Output);

    /// <summary>Random inputs and random 0/1 targets, then the weights, in the source's order.</summary>
    public (Sequence[] Sequences, Weights Weights) Draw(uint seed = 42)
    {
        NumPyRandom random = new(seed);
        Matrix<double>[] x = [.. Enumerable.Range(0, Count).Select(_ => random.Rand(Steps, Input))];
        Matrix<double>[] y = [.. Enumerable.Range(0, Count).Select(_ => random.RandInt(0, 2, Steps, Output))];
        Sequence[] sequences = [.. x.Zip(y, (inputs, targets) => new Sequence(inputs, targets))];
        return (sequences, RecurrentNetwork.InitializeWeights(Input, Hidden, Output, random));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Input} → {Hidden} → {Output}, T = {Steps}";
}
