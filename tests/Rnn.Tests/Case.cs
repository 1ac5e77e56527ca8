using CsCheck;

namespace Rnn.Tests;

/// <summary>
/// A network of some shape with sequences of some lengths, all drawn from one seed: small to print when a property fails.
/// </summary>
internal sealed record Case(int Seed, int Input, int Hidden, int Output, int FirstLength, int SecondLength, Labels Labels)
{
    /// <summary>
    /// Any shape, on both sides of multiples of a vector's width, and of the width from which on the library reads Wh otherwise.
    /// </summary>
    public static readonly Gen<Case> Any = Shapes(
        Gen.Int[1, 9],
        Gen.OneOf(Gen.Int[1, 9], Gen.Int[15, 19], Gen.Int[31, 34], Gen.Int[54, 66], Gen.Int[94, 98], Gen.Int[126, 130]),
        Gen.Int[1, 9], Gen.Int[1, 12]);

    /// <summary>Small enough to differentiate every entry.</summary>
    public static readonly Gen<Case> Small = Shapes(Gen.Int[1, 4], Gen.Int[1, 5], Gen.Int[1, 4], Gen.Int[1, 6]);

    public Weights Weights => TestData.Weights(Input, Hidden, Output, 1.5 / Math.Sqrt(Hidden), Seed);

    public Vector<double> HPrev => TestData.Vector(new Random(Seed + 1), Hidden);

    public Sequence First => Draw(FirstLength, Seed + 2);

    public IReadOnlyList<Sequence> Sequences => [First, Draw(SecondLength, Seed + 3), Draw(1, Seed + 4)];

    /// <summary>Enough to make it again.</summary>
    public override string ToString() =>
        $"new Case({Seed}, {Input}, {Hidden}, {Output}, {FirstLength}, {SecondLength}, Labels.{Labels})";

    private static Gen<Case> Shapes(Gen<int> inputs, Gen<int> units, Gen<int> outputs, Gen<int> lengths) =>
        Gen.Select(Gen.Int[0, 1_000_000], inputs, units, outputs, lengths, lengths, Gen.Enum<Labels>(),
            (seed, input, hidden, output, first, second, labels) => new Case(seed, input, hidden, output, first, second, labels));

    private Sequence Draw(int steps, int seed)
    {
        Random random = new(seed);
        return new Sequence(TestData.Matrix(random, steps, Input), Labels switch
        {
            Labels.OneHot => TestData.OneHot(Matrix<double>.Build.Dense(steps, 1, (_, _) => random.Next(Output)), Output),
            Labels.MultiHot => TestData.ZeroOrOne(random, steps, Output),
            Labels.Fractional => TestData.Matrix(random, steps, Output) + 1,
            _ => Matrix<double>.Build.Dense(steps, Output),
        });
    }
}
