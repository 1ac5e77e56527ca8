using MathNet.Numerics.LinearAlgebra;

namespace Rnn.Tests;

/// <summary>
/// The source once more, line by line in arrays and loops, in its order and with nothing shared with the library: what the
/// library is compared with on random shapes.
/// </summary>
internal static class PlainPort
{
    internal sealed record Net(double[,] Wh, double[,] Wx, double[,] Wy, double[] Bh, double[] By)
    {
        public int Input => Wx.GetLength(0);

        public int Hidden => Wh.GetLength(0);

        public int Output => Wy.GetLength(1);

        public static Net Of(Weights weights) =>
            new(weights.Wh.ToArray(), weights.Wx.ToArray(), weights.Wy.ToArray(), weights.Bh.ToArray(), weights.By.ToArray());

        public Net Zeros() => new(new double[Hidden, Hidden], new double[Input, Hidden], new double[Hidden, Output], new double[Hidden], new double[Output]);

        public Weights ToWeights() => new(
            Matrix<double>.Build.DenseOfArray(Wh),
            Matrix<double>.Build.DenseOfArray(Wx),
            Matrix<double>.Build.DenseOfArray(Wy),
            Vector<double>.Build.DenseOfArray(Bh),
            Vector<double>.Build.DenseOfArray(By));
    }

    public static double[] Softmax(double[] x)
    {
        double max = x[0];
        for (int k = 1; k < x.Length; k++)
        {
            if (x[k] > max)
                max = x[k];
        }

        double[] y = new double[x.Length];
        double sum = 0;
        for (int k = 0; k < x.Length; k++)
        {
            y[k] = Math.Exp(x[k] - max);
            sum += y[k];
        }

        for (int k = 0; k < x.Length; k++)
            y[k] /= sum;
        return y;
    }

    public static (double[,] H, double[,] Y) Forward(double[,] x, Net net, double[] hPrev)
    {
        int steps = x.GetLength(0);
        double[,] h = new double[steps, net.Hidden];
        double[,] y = new double[steps, net.Output];
        for (int t = 0; t < steps; t++)
        {
            double[] now = new double[net.Hidden];
            for (int j = 0; j < net.Hidden; j++)
            {
                double fromInput = 0, fromHidden = 0;
                for (int i = 0; i < net.Input; i++)
                    fromInput += x[t, i] * net.Wx[i, j];
                for (int i = 0; i < net.Hidden; i++)
                    fromHidden += hPrev[i] * net.Wh[i, j];
                now[j] = Math.Tanh(fromInput + fromHidden + net.Bh[j]);
                h[t, j] = now[j];
            }

            double[] scores = new double[net.Output];
            for (int k = 0; k < net.Output; k++)
            {
                for (int j = 0; j < net.Hidden; j++)
                    scores[k] += now[j] * net.Wy[j, k];
                scores[k] += net.By[k];
            }

            double[] probabilities = Softmax(scores);
            for (int k = 0; k < net.Output; k++)
                y[t, k] = probabilities[k];
            hPrev = now;
        }

        return (h, y);
    }

    public static (Net Gradients, double Loss) Backward(double[,] x, double[,] yTrue, double[,] h, double[,] y, Net net, bool exact)
    {
        int steps = x.GetLength(0);
        Net gradients = net.Zeros();
        double[] dhNext = new double[net.Hidden];

        double loss = 0;
        for (int t = 0; t < steps; t++)
        {
            for (int k = 0; k < net.Output; k++)
                loss += yTrue[t, k] * Math.Log(y[t, k] + 1e-8);
        }

        loss = -loss;
        for (int t = steps - 1; t >= 0; t--)
        {
            double rowSum = 0;
            for (int k = 0; k < net.Output; k++)
                rowSum += yTrue[t, k];
            double[] dy = new double[net.Output];
            for (int k = 0; k < net.Output; k++)
                dy[k] = (exact ? y[t, k] * rowSum : y[t, k]) - yTrue[t, k];

            for (int k = 0; k < net.Output; k++)
            {
                for (int j = 0; j < net.Hidden; j++)
                    gradients.Wy[j, k] += h[t, j] * dy[k];
                gradients.By[k] += dy[k];
            }

            double[] dhRaw = new double[net.Hidden];
            for (int j = 0; j < net.Hidden; j++)
            {
                double dh = 0;
                for (int k = 0; k < net.Output; k++)
                    dh += dy[k] * net.Wy[j, k];
                dhRaw[j] = (1 - h[t, j] * h[t, j]) * (dh + dhNext[j]);
            }

            for (int j = 0; j < net.Hidden; j++)
            {
                gradients.Bh[j] += dhRaw[j];
                for (int i = 0; i < net.Input; i++)
                    gradients.Wx[i, j] += x[t, i] * dhRaw[j];
                if (t != 0)
                {
                    for (int i = 0; i < net.Hidden; i++)
                        gradients.Wh[i, j] += h[t - 1, i] * dhRaw[j];
                }
            }

            double[] next = new double[net.Hidden];
            for (int i = 0; i < net.Hidden; i++)
            {
                for (int j = 0; j < net.Hidden; j++)
                    next[i] += dhRaw[j] * net.Wh[i, j];
            }

            dhNext = next;
        }

        return (gradients, loss);
    }

    public static double Norm(Net gradients)
    {
        double sum = 0;
        foreach (double value in Entries(gradients))
            sum += value * value;
        return Math.Sqrt(sum);
    }

    /// <summary>The weights after the last epoch, and each epoch's last and mean loss.</summary>
    public static (Net Net, double[] Losses, double[] MeanLosses) Train(
        IReadOnlyList<(double[,] X, double[,] Y)> sequences, Net start, int epochs, double learningRate, bool exact, double? clipNorm)
    {
        Net net = new((double[,])start.Wh.Clone(), (double[,])start.Wx.Clone(), (double[,])start.Wy.Clone(),
            (double[])start.Bh.Clone(), (double[])start.By.Clone());
        double[] losses = new double[epochs];
        double[] meanLosses = new double[epochs];
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            double sum = 0;
            foreach ((double[,] x, double[,] yTrue) in sequences)
            {
                (double[,] h, double[,] y) = Forward(x, net, new double[net.Hidden]);
                (Net gradients, double loss) = Backward(x, yTrue, h, y, net, exact);
                double norm = Norm(gradients);
                double factor = norm > clipNorm ? clipNorm.Value / norm : 1;
                Descend(net.Wh, gradients.Wh, learningRate, factor);
                Descend(net.Wx, gradients.Wx, learningRate, factor);
                Descend(net.Wy, gradients.Wy, learningRate, factor);
                Descend(net.Bh, gradients.Bh, learningRate, factor);
                Descend(net.By, gradients.By, learningRate, factor);
                losses[epoch] = loss;
                sum += loss;
            }

            meanLosses[epoch] = sum / sequences.Count;
        }

        return (net, losses, meanLosses);
    }

    private static IEnumerable<double> Entries(Net net) =>
        [.. net.Wh.Cast<double>(), .. net.Wx.Cast<double>(), .. net.Wy.Cast<double>(), .. net.Bh, .. net.By];

    private static void Descend(double[,] weights, double[,] gradients, double learningRate, double factor)
    {
        for (int i = 0; i < weights.GetLength(0); i++)
        {
            for (int j = 0; j < weights.GetLength(1); j++)
                weights[i, j] -= learningRate * (gradients[i, j] * factor);
        }
    }

    private static void Descend(double[] weights, double[] gradients, double learningRate, double factor)
    {
        for (int j = 0; j < weights.Length; j++)
            weights[j] -= learningRate * (gradients[j] * factor);
    }
}
