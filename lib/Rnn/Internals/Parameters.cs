namespace Rnn.Internals;

/// <summary>
/// The weights, or their gradients, as the kernels want them, in strips. All but the outputs' bias have a column for each hidden
/// unit, so Wy is held as its transpose. The biases are matrices of one row.
/// </summary>
internal sealed class Parameters
{
    private readonly PaddedMatrix[] all;

    public Parameters(int input, int hidden, int output) =>
        all = [PaddedMatrix.AllocateStrips(hidden, hidden), PaddedMatrix.AllocateStrips(input, hidden),
               PaddedMatrix.AllocateStrips(output, hidden), PaddedMatrix.Allocate(1, hidden), PaddedMatrix.Allocate(1, output)];

    public PaddedMatrix Wh => all[0];
    public PaddedMatrix Wx => all[1];
    public PaddedMatrix WyTransposed => all[2];
    public PaddedMatrix Bh => all[3];
    public PaddedMatrix By => all[4];

    public int Input => Wx.Rows;
    public int Hidden => Wh.Rows;
    public int Output => By.Columns;

    public static Parameters CopyOf(Weights weights)
    {
        Parameters copy = new(weights.InputDim, weights.HiddenDim, weights.OutputDim);
        copy.Wh.Set(weights.Wh);
        copy.Wx.Set(weights.Wx);
        copy.WyTransposed.Set(weights.Wy.Transpose());
        copy.Bh.Set(weights.Bh.ToRowMatrix());
        copy.By.Set(weights.By.ToRowMatrix());
        return copy;
    }

    public Weights ToWeights() => new(
        Wh.ToMatrix(), Wx.ToMatrix(), WyTransposed.ToMatrix().Transpose(), Bh.ToMatrix().Row(0), By.ToMatrix().Row(0));

    /// <summary>this -= rate * gradients, in some columns, By with the first. False where a weight is not finite.</summary>
    public bool Descend(Parameters gradients, double rate, int from, int columns)
    {
        bool areFinite = from > 0 || Kernels.Descend(By, gradients.By, rate);
        for (int k = 0; k < all.Length - 1; k++)
            areFinite &= Kernels.Descend(all[k].Across(from, columns), gradients.all[k].Across(from, columns), rate);
        return areFinite;
    }

    public bool AllFinite() => all.All(Kernels.AllFinite);

    /// <summary>Scales all five together so that their joint 2-norm is at most <paramref name="clipNorm"/>.</summary>
    public void Clip(double clipNorm)
    {
        double sumOfSquares = SumOfSquares(1), unit = 1;
        // Squares overflow or vanish long before the entries do: then measured in units as large, or as small.
        if (!(sumOfSquares is > 1e-290 and < 1e290))
        {
            unit = sumOfSquares > 1 ? 1e200 : 1e-200;
            sumOfSquares = SumOfSquares(unit);
        }

        double norm = Math.Sqrt(sumOfSquares);
        if (norm <= clipNorm / unit || !double.IsFinite(norm))
            return;
        foreach (PaddedMatrix matrix in all)
            Kernels.Rescale(matrix, unit, clipNorm / norm);
    }

    private double SumOfSquares(double unit)
    {
        double sum = 0;
        foreach (PaddedMatrix matrix in all)
            sum += Kernels.SumOfSquares(matrix, unit);
        return sum;
    }
}
