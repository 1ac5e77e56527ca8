using MathNet.Numerics.LinearAlgebra.Double;

namespace Rnn.Internals;

/// <summary>
/// A matrix as the kernels want it: row after row as in NumPy, each row padded with zeros to whole vectors, each starting on a
/// cache line; or column after column, as the transpose of such a matrix. A view: taking a part or the transpose copies nothing.
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

    /// <summary>
    /// How many entries the array of so many rows and columns has, which may be more than an array can have. The rows, too, are
    /// made up to whole vectors, and a little more, so that the kernels may read some beyond the last.
    /// </summary>
    public static long Size(int rows, int columns) => ((long)rows + Lanes - 1) / Lanes * Lanes * Padded(columns) + 2 * Lanes - 1;

    private static long Padded(int columns)
    {
        // An odd number of cache lines per row: with a power of two, all entries of a column would compete for a few lines.
        long lines = ((long)columns + Lanes - 1) / Lanes;
        return Lanes * (lines >= 4 ? lines | 1 : lines);
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

    /// <summary>Some columns: from a whole vector on, so that what is a row stays one of vectors.</summary>
    public PaddedMatrix Across(int from, int columns) =>
        new(values, start + from * ColumnStep, Rows, columns, RowStep, ColumnStep);

    /// <summary>The first entry and all that follow.</summary>
    public Span<double> Entries => values.AsSpan(start);

    public Span<double> Row(int row) => values.AsSpan(start + row * RowStep, Columns);

    /// <summary>A row with its padding, as vectors.</summary>
    public Span<Vector512<double>> RowVectors(int row) =>
        MemoryMarshal.Cast<double, Vector512<double>>(values.AsSpan(start + row * RowStep, Vectors * Lanes));

    /// <summary>All rows with their padding, and what is between them, as vectors; all columns of what lies by columns.</summary>
    public Span<Vector512<double>> AllVectors => RowStep == 1
        ? Transpose.AllVectors
        : MemoryMarshal.Cast<double, Vector512<double>>(values.AsSpan(start, (Rows - 1) * RowStep + Vectors * Lanes));

    /// <summary>Takes the entries of a matrix of the same shape.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Set(Matrix<double> matrix)
    {
        // The usual kind of matrix is read without a virtual call per entry: training copies each sequence in each epoch.
        ReadOnlySpan<double> columns = matrix is DenseMatrix dense ? dense.Values : [];
        Span<double> entries = Entries;
        for (int j = 0; j < Columns; j++)
        {
            Span<double> to = entries[(j * ColumnStep)..];
            if (RowStep == 1 && !columns.IsEmpty)
                columns.Slice(j * Rows, Rows).CopyTo(to);
            else
                for (int i = 0; i < Rows; i++)
                    to[i * RowStep] = columns.IsEmpty ? matrix.At(i, j) : columns[j * Rows + i];

            // What a longer sequence left behind.
            if (RowStep == 1)
                to[Rows..((Rows + Lanes - 1) / Lanes * Lanes)].Clear();
        }
    }

    public Matrix<double> ToMatrix()
    {
        PaddedMatrix entries = this;
        return Matrix<double>.Build.Dense(
            Rows, Columns, (i, j) => entries.Entries[i * entries.RowStep + j * entries.ColumnStep]);
    }
}
