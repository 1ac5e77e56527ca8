using MathNet.Numerics.LinearAlgebra;

namespace Rnn.Internals;

/// <summary>The weights, or their gradients, as the kernels want them: one array per matrix, row after row.</summary>
internal sealed class Parameters(int input, int hidden, int output)
{
    public int Input { get; } = input;
    public int Hidden { get; } = hidden;
    public int Output { get; } = output;

    public double[] Wh { get; } = new double[hidden * hidden];
    public double[] Wx { get; } = new double[input * hidden];
    public double[] Wy { get; } = new double[hidden * output];
    public double[] Bh { get; } = new double[hidden];
    public double[] By { get; } = new double[output];

    public static Parameters CopyOf(Weights weights)
    {
        Parameters copy = new(weights.InputDim, weights.HiddenDim, weights.OutputDim);
        RowMajor.Copy(weights.Wh, copy.Wh);
        RowMajor.Copy(weights.Wx, copy.Wx);
        RowMajor.Copy(weights.Wy, copy.Wy);
        weights.Bh.ToArray().CopyTo(copy.Bh, 0);
        weights.By.ToArray().CopyTo(copy.By, 0);
        return copy;
    }

    public Weights ToWeights() => new(
        RowMajor.ToMatrix(Wh, Hidden, Hidden),
        RowMajor.ToMatrix(Wx, Input, Hidden),
        RowMajor.ToMatrix(Wy, Hidden, Output),
        Vector<double>.Build.DenseOfArray(Bh),
        Vector<double>.Build.DenseOfArray(By));

    public void Clear()
    {
        Array.Clear(Wh);
        Array.Clear(Wx);
        Array.Clear(Wy);
        Array.Clear(Bh);
        Array.Clear(By);
    }
}
