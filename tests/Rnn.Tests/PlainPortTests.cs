using CsCheck;

namespace Rnn.Tests;

/// <summary>
/// The library against the plain port, on random shapes. The numbers are near 1, so rounding stays far below the absolute bounds.
/// </summary>
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
                Close.To(PlainPort.Softmax(x.Row(i)), y.Row(i), 1e-13, $"row {i}");
        }, iter: 300);

    [Fact]
    public void Forward_agrees() =>
        Case.Any.Sample(one =>
        {
            foreach (Vector<double>? hPrev in new[] { null, one.HPrev })
            {
                ForwardPass expected = PlainPort.Forward(one.First.X, one.Weights, hPrev ?? one.HPrev * 0);
                Close.To(expected, RecurrentNetwork.Forward(one.First.X, one.Weights, hPrev), Close.Pass, "forward", Rounding);
            }
        }, iter: 300);

    [Theory]
    [InlineData(OutputGradient.AsInSource)]
    [InlineData(OutputGradient.Exact)]
    public void Backward_agrees(OutputGradient outputGradient) =>
        Case.Any.Sample(one =>
        {
            BackwardAgrees(one, PlainPort.Forward(one.First.X, one.Weights, one.HPrev), outputGradient);
        }, iter: 300);

    /// <summary>Backward must take the hidden states and outputs that it is given, not compute its own.</summary>
    [Fact]
    public void Backward_agrees_for_states_that_no_forward_pass_gave() =>
        Case.Any.Sample(one =>
        {
            Random random = new(one.Seed);
            Matrix<double> h = TestData.Matrix(random, one.FirstLength, one.Hidden);
            Matrix<double> y = RecurrentNetwork.Softmax(TestData.Matrix(random, one.FirstLength, one.Output));
            BackwardAgrees(one, new ForwardPass(h, y), OutputGradient.AsInSource);
        }, iter: 100);

    [Theory]
    [InlineData(OutputGradient.AsInSource, null)]
    [InlineData(OutputGradient.Exact, null)]
    [InlineData(OutputGradient.AsInSource, 0.5)]
    [InlineData(OutputGradient.Exact, 3.0)]
    public void Training_agrees(OutputGradient outputGradient, double? clipNorm) =>
        Case.Any.Sample(one =>
        {
            TrainingOptions options = new()
            {
                InitialWeights = one.Weights,
                Epochs = 3,
                LearningRate = 0.02,
                OutputGradient = outputGradient,
                ClipNorm = clipNorm,
            };
            TrainingResult expected = PlainPort.Train(one.Sequences, options);
            Close.To(expected, RecurrentNetwork.Train(one.Sequences, options), Close.Pass, "training", Rounding);
        }, iter: 150);

    [Fact]
    public void One_step_of_training_is_forward_backward_and_descent() =>
        Case.Any.Sample(one =>
        {
            const double learningRate = 0.25;
            Weights before = one.Weights;
            ForwardPass forward = RecurrentNetwork.Forward(one.First.X, before);
            BackwardPass backward = RecurrentNetwork.Backward(one.First.X, one.First.Y, forward, before);

            TrainingResult result = RecurrentNetwork.Train([one.First],
                new TrainingOptions { InitialWeights = before, Epochs = 1, LearningRate = learningRate });

            Close.To(PlainPort.Descend(before, backward.Gradients, learningRate), result.Weights, 1e-12, "Weights", 1e-13);
            Close.To(backward.Loss, result.Losses[0], 1e-13, "Losses[0]");
            Close.To(backward.Loss, result.MeanLosses[0], 1e-13, "MeanLosses[0]");
        }, iter: 150);

    private static void BackwardAgrees(Case one, ForwardPass forward, OutputGradient outputGradient)
    {
        BackwardPass expected = PlainPort.Backward(one.First, forward, one.Weights, outputGradient);
        BackwardPass backward = RecurrentNetwork.Backward(one.First.X, one.First.Y, forward, one.Weights, outputGradient);
        Close.To(expected, backward, Close.Pass, "backward", Rounding);
    }
}
