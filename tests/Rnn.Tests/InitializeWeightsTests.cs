using static Rnn.RecurrentNetwork;

namespace Rnn.Tests;

public sealed class InitializeWeightsTests
{
    [Fact]
    public void Draws_Wh_then_Wx_then_Wy_row_by_row_and_leaves_the_biases_zero()
    {
        NumPyRandom random = new(31), same = new(31);
        Weights weights = InitializeWeights(2, 3, 5, random, 0.25);
        Close.To(same.Randn(3, 3) * 0.25, weights.Wh, 1e-15, "Wh");
        Close.To(same.Randn(2, 3) * 0.25, weights.Wx, 1e-15, "Wx");
        Close.To(same.Randn(3, 5) * 0.25, weights.Wy, 1e-15, "Wy");
        Assert.Equal(new double[3], weights.Bh);
        Assert.Equal(new double[5], weights.By);
        Assert.Equal((2, 3, 5), (weights.InputDim, weights.HiddenDim, weights.OutputDim));
        Assert.Equal(same.NextGaussian(), random.NextGaussian());
        Assert.Equal(same.NextDouble(), random.NextDouble());
    }

    [Fact]
    public void The_default_scale_is_the_sources() =>
        Bits.AreEqual(InitializeWeights(4, 5, 2, new NumPyRandom(1), 0.01),
            InitializeWeights(4, 5, 2, new NumPyRandom(1)));

    [Fact]
    public void A_generator_that_keeps_a_gaussian_gives_it_first()
    {
        NumPyRandom random = new(31), same = new(31);
        random.NextGaussian();
        same.NextGaussian();
        Weights weights = InitializeWeights(1, 1, 1, random, 1);
        Assert.Equal(same.NextGaussian(), weights.Wh[0, 0]);
    }

    [Fact]
    public void Any_other_generator_gives_gaussian_noise_of_the_scale()
    {
        Weights weights = InitializeWeights(60, 80, 70, new Random(5), 0.5);
        foreach (Matrix<double> matrix in new[] { weights.Wh, weights.Wx, weights.Wy })
        {
            double[] drawn = [.. Bits.Of(matrix)];
            Assert.InRange(drawn.Average(), -0.04, 0.04);
            Assert.InRange(Math.Sqrt(drawn.Average(value => value * value)), 0.48, 0.52);
            Assert.InRange(drawn.Count(value => Math.Abs(value) < 0.5) / (double)drawn.Length, 0.66, 0.705);
            Assert.Equal(drawn.Length, drawn.Distinct().Count());
        }

        Assert.Equal(new double[80], weights.Bh);
        Assert.Equal(new double[70], weights.By);
    }

    [Fact]
    public void Any_other_generator_gives_the_same_bits_from_the_same_state() =>
        Bits.AreEqual(InitializeWeights(3, 4, 5, new Random(5)), InitializeWeights(3, 4, 5, new Random(5)));

    [Fact]
    public void A_scale_of_zero_gives_zeros()
    {
        Weights weights = InitializeWeights(3, 4, 5, new NumPyRandom(5), 0);
        Assert.All(Bits.Of(weights), entry => Assert.Equal(0, entry));
    }
}
