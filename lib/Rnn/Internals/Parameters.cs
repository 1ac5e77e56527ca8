namespace Rnn.Internals;

/// <summary>The weights, or their gradients, as the kernels want them; the biases are blocks of one row.</summary>
internal sealed class Parameters(int input, int hidden, int output)
{
    public Block Wh { get; } = Block.Allocate(hidden, hidden);
    public Block Wx { get; } = Block.Allocate(input, hidden);
    public Block Wy { get; } = Block.Allocate(hidden, output);
    public Block Bh { get; } = Block.Allocate(1, hidden);
    public Block By { get; } = Block.Allocate(1, output);

    public int Input => Wx.Rows;
    public int Hidden => Wh.Rows;
    public int Output => Wy.Columns;

    public static Parameters CopyOf(Weights weights)
    {
        Parameters copy = new(weights.InputDim, weights.HiddenDim, weights.OutputDim);
        copy.Wh.Set(weights.Wh);
        copy.Wx.Set(weights.Wx);
        copy.Wy.Set(weights.Wy);
        copy.Bh.Set(weights.Bh.ToRowMatrix());
        copy.By.Set(weights.By.ToRowMatrix());
        return copy;
    }

    public Weights ToWeights() => new(Wh.ToMatrix(), Wx.ToMatrix(), Wy.ToMatrix(), Bh.ToMatrix().Row(0), By.ToMatrix().Row(0));

    /// <summary>this -= learningRate * gradients. False where a weight is no longer finite.</summary>
    public bool Descend(Parameters gradients, double learningRate) =>
        Elementwise.Descend(Wh, gradients.Wh, learningRate)
        & Elementwise.Descend(Wx, gradients.Wx, learningRate)
        & Elementwise.Descend(Wy, gradients.Wy, learningRate)
        & Elementwise.Descend(Bh, gradients.Bh, learningRate)
        & Elementwise.Descend(By, gradients.By, learningRate);

    public bool AllFinite() =>
        Elementwise.AllFinite(Wh) && Elementwise.AllFinite(Wx) && Elementwise.AllFinite(Wy) && Elementwise.AllFinite(Bh) && Elementwise.AllFinite(By);

    /// <summary>Scales all five together so that their joint 2-norm is at most <paramref name="clipNorm"/>.</summary>
    public void Clip(double clipNorm)
    {
        double sumOfSquares = SumOfSquares(1);
        double unit = 1;
        // Squares overflow or vanish long before the entries do: then measured in units of the largest entry.
        if (!(sumOfSquares is > 1e-290 and < 1e290))
        {
            unit = Math.Max(Math.Max(Math.Max(Elementwise.Largest(Wh), Elementwise.Largest(Wx)), Math.Max(Elementwise.Largest(Wy), Elementwise.Largest(Bh))),
                            Elementwise.Largest(By));
            if (unit == 0 || !double.IsFinite(unit))
                return;
            sumOfSquares = SumOfSquares(unit);
        }

        double norm = Math.Sqrt(sumOfSquares);
        if (norm <= clipNorm / unit)
            return;
        Elementwise.Rescale(Wh, unit, clipNorm / norm);
        Elementwise.Rescale(Wx, unit, clipNorm / norm);
        Elementwise.Rescale(Wy, unit, clipNorm / norm);
        Elementwise.Rescale(Bh, unit, clipNorm / norm);
        Elementwise.Rescale(By, unit, clipNorm / norm);
    }

    private double SumOfSquares(double unit) =>
        Elementwise.SumOfSquares(Wh, unit) + Elementwise.SumOfSquares(Wx, unit) + Elementwise.SumOfSquares(Wy, unit)
        + Elementwise.SumOfSquares(Bh, unit) + Elementwise.SumOfSquares(By, unit);
}
