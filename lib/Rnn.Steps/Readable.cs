using MathNet.Numerics.LinearAlgebra;

namespace Rnn.Steps;

/// <summary>Step 0: notebook 01's functions as they stand, with matrices and vectors that are new at every operation.</summary>
public static class Readable
{
    /// <summary>Trains as the source does; every step has this one method.</summary>
    public static TrainingResult Train(IReadOnlyList<Sequence> sequences, Weights initial, int epochs, double learningRate = 0.01)
    {
        Matrix<double> Wh = initial.Wh, Wx = initial.Wx, Wy = initial.Wy;
        Vector<double> bh = initial.Bh, by = initial.By;
        Vector<double> hPrev = Vector<double>.Build.Dense(initial.HiddenDim);
        List<double> losses = [], meanLosses = [];

        for (int epoch = 0; epoch < epochs; epoch++)
        {
            double loss = 0, sum = 0;
            foreach ((Matrix<double> X, Matrix<double> yTrue) in sequences)
            {
                (Matrix<double> h, Matrix<double> yPred) = RnnForward(X, Wh, Wx, Wy, bh, by, hPrev);
                (Matrix<double> dWh, Matrix<double> dWx, Matrix<double> dWy, Vector<double> dbh, Vector<double> dby, loss) =
                    RnnBackward(X, yTrue, yPred, h, Wh, Wx, Wy, bh, by);
                sum += loss;

                Wh -= learningRate * dWh;
                Wx -= learningRate * dWx;
                Wy -= learningRate * dWy;
                bh -= learningRate * dbh;
                by -= learningRate * dby;
            }

            losses.Add(loss);
            meanLosses.Add(sum / sequences.Count);
        }

        return new TrainingResult(new Weights(Wh, Wx, Wy, bh, by), losses, meanLosses);
    }

    private static Matrix<double> Softmax(Matrix<double> x)
    {
        Matrix<double> y = Matrix<double>.Build.Dense(x.RowCount, x.ColumnCount);
        for (int i = 0; i < x.RowCount; i++)
        {
            Vector<double> expX = (x.Row(i) - x.Row(i).Maximum()).PointwiseExp();
            y.SetRow(i, expX / expX.Sum());
        }

        return y;
    }

    private static (Matrix<double> h, Matrix<double> y) RnnForward(
        Matrix<double> X, Matrix<double> Wh, Matrix<double> Wx, Matrix<double> Wy, Vector<double> bh, Vector<double> by,
        Vector<double> hPrev)
    {
        int T = X.RowCount, hiddenDim = Wy.RowCount, outputDim = Wy.ColumnCount;
        Matrix<double> h = Matrix<double>.Build.Dense(T, hiddenDim);
        Matrix<double> y = Matrix<double>.Build.Dense(T, outputDim);
        for (int t = 0; t < T; t++)
        {
            h.SetRow(t, (X.Row(t) * Wx + hPrev * Wh + bh).PointwiseTanh());
            y.SetRow(t, Softmax((h.Row(t) * Wy + by).ToRowMatrix()).Row(0));
            hPrev = h.Row(t);
        }

        return (h, y);
    }

    private static (Matrix<double>, Matrix<double>, Matrix<double>, Vector<double>, Vector<double>, double) RnnBackward(
        Matrix<double> X, Matrix<double> yTrue, Matrix<double> yPred, Matrix<double> h,
        Matrix<double> Wh, Matrix<double> Wx, Matrix<double> Wy, Vector<double> bh, Vector<double> by)
    {
        int T = X.RowCount;
        Matrix<double> dWh = Wh * 0, dWx = Wx * 0, dWy = Wy * 0;
        Vector<double> dbh = bh * 0, dby = by * 0, dhNext = bh * 0;
        double loss = -yTrue.PointwiseMultiply((yPred + 1e-8).PointwiseLog()).Enumerate().Sum();
        for (int t = T - 1; t >= 0; t--)
        {
            Vector<double> dy = yPred.Row(t) - yTrue.Row(t);
            dWy += h.Row(t).OuterProduct(dy);
            dby += dy;

            Vector<double> dh = Wy * dy + dhNext;
            Vector<double> dhRaw = (1 - h.Row(t).PointwiseMultiply(h.Row(t))).PointwiseMultiply(dh);

            dbh += dhRaw;
            dWx += X.Row(t).OuterProduct(dhRaw);
            if (t != 0)
                dWh += h.Row(t - 1).OuterProduct(dhRaw);
            dhNext = Wh * dhRaw;
        }

        return (dWh, dWx, dWy, dbh, dby, loss);
    }
}
