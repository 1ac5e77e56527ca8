using CsCheck;
using static Rnn.RecurrentNetwork;

namespace Rnn.Tests;

/// <summary>The same arguments give the same bits, one after another and on several threads at once.</summary>
public sealed class DeterminismTests
{
    [Fact]
    public void Two_calls_give_the_same_bits() =>
        Case.Any.Sample(one => Bits.AreEqual(AllOf(one), AllOf(one)), iter: 100);

    [Fact]
    public void Training_from_equal_generators_gives_the_same_bits_and_leaves_them_equal()
    {
        (Random, Random)[] pairs = [(new NumPyRandom(4), new NumPyRandom(4)), (new Random(4), new Random(4))];
        foreach ((Random one, Random other) in pairs)
        {
            TrainingOptions options = new() { Epochs = 5, HiddenDim = 6 };
            TrainingResult first = Train(TestData.Sequences(), options with { Random = one });
            TrainingResult second = Train(TestData.Sequences(), options with { Random = other });
            Bits.AreEqual(first, second);
            Assert.Equal(one.NextInt64(), other.NextInt64());
        }
    }

    [Fact]
    public void Training_draws_what_InitializeWeights_draws_and_no_more()
    {
        NumPyRandom inTraining = new(4), before = new(4);
        Weights weights = InitializeWeights(3, 7, 2, before);
        TrainingResult drawn =
            Train(TestData.Sequences(), new TrainingOptions { Epochs = 5, HiddenDim = 7, Random = inTraining });
        TrainingResult given = Train(TestData.Sequences(), new TrainingOptions { Epochs = 5, InitialWeights = weights });
        Bits.AreEqual(drawn, given);
        Assert.Equal(before.NextGaussian(), inTraining.NextGaussian());
        Assert.Equal(before.NextDouble(), inTraining.NextDouble());
    }

    [Fact]
    public async Task Several_threads_may_train_on_the_same_data()
    {
        List<Sequence> sequences = [.. TestData.Sequences(6, 5, 3, 12), .. TestData.Sequences(3, 5, 3, 4, 8)];
        TrainingOptions options = new() { InitialWeights = TestData.Weights(5, 9, 3), Epochs = 40, ClipNorm = 2 };
        double[] alone = [.. Bits.Of(Train(sequences, options))];

        TrainingResult[] results =
            await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Train(sequences, options))));

        Assert.All(results, result => Bits.AreEqual(alone, Bits.Of(result)));
    }

    [Fact]
    public void A_run_is_not_touched_by_one_inside_its_report()
    {
        List<Sequence> sequences = TestData.Sequences();
        TrainingOptions options = new() { InitialWeights = TestData.Weights(), Epochs = 6, ReportEvery = 2 };
        double[] alone = [.. Bits.Of(Train(sequences, options))];

        TrainingResult result = Train(sequences, options,
            _ => Train(TestData.Sequences(seed: 9), options with { LearningRate = 1, ClipNorm = 0.1 }));

        Bits.AreEqual(alone, Bits.Of(result));
    }

    private static double[] AllOf(Case one)
    {
        ForwardPass forward = Forward(one.First.X, one.Weights, one.HPrev);
        return
        [
            .. Bits.Of(Softmax(one.First.X)),
            .. Bits.Of(forward),
            .. Bits.Of(Backward(one.First.X, one.First.Y, forward, one.Weights)),
            .. Bits.Of(Train(one.Sequences, new TrainingOptions { InitialWeights = one.Weights, Epochs = 2 })),
            .. Bits.Of(InitializeWeights(one.Input, one.Hidden, one.Output, new NumPyRandom((uint)one.Seed))),
        ];
    }
}
