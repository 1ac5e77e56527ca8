using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace Rnn.Tests;

/// <summary>The library against the plain port, on random shapes. The numbers are near 1, so rounding stays far below the absolute bounds.</summary>
public sealed class PlainPortTests
{
    private const double Rounding = 1e-11;

    [Fact]
    public void Softmax_agrees() =>
        Case.Any.Sample(one =>
        {
            Matrix<double> x = TestData.Matrix(new Random(one.Seed), one.FirstLength, one.Output, 30);
            Matrix<double> y = RecurrentNetwork.Softmax(x);
            for (int i = 0; i < x.RowCount; i++)
                Close.To(PlainPort.Softmax(x.Row(i).ToArray()), y.Row(i).ToArray(), 1e-13, $"row {i}");
        }, iter: 300);

    [Fact]
    public void Forward_agrees() =>
        Case.Any.Sample(one =>
        {
            PlainPort.Net net = PlainPort.Net.Of(one.Weights);
            foreach (bool fromZero in new[] { true, false })
            {
                ForwardPass forward = RecurrentNetwork.Forward(one.First.X, one.Weights, fromZero ? null : one.HPrev);
                (double[,] h, double[,] y) = PlainPort.Forward(one.First.X.ToArray(), net, fromZero ? new double[one.Hidden] : one.HPrev.ToArray());
                Close.To(Dense(h), forward.H, Close.Pass, "H", Rounding);
                Close.To(Dense(y), forward.Y, Close.Pass, "Y", Rounding);
            }
        }, iter: 300);

    [Theory]
    [InlineData(OutputGradient.AsInSource)]
    [InlineData(OutputGradient.Exact)]
    public void Backward_agrees(OutputGradient outputGradient) =>
        Case.Any.Sample(one =>
        {
            PlainPort.Net net = PlainPort.Net.Of(one.Weights);
            (double[,] h, double[,] y) = PlainPort.Forward(one.First.X.ToArray(), net, one.HPrev.ToArray());
            (PlainPort.Net gradients, double loss) =
                PlainPort.Backward(one.First.X.ToArray(), one.First.Y.ToArray(), h, y, net, outputGradient == OutputGradient.Exact);

            BackwardPass backward = RecurrentNetwork.Backward(one.First.X, one.First.Y, new ForwardPass(Dense(h), Dense(y)), one.Weights, outputGradient);

            Close.To(new BackwardPass(gradients.ToWeights(), loss), backward, Close.Pass, "backward", Rounding);
        }, iter: 300);

    /// <summary>Backward must take the hidden states and outputs that it is given, not compute its own.</summary>
    [Fact]
    public void Backward_agrees_for_states_that_no_forward_pass_gave() =>
        Case.Any.Sample(one =>
        {
            Random random = new(one.Seed);
            ForwardPass forward = new(TestData.Matrix(random, one.FirstLength, one.Hidden), RecurrentNetwork.Softmax(TestData.Matrix(random, one.FirstLength, one.Output)));
            (PlainPort.Net gradients, double loss) = PlainPort.Backward(one.First.X.ToArray(), one.First.Y.ToArray(),
                forward.H.ToArray(), forward.Y.ToArray(), PlainPort.Net.Of(one.Weights), false);

            BackwardPass backward = RecurrentNetwork.Backward(one.First.X, one.First.Y, forward, one.Weights);

            Close.To(new BackwardPass(gradients.ToWeights(), loss), backward, Close.Pass, "backward", Rounding);
        }, iter: 100);

    [Theory]
    [InlineData(OutputGradient.AsInSource, null)]
    [InlineData(OutputGradient.Exact, null)]
    [InlineData(OutputGradient.AsInSource, 0.5)]
    [InlineData(OutputGradient.Exact, 3.0)]
    public void Training_agrees(OutputGradient outputGradient, double? clipNorm) =>
        Case.Any.Sample(one =>
        {
            const int epochs = 3;
            const double learningRate = 0.02;
            (PlainPort.Net net, double[] losses, double[] meanLosses) = PlainPort.Train(
                [.. one.Sequences.Select(sequence => (sequence.X.ToArray(), sequence.Y.ToArray()))],
                PlainPort.Net.Of(one.Weights), epochs, learningRate, outputGradient == OutputGradient.Exact, clipNorm);

            TrainingResult result = RecurrentNetwork.Train(one.Sequences, new TrainingOptions
            {
                InitialWeights = one.Weights,
                Epochs = epochs,
                LearningRate = learningRate,
                OutputGradient = outputGradient,
                ClipNorm = clipNorm,
            });

            Close.To(losses, result.Losses, Close.Pass, "Losses", Rounding);
            Close.To(meanLosses, result.MeanLosses, Close.Pass, "MeanLosses", Rounding);
            Close.To(net.ToWeights(), result.Weights, Close.Pass, "Weights", Rounding);
        }, iter: 150);

    [Fact]
    public void One_step_of_training_is_forward_backward_and_descent() =>
        Case.Any.Sample(one =>
        {
            const double learningRate = 0.25;
            Weights before = one.Weights;
            BackwardPass backward = RecurrentNetwork.Backward(one.First.X, one.First.Y, RecurrentNetwork.Forward(one.First.X, before), before);

            TrainingResult result = RecurrentNetwork.Train([one.First],
                new TrainingOptions { InitialWeights = before, Epochs = 1, LearningRate = learningRate });

            Weights g = backward.Gradients;
            Weights expected = new(before.Wh - learningRate * g.Wh, before.Wx - learningRate * g.Wx, before.Wy - learningRate * g.Wy,
                before.Bh - learningRate * g.Bh, before.By - learningRate * g.By);
            Close.To(expected, result.Weights, 1e-12, "Weights", 1e-13);
            Close.To(backward.Loss, result.Losses[0], 1e-13, "Losses[0]");
            Close.To(backward.Loss, result.MeanLosses[0], 1e-13, "MeanLosses[0]");
        }, iter: 150);

    private static Matrix<double> Dense(double[,] values) =>
        Matrix<double>.Build.DenseOfArray(values);
}
