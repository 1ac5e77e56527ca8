using MathNet.Numerics.LinearAlgebra.Double;

namespace Rnn.Internals;

/// <summary>
/// A matrix as the kernels want it, padded with zeros to whole strips of columns, each row of a strip on a cache line of its
/// own: row after row as in NumPy; or strip after strip, so that whoever needs some columns goes through memory without a gap;
/// or column after column, as the transpose of one by rows. A view: taking a part or the transpose copies nothing.
/// </summary>
internal readonly struct PaddedMatrix
{
    /// <summary>Doubles per vector of 512 bits, and per cache line.</summary>
    public const int Lanes = 8;

    private readonly double[] values;
    private readonly int start;

    private PaddedMatrix(double[] values, int start, int rows, int columns, int rowStep, int columnStep, int stripStep)
    {
        (this.values, this.start) = (values, start);
        (Rows, Columns, RowStep, ColumnStep, StripStep) = (rows, columns, rowStep, columnStep, stripStep);
    }

    /// <summary>Columns of a strip, which the kernels take at once: two vectors of the processor's own width.</summary>
    public static int Strip => Vector512.IsHardwareAccelerated ? 2 * Lanes : Lanes;

    /// <summary>
    /// All zeros, row after row. Pinned, so that it stays aligned: a vector across two cache lines takes twice as long to load.
    /// </summary>
    public static PaddedMatrix Allocate(int rows, int columns)
    {
        double[] values = GC.AllocateArray<double>(checked((int)Size(rows, columns)), pinned: true);
        int misplaced = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(values, 0) / sizeof(double) % Lanes);
        return new PaddedMatrix(values, (Lanes - misplaced) % Lanes, rows, columns, (int)Padded(columns), 1, Strip);
    }

    /// <summary>All zeros, strip after strip.</summary>
    public static PaddedMatrix AllocateStrips(int rows, int columns)
    {
        PaddedMatrix byRows = Allocate(rows, columns);
        return new PaddedMatrix(byRows.values, byRows.start, rows, columns, Strip, 1, (rows + Lanes - 1) / Lanes * Lanes * Strip);
    }

    /// <summary>
    /// How many entries the array of so many rows and columns has, which may be more than an array can have. The rows, too, are
    /// made up to whole vectors, and a little more, so that the kernels may read some beyond the last.
    /// </summary>
    public static long Size(int rows, int columns) => ((long)rows + Lanes - 1) / Lanes * Lanes * Padded(columns) + 2 * Lanes - 1;

    private static long Padded(int columns)
    {
        // An odd number of cache lines per row: with a power of two, all entries of a column would compete for a few lines.
        long lines = ((long)columns + Strip - 1) / Strip * (Strip / Lanes);
        return Lanes * (lines >= 4 ? lines | 1 : lines);
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>From an entry to the one below it.</summary>
    public int RowStep { get; }

    /// <summary>From an entry to the one to its right, in a strip: 1, but for a transpose.</summary>
    public int ColumnStep { get; }

    /// <summary>From a strip to the one to its right.</summary>
    public int StripStep { get; }

    /// <summary>Strips that its columns need.</summary>
    public int Strips => (Columns + Strip - 1) / Strip;

    public PaddedMatrix Transpose => new(values, start, Columns, Rows, ColumnStep, RowStep, Strip * RowStep);

    public PaddedMatrix Take(int rows) => new(values, start, rows, Columns, RowStep, ColumnStep, StripStep);

    public PaddedMatrix Skip(int rows) =>
        new(values, start + rows * RowStep, Rows - rows, Columns, RowStep, ColumnStep, StripStep);

    /// <summary>Some columns, from a whole strip on.</summary>
    public PaddedMatrix Across(int from, int columns) =>
        new(values, start + IndexOf(0, from), Rows, columns, RowStep, ColumnStep, StripStep);

    /// <summary>The first entry and all that follow.</summary>
    public Span<double> Entries => values.AsSpan(start);

    /// <summary>Where an entry is among <see cref="Entries"/>.</summary>
    public int IndexOf(int row, int column) =>
        row * RowStep + (int)((uint)column / (uint)Strip) * StripStep + (int)((uint)column % (uint)Strip) * ColumnStep;

    /// <summary>A row of what lies by rows, made up to whole vectors.</summary>
    public Span<Vector512<double>> RowVectors(int row) =>
        MemoryMarshal.Cast<double, Vector512<double>>(Entries.Slice(row * RowStep, (Columns + Lanes - 1) / Lanes * Lanes));

    /// <summary>All entries with their padding, and what is between them, as vectors.</summary>
    public Span<Vector512<double>> AllVectors => RowStep == 1
        ? Transpose.AllVectors
        : MemoryMarshal.Cast<double, Vector512<double>>(Entries[..((Rows - 1) * RowStep + (Strips - 1) * StripStep + Strip)]);

    /// <summary>Takes the entries of a matrix of the same shape.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Set(Matrix<double> matrix)
    {
        // The usual kind of matrix is read without a virtual call per entry: training copies each sequence in each epoch.
        ReadOnlySpan<double> columns = matrix is DenseMatrix dense ? dense.Values : [];
        Span<double> entries = Entries;
        for (int j = 0; j < Columns; j++)
        {
            Span<double> to = entries[IndexOf(0, j)..];
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
        PaddedMatrix from = this;
        return Matrix<double>.Build.Dense(Rows, Columns, (i, j) => from.Entries[from.IndexOf(i, j)]);
    }
}
