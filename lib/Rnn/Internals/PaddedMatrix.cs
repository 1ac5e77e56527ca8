using MathNet.Numerics.LinearAlgebra.Double;

namespace Rnn.Internals;

/// <summary>
/// A matrix as the kernels want it: row after row as in NumPy, each row padded with zeros to whole vectors, each starting on a
/// cache line. A view: taking some rows or the transpose copies nothing.
/// </summary>
internal readonly struct PaddedMatrix
{
    /// <summary>Doubles per vector of 512 bits, and per cache line.</summary>
    public const int Lanes = 8;

    private readonly double[] values;
    private readonly int start;

    private PaddedMatrix(double[] values, int start, int rows, int columns, int rowStep, int columnStep)
    {
        this.values = values;
        this.start = start;
        (Rows, Columns, RowStep, ColumnStep) = (rows, columns, rowStep, columnStep);
    }

    /// <summary>
    /// All zeros. Pinned, so that it stays aligned: a vector across two cache lines takes twice as long to load.
    /// </summary>
    public static PaddedMatrix Allocate(int rows, int columns)
    {
        double[] values = GC.AllocateArray<double>(checked((int)Size(rows, columns)), pinned: true);
        int misplaced = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(values, 0) / sizeof(double) % Lanes);
        return new PaddedMatrix(values, (Lanes - misplaced) % Lanes, rows, columns, (int)Padded(columns), 1);
    }

    /// <summary>How many entries the array of so many rows and columns has, which may be more than an array can have.</summary>
    public static long Size(int rows, int columns) => rows * Padded(columns) + Lanes - 1;

    private static long Padded(int columns)
    {
        // An odd number of cache lines per row: with a power of two, all entries of a column would compete for a few lines.
        long lines = ((long)columns + Lanes - 1) / Lanes;
        return Lanes * (lines >= 4 ? lines | 1 : lines);
    }

    public static PaddedMatrix CopyOf(Matrix<double> matrix)
    {
        PaddedMatrix copy = Allocate(matrix.RowCount, matrix.ColumnCount);
        copy.Set(matrix);
        return copy;
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>From an entry to the one below it.</summary>
    public int RowStep { get; }

    /// <summary>From an entry to the one to its right: 1, but for a transpose.</summary>
    public int ColumnStep { get; }

    /// <summary>Vectors that a row needs.</summary>
    public int Vectors => (Columns + Lanes - 1) / Lanes;

    public PaddedMatrix Transpose => new(values, start, Columns, Rows, ColumnStep, RowStep);

    public PaddedMatrix Take(int rows) => new(values, start, rows, Columns, RowStep, ColumnStep);

    public PaddedMatrix Skip(int rows) => new(values, start + rows * RowStep, Rows - rows, Columns, RowStep, ColumnStep);

    public PaddedMatrix At(int row) => new(values, start + row * RowStep, 1, Columns, RowStep, ColumnStep);

    /// <summary>This one row, as many times as it is asked for.</summary>
    public PaddedMatrix Repeated => new(values, start, Rows, Columns, 0, ColumnStep);

    /// <summary>The first entry and all that follow.</summary>
    public Span<double> Entries => values.AsSpan(start);

    public Span<double> Row(int row) => values.AsSpan(start + row * RowStep, Columns);

    /// <summary>A row with its padding, as vectors.</summary>
    public Span<Vector512<double>> RowVectors(int row) =>
        MemoryMarshal.Cast<double, Vector512<double>>(values.AsSpan(start + row * RowStep, Vectors * Lanes));

    /// <summary>All rows with their padding, as vectors; not of a transpose.</summary>
    public Span<Vector512<double>> AllVectors =>
        MemoryMarshal.Cast<double, Vector512<double>>(values.AsSpan(start, Rows * RowStep));

    /// <summary>Takes the entries of a matrix of the same shape.</summary>
    public void Set(Matrix<double> matrix)
    {
        // The usual kind of matrix is read without a virtual call per entry: training copies each sequence in each epoch.
        if (matrix is DenseMatrix dense)
        {
            ReadOnlySpan<double> columns = dense.Values;
            Span<double> entries = Entries;
            for (int j = 0; j < Columns; j++)
            {
                ReadOnlySpan<double> column = columns.Slice(j * Rows, Rows);
                for (int i = 0; i < column.Length; i++)
                    entries[i * RowStep + j] = column[i];
            }

            return;
        }

        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
                Row(i)[j] = matrix.At(i, j);
        }
    }

    /// <summary>Takes the entries of another of the same shape, often a transpose.</summary>
    public void Set(in PaddedMatrix other)
    {
        ReadOnlySpan<double> from = other.Entries;
        for (int i = 0; i < Rows; i++)
        {
            Span<double> row = Row(i);
            for (int j = 0; j < row.Length; j++)
                row[j] = from[i * other.RowStep + j * other.ColumnStep];
        }
    }

    public Matrix<double> ToMatrix()
    {
        PaddedMatrix entries = this;
        return Matrix<double>.Build.Dense(Rows, Columns, (i, j) => entries.Row(i)[j]);
    }
}
