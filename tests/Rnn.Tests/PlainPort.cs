namespace Rnn.Tests;

/// <summary>
/// The source once more, line by line and in its order, with MathNet's operators and nothing of the library: what the library is
/// compared with on random shapes.
/// </summary>
internal static class PlainPort
{
    public static Vector<double> Softmax(Vector<double> x)
    {
        Vector<double> exp = (x - x.Maximum()).PointwiseExp();
        return exp / exp.Sum();
    }

    public static ForwardPass Forward(Matrix<double> x, Weights weights, Vector<double> hPrev)
    {
        Matrix<double> h = Matrix<double>.Build.Dense(x.RowCount, weights.HiddenDim);
        Matrix<double> y = Matrix<double>.Build.Dense(x.RowCount, weights.OutputDim);
        for (int t = 0; t < x.RowCount; t++)
        {
            hPrev = (x.Row(t) * weights.Wx + hPrev * weights.Wh + weights.Bh).PointwiseTanh();
            h.SetRow(t, hPrev);
            y.SetRow(t, Softmax(hPrev * weights.Wy + weights.By));
        }

        return new ForwardPass(h, y);
    }

    public static BackwardPass Backward(Sequence sequence, ForwardPass forward, Weights weights, OutputGradient outputGradient)
    {
        ((Matrix<double> x, Matrix<double> yTrue), (Matrix<double> h, Matrix<double> y)) = (sequence, forward);
        Matrix<double> dWh = weights.Wh * 0, dWx = weights.Wx * 0, dWy = weights.Wy * 0;
        Vector<double> dbh = weights.Bh * 0, dby = weights.By * 0, dhNext = weights.Bh * 0;
        double loss = -yTrue.PointwiseMultiply((y + 1e-8).PointwiseLog()).RowSums().Sum();
        for (int t = x.RowCount - 1; t >= 0; t--)
        {
            Vector<double> dy = y.Row(t) * (outputGradient == OutputGradient.Exact ? yTrue.Row(t).Sum() : 1) - yTrue.Row(t);
            dWy += h.Row(t).OuterProduct(dy);
            dby += dy;
            Vector<double> dhRaw = (1 - h.Row(t).PointwiseMultiply(h.Row(t))).PointwiseMultiply(weights.Wy * dy + dhNext);
            dbh += dhRaw;
            dWx += x.Row(t).OuterProduct(dhRaw);
            if (t != 0)
                dWh += h.Row(t - 1).OuterProduct(dhRaw);
            dhNext = weights.Wh * dhRaw;
        }

        return new BackwardPass(new Weights(dWh, dWx, dWy, dbh, dby), loss);
    }

    /// <summary>One step of plain gradient descent.</summary>
    public static Weights Descend(Weights weights, Weights gradients, double rate) => new(
        weights.Wh - rate * gradients.Wh, weights.Wx - rate * gradients.Wx, weights.Wy - rate * gradients.Wy,
        weights.Bh - rate * gradients.Bh, weights.By - rate * gradients.By);

    public static double Norm(Weights gradients) => Math.Sqrt(Bits.Of(gradients).Sum(entry => entry * entry));

    public static TrainingResult Train(IReadOnlyList<Sequence> sequences, TrainingOptions options)
    {
        Weights weights = options.InitialWeights!;
        List<double> losses = [], meanLosses = [];
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            List<double> ofEpoch = [];
            foreach (Sequence sequence in sequences)
            {
                ForwardPass forward = Forward(sequence.X, weights, weights.Bh * 0);
                BackwardPass backward = Backward(sequence, forward, weights, options.OutputGradient);
                double factor = Math.Min(1, options.ClipNorm / Norm(backward.Gradients) ?? 1);
                weights = Descend(weights, backward.Gradients, options.LearningRate * factor);
                ofEpoch.Add(backward.Loss);
            }

            losses.Add(ofEpoch[^1]);
            meanLosses.Add(ofEpoch.Average());
        }

        return new TrainingResult(weights, losses, meanLosses);
    }
}
