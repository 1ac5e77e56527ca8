using CsCheck;
using MathNet.Numerics.LinearAlgebra;

namespace Rnn.Tests;

/// <summary>A network of some shape with sequences of some lengths, all drawn from one seed: small to print when a property fails.</summary>
internal sealed record Case(int Seed, int Input, int Hidden, int Output, int FirstLength, int SecondLength, Labels Labels)
{
    /// <summary>Any shape up to a little more than the widest vector, on both sides of every multiple of a vector width.</summary>
    public static readonly Gen<Case> Any = Shapes(Gen.Int[1, 9], Gen.OneOf(Gen.Int[1, 9], Gen.Int[15, 19], Gen.Int[31, 34]), Gen.Int[1, 9], Gen.Int[1, 12]);

    /// <summary>Small enough to differentiate every entry.</summary>
    public static readonly Gen<Case> Small = Shapes(Gen.Int[1, 4], Gen.Int[1, 5], Gen.Int[1, 4], Gen.Int[1, 6]);

    public Weights Weights => TestData.Weights(Input, Hidden, Output, 1.5 / Math.Sqrt(Hidden), Seed);

    public Vector<double> HPrev => TestData.Vector(new Random(Seed + 1), Hidden);

    public Sequence First => Draw(FirstLength, Seed + 2);

    public IReadOnlyList<Sequence> Sequences => [First, Draw(SecondLength, Seed + 3), Draw(1, Seed + 4)];

    /// <summary>Enough to make it again.</summary>
    public override string ToString() =>
        $"new Case({Seed}, {Input}, {Hidden}, {Output}, {FirstLength}, {SecondLength}, Labels.{Labels})";

    private static Gen<Case> Shapes(Gen<int> input, Gen<int> hidden, Gen<int> output, Gen<int> length) =>
        Gen.Select(Gen.Int[0, 1_000_000], input, hidden, output, length, length, Gen.Enum<Labels>())
            .Select(drawn => new Case(drawn.Item1, drawn.Item2, drawn.Item3, drawn.Item4, drawn.Item5, drawn.Item6, drawn.Item7));

    private Sequence Draw(int steps, int seed)
    {
        Random random = new(seed);
        Matrix<double> x = TestData.Matrix(random, steps, Input);
        Matrix<double> y = Matrix<double>.Build.Dense(steps, Output);
        for (int t = 0; t < steps; t++)
        {
            int one = random.Next(Output);
            for (int k = 0; k < Output; k++)
            {
                y[t, k] = Labels switch
                {
                    Labels.OneHot => k == one ? 1 : 0,
                    Labels.MultiHot => random.Next(2),
                    Labels.Fractional => 2 * random.NextDouble(),
                    _ => 0,
                };
            }
        }

        return new Sequence(x, y);
    }
}
