using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace Rnn.Internals;

/// <summary>Between MathNet's matrices, column after column, and the kernels' arrays, row after row as NumPy has them.</summary>
internal static class RowMajor
{
    public static void Copy(Matrix<double> source, Span<double> target)
    {
        int rows = source.RowCount, columns = source.ColumnCount;
        // The usual kind of matrix is read without a virtual call per entry: training copies each sequence in each epoch.
        if (source is DenseMatrix dense)
        {
            ReadOnlySpan<double> values = dense.Values;
            for (int j = 0; j < columns; j++)
            {
                ReadOnlySpan<double> column = values.Slice(j * rows, rows);
                for (int i = 0; i < column.Length; i++)
                    target[i * columns + j] = column[i];
            }

            return;
        }

        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                target[i * columns + j] = source.At(i, j);
        }
    }

    public static double[] Copy(Matrix<double> source)
    {
        double[] copy = new double[source.RowCount * source.ColumnCount];
        Copy(source, copy);
        return copy;
    }

    public static Matrix<double> ToMatrix(double[] values, int rows, int columns) =>
        Matrix<double>.Build.DenseOfRowMajor(rows, columns, values);
}
