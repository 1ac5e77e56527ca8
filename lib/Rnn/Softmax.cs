namespace Rnn;

/// <summary>
/// The routines of the source, one file each: a vanilla recurrent network with a tanh layer and softmax outputs, in double
/// precision. No routine changes a matrix that it is given, and no result shares storage with one.
/// </summary>
public static partial class RecurrentNetwork
{
    /// <summary>
    /// Turns scores into probabilities, row by row: exp(x) / sum(exp(x)), the row's maximum subtracted first so that nothing
    /// overflows. Source: <c>softmax</c>.
    /// </summary>
    /// <param name="x">The scores (logits): (rows, classes).</param>
    /// <returns>The probabilities: (rows, classes), each row summing to 1.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="x"/> has no rows or no columns, more entries than an array can hold when its rows and columns are padded
    /// to multiples of 8 or 16, or an entry that is NaN or infinite.
    /// </exception>
    public static Matrix<double> Softmax(Matrix<double> x)
    {
        Guard.HasRows(x);
        Guard.FitsBlock(PaddedMatrix.Size(x.ColumnCount, x.RowCount), nameof(x), Guard.Shape(x));
        Guard.Finite(x);

        PaddedMatrix y = PaddedMatrix.Allocate(x.ColumnCount, x.RowCount).Transpose;
        y.Set(x);
        Kernels.Softmax(y);
        return y.ToMatrix();
    }
}
