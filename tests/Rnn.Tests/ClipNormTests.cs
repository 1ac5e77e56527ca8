using CsCheck;
using static Rnn.RecurrentNetwork;

namespace Rnn.Tests;

/// <summary>ClipNorm scales all gradients of a sequence together so that their joint 2-norm is at most it.</summary>
public sealed class ClipNormTests
{
    [Fact]
    public void The_step_is_the_gradient_scaled_to_the_bound() =>
        Case.Any.Sample(one =>
        {
            Weights gradients = Gradients(one.Weights, one.First);
            double norm = PlainPort.Norm(gradients);
            foreach (double clipNorm in new[] { norm / 3, norm * 0.999 })
            {
                if (clipNorm == 0)
                    continue;
                Weights moved = Step(one.Weights, one.First, clipNorm);
                Close.To(PlainPort.Descend(one.Weights, gradients, clipNorm / norm), moved, 1e-11, "Weights", 1e-12);
            }
        }, iter: 100);

    [Fact]
    public void A_smaller_gradient_is_left_alone_to_the_bit() =>
        Case.Any.Sample(one =>
        {
            double norm = PlainPort.Norm(Gradients(one.Weights, one.First));
            Weights unclipped = Step(one.Weights, one.First, null);
            foreach (double clipNorm in new[] { norm * (1 + 1e-9) + double.Epsilon, norm * 2 + 1, 1e150, 1e300, double.MaxValue })
                Bits.AreEqual(unclipped, Step(one.Weights, one.First, clipNorm));
        }, iter: 100);

    /// <summary>
    /// With Wy and By zero only these two have a gradient, and after one step of rate 1 they are that gradient, to the bit: its
    /// norm is seen at any magnitude, also where squares overflow or vanish.
    /// </summary>
    [Theory]
    [InlineData(1, 0.1)]
    [InlineData(1, 1e-3)]
    [InlineData(1, 1e-200)]
    [InlineData(1, 1e-307)]
    [InlineData(1e100, 1)]
    [InlineData(1e160, 1)]
    [InlineData(1e200, 1)]
    [InlineData(1e200, 1e160)]
    [InlineData(1e300, 1e-3)]
    [InlineData(1e305, 1e304)]
    [InlineData(1e-100, 1e-120)]
    [InlineData(1e-160, 1e-170)]
    [InlineData(1e-200, 1e-205)]
    [InlineData(1e-290, 1e-295)]
    public void The_joint_norm_is_the_bound_at_any_magnitude(double magnitude, double clipNorm)
    {
        (Weights weights, Sequence sequence) = OnlyOutputsMove(magnitude);
        Weights gradients = Gradients(weights, sequence, OutputGradient.Exact);
        Assert.True(ScaledNorm(gradients, magnitude) > clipNorm / magnitude, "The bound is to be felt.");

        Weights moved = Step(weights, sequence, clipNorm, OutputGradient.Exact);

        Close.To(1, ScaledNorm(moved, clipNorm), 1e-12, "norm / ClipNorm");
        double factor = clipNorm / magnitude / ScaledNorm(gradients, magnitude);
        Close.To(-(gradients.Wy * factor), moved.Wy, 1e-12, "Wy");
        Close.To(-(gradients.By * factor), moved.By, 1e-12, "By");
        Bits.AreEqual([.. Bits.Of(weights.Wh), .. Bits.Of(weights.Wx), .. weights.Bh],
            [.. Bits.Of(moved.Wh), .. Bits.Of(moved.Wx), .. moved.Bh]);
    }

    [Theory]
    [InlineData(1e200, 1e201)]
    [InlineData(1e160, 1e300)]
    [InlineData(1e-200, 1e-190)]
    [InlineData(1e-300, 1)]
    [InlineData(1, double.MaxValue)]
    public void A_smaller_gradient_of_any_magnitude_is_left_alone_to_the_bit(double magnitude, double clipNorm)
    {
        (Weights weights, Sequence sequence) = OnlyOutputsMove(magnitude);
        Bits.AreEqual(Step(weights, sequence, null, OutputGradient.Exact),
            Step(weights, sequence, clipNorm, OutputGradient.Exact));
    }

    [Fact]
    public void The_smallest_bound_all_but_stops_training()
    {
        Weights moved = Step(TestData.Weights(), TestData.Sequences()[0], double.Epsilon);
        Close.To(TestData.Weights(), moved, 1e-300, "Weights");
    }

    [Fact]
    public void A_gradient_of_zero_stays_zero()
    {
        Sequence sequence = TestData.Sequences()[0];
        Sequence silent = sequence with { Y = Matrix<double>.Build.Dense(sequence.Y.RowCount, sequence.Y.ColumnCount) };
        Bits.AreEqual(TestData.Weights(), Step(TestData.Weights(), silent, 0.5, OutputGradient.Exact));
    }

    [Fact]
    public void The_loss_is_that_of_the_pass_not_of_the_clipped_step()
    {
        TrainingOptions options = new() { InitialWeights = TestData.Weights(), Epochs = 1 };
        List<Sequence> one = TestData.Sequences(1);
        Bits.AreEqual(Train(one, options).Losses, Train(one, options with { ClipNorm = 1e-3 }).Losses);
    }

    /// <summary>Clipping is of the gradients: the learning rate comes after.</summary>
    [Fact]
    public void The_step_is_the_learning_rate_times_the_clipped_gradient()
    {
        (Weights weights, Sequence sequence) = OnlyOutputsMove(1);
        TrainingResult result = Train([sequence],
            new TrainingOptions { InitialWeights = weights, Epochs = 1, LearningRate = 0.125, ClipNorm = 0.01 });
        double norm = Math.Sqrt(Bits.Of(result.Weights.Wy).Concat(result.Weights.By).Sum(entry => entry * entry));
        Close.To(0.00125, norm, 1e-12, "the length of the step");
    }

    private static (Weights Weights, Sequence Sequence) OnlyOutputsMove(double magnitude)
    {
        Weights drawn = TestData.Weights(3, 4, 2);
        Sequence sequence = TestData.Sequences(1)[0];
        return (new Weights(drawn.Wh, drawn.Wx, Matrix<double>.Build.Dense(4, 2), drawn.Bh, Vector<double>.Build.Dense(2)),
            sequence with { Y = TestData.Matrix(new Random(3), 5, 2).PointwiseAbs() * magnitude });
    }

    private static Weights Step(Weights weights, Sequence sequence, double? clipNorm,
        OutputGradient outputGradient = OutputGradient.AsInSource) =>
        Train([sequence],
            new TrainingOptions
            {
                InitialWeights = weights,
                Epochs = 1,
                LearningRate = 1,
                ClipNorm = clipNorm,
                OutputGradient = outputGradient,
            }).Weights;

    private static Weights Gradients(Weights weights, Sequence sequence,
        OutputGradient outputGradient = OutputGradient.AsInSource) =>
        Backward(sequence.X, sequence.Y, Forward(sequence.X, weights), weights, outputGradient).Gradients;

    /// <summary>The norm of Wy and By in a unit: squares of such numbers neither overflow nor vanish.</summary>
    private static double ScaledNorm(Weights weights, double unit) =>
        Math.Sqrt(Bits.Of(weights.Wy).Concat(weights.By).Sum(entry => entry / unit * (entry / unit)));
}
