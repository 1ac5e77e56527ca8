namespace Rnn.Internals;

/// <content>
/// Products of matrices, in which nearly all the time goes. The one place that reads and writes without bounds checks: written
/// with spans, the same loops made training 1.7 times as slow, at every size measured (10 to 512 hidden units). Only padded
/// matrices come in here, and their shapes follow from the weights': the caller has checked what was given.
/// </content>
internal static partial class Kernels
{
    private const int Lanes = PaddedMatrix.Lanes;

    /// <summary>c = start + a b, where start is one row, added to each of c. Of the four, only a may be a transpose.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MatMul(in PaddedMatrix a, in PaddedMatrix b, in PaddedMatrix start, in PaddedMatrix c)
    {
        ref double a0 = ref MemoryMarshal.GetReference(a.Entries);
        ref double b0 = ref MemoryMarshal.GetReference(b.Entries);
        ref double s0 = ref MemoryMarshal.GetReference(start.Entries);
        ref double c0 = ref MemoryMarshal.GetReference(c.Entries);
        int aColumn = a.ColumnStep, bRow = b.RowStep, inner = a.Columns, width = c.Vectors * Lanes;

        // Tiles of c stay in registers while a and b go by: with 8 sums under way, a multiply-add need not wait for the last.
        // What remains below takes rows of the tile before once more; fewer than four rows, one four times: the order of a sum
        // does not depend on its place.
        bool isLow = c.Rows < 4;
        int aRow = isLow ? 0 : a.RowStep, cRow = isLow ? 0 : c.RowStep, down = isLow ? 1 : 4;
        int across = Vector512.IsHardwareAccelerated ? 2 * Lanes : Lanes;
        for (int j = 0; j < width; j += across)
        {
            ref double bj = ref Unsafe.Add(ref b0, j);
            ref double sj = ref Unsafe.Add(ref s0, j);
            for (int i = 0; i < c.Rows; i += down)
            {
                int row = Math.Min(i, c.Rows - down);
                ref double ai = ref Unsafe.Add(ref a0, row * a.RowStep);
                ref double ci = ref Unsafe.Add(ref c0, row * c.RowStep + j);
                if (j + Lanes < width && Vector512.IsHardwareAccelerated)
                    FourByTwo(ref ai, aRow, aColumn, ref bj, bRow, inner, ref sj, ref ci, cRow);
                else
                    FourByOne(ref ai, aRow, aColumn, ref bj, bRow, inner, ref sj, ref ci, cRow);
            }
        }
    }

    /// <summary>
    /// A step through time, for some of the units, into a row of c: c + a b, then forward its tanh, or back times tanh's
    /// derivative, 1 - h^2. A narrow b is read by columns, a wide one by the rows of its transpose.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Step(in PaddedMatrix a, int aRow, in PaddedMatrix b, in PaddedMatrix bTransposed, in PaddedMatrix h,
                            in PaddedMatrix c, int row, int from, int count, bool isForward)
    {
        ref double a0 = ref Unsafe.Add(ref MemoryMarshal.GetReference(a.Entries), aRow * a.RowStep);
        ref double b0 = ref MemoryMarshal.GetReference(b.Entries);
        ref double h0 = ref Unsafe.Add(ref MemoryMarshal.GetReference(h.Entries), row * h.RowStep);
        ref double c0 = ref Unsafe.Add(ref MemoryMarshal.GetReference(c.Entries), row * c.RowStep);
        bool isWide = b.RowStep >= Wide;
        if (isWide)
            AddDots(ref a0, bTransposed, ref c0, from, count, fromTheEnd: row % 2 == 1);
        for (int j = from; j < from + count; j += Lanes)
        {
            ref double cj = ref Unsafe.Add(ref c0, j);
            Vector512<double> sums = Vector512.LoadUnsafe(ref cj), hj = Vector512.LoadUnsafe(ref Unsafe.Add(ref h0, j));
            if (!isWide)
                sums = OneByOne(ref a0, ref Unsafe.Add(ref b0, j), b.RowStep, b.Rows, sums);
            (isForward ? Tanh(sums) : sums * (Vector512<double>.One - hj * hj)).StoreUnsafe(ref cj);
        }
    }

    /// <summary>To = from^T.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(in PaddedMatrix from, in PaddedMatrix to)
    {
        ref double from0 = ref MemoryMarshal.GetReference(from.Entries);
        ref double to0 = ref MemoryMarshal.GetReference(to.Entries);
        nint step = from.RowStep;
        int j = 0;
        for (; j + Lanes <= from.Rows; j += Lanes)
        {
            for (int i = 0; i < from.Columns; i++)
            {
                ref double entry = ref Unsafe.Add(ref from0, j * step + i);
                Vector512.Create(
                    entry, Unsafe.Add(ref entry, step), Unsafe.Add(ref entry, 2 * step), Unsafe.Add(ref entry, 3 * step),
                    Unsafe.Add(ref entry, 4 * step), Unsafe.Add(ref entry, 5 * step), Unsafe.Add(ref entry, 6 * step),
                    Unsafe.Add(ref entry, 7 * step)).StoreUnsafe(ref Unsafe.Add(ref to0, i * to.RowStep + j));
            }
        }

        for (; j < from.Rows; j++)
        {
            for (int i = 0; i < from.Columns; i++)
                Unsafe.Add(ref to0, i * to.RowStep + j) = Unsafe.Add(ref from0, j * step + i);
        }
    }

    /// <summary>Four rows of c, two vectors wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByTwo(ref double a0, int aRow, int aColumn, ref double b, int bRow, int inner,
                                  ref double start, ref double c, int cRow)
    {
        Vector512<double> left = Vector512.LoadUnsafe(ref start), right = Vector512.LoadUnsafe(ref Unsafe.Add(ref start, Lanes));
        Vector512<double> c00 = left, c10 = left, c20 = left, c30 = left, c01 = right, c11 = right, c21 = right, c31 = right;
        ref double a1 = ref Unsafe.Add(ref a0, aRow);
        ref double a2 = ref Unsafe.Add(ref a1, aRow);
        ref double a3 = ref Unsafe.Add(ref a2, aRow);
        nint ak = 0, bk = 0;
        for (int k = 0; k < inner; k++, ak += aColumn, bk += bRow)
        {
            left = Vector512.LoadUnsafe(ref Unsafe.Add(ref b, bk));
            right = Vector512.LoadUnsafe(ref Unsafe.Add(ref b, bk + Lanes));
            Vector512<double> entry = Vector512.Create(Unsafe.Add(ref a0, ak));
            c00 = Vector512.MultiplyAddEstimate(entry, left, c00);
            c01 = Vector512.MultiplyAddEstimate(entry, right, c01);
            entry = Vector512.Create(Unsafe.Add(ref a1, ak));
            c10 = Vector512.MultiplyAddEstimate(entry, left, c10);
            c11 = Vector512.MultiplyAddEstimate(entry, right, c11);
            entry = Vector512.Create(Unsafe.Add(ref a2, ak));
            c20 = Vector512.MultiplyAddEstimate(entry, left, c20);
            c21 = Vector512.MultiplyAddEstimate(entry, right, c21);
            entry = Vector512.Create(Unsafe.Add(ref a3, ak));
            c30 = Vector512.MultiplyAddEstimate(entry, left, c30);
            c31 = Vector512.MultiplyAddEstimate(entry, right, c31);
        }

        c00.StoreUnsafe(ref c);
        c10.StoreUnsafe(ref Unsafe.Add(ref c, cRow));
        c20.StoreUnsafe(ref Unsafe.Add(ref c, 2 * cRow));
        c30.StoreUnsafe(ref Unsafe.Add(ref c, 3 * cRow));
        c01.StoreUnsafe(ref Unsafe.Add(ref c, Lanes));
        c11.StoreUnsafe(ref Unsafe.Add(ref c, cRow + Lanes));
        c21.StoreUnsafe(ref Unsafe.Add(ref c, 2 * cRow + Lanes));
        c31.StoreUnsafe(ref Unsafe.Add(ref c, 3 * cRow + Lanes));
    }

    /// <summary>Four rows of c, one vector wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByOne(ref double a0, int aRow, int aColumn, ref double b, int bRow, int inner,
                                  ref double start, ref double c, int cRow)
    {
        Vector512<double> c0 = Vector512.LoadUnsafe(ref start), c1 = c0, c2 = c0, c3 = c0;
        ref double a1 = ref Unsafe.Add(ref a0, aRow);
        ref double a2 = ref Unsafe.Add(ref a1, aRow);
        ref double a3 = ref Unsafe.Add(ref a2, aRow);
        nint ak = 0, bk = 0;
        for (int k = 0; k < inner; k++, ak += aColumn, bk += bRow)
        {
            Vector512<double> entries = Vector512.LoadUnsafe(ref Unsafe.Add(ref b, bk));
            c0 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref a0, ak)), entries, c0);
            c1 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref a1, ak)), entries, c1);
            c2 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref a2, ak)), entries, c2);
            c3 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref a3, ak)), entries, c3);
        }

        c0.StoreUnsafe(ref c);
        c1.StoreUnsafe(ref Unsafe.Add(ref c, cRow));
        c2.StoreUnsafe(ref Unsafe.Add(ref c, 2 * cRow));
        c3.StoreUnsafe(ref Unsafe.Add(ref c, 3 * cRow));
    }

    /// <summary>Eight entries of start + a b, where a is one row. Four sums take turns, so that none waits for itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> OneByOne(ref double a, ref double b, nint bRow, int inner, Vector512<double> start)
    {
        Vector512<double> c0 = start, c1 = default, c2 = default, c3 = default;
        int k = 0;
        for (; k + 4 <= inner; k += 4, b = ref Unsafe.Add(ref b, 4 * bRow))
        {
            c0 = Add(Vector512.Create(Unsafe.Add(ref a, k)), ref b, c0);
            c1 = Add(Vector512.Create(Unsafe.Add(ref a, k + 1)), ref Unsafe.Add(ref b, bRow), c1);
            c2 = Add(Vector512.Create(Unsafe.Add(ref a, k + 2)), ref Unsafe.Add(ref b, 2 * bRow), c2);
            c3 = Add(Vector512.Create(Unsafe.Add(ref a, k + 3)), ref Unsafe.Add(ref b, 3 * bRow), c3);
        }

        if (k < inner)
            c1 = Add(Vector512.Create(Unsafe.Add(ref a, k)), ref b, c1);
        if (k + 1 < inner)
            c2 = Add(Vector512.Create(Unsafe.Add(ref a, k + 1)), ref Unsafe.Add(ref b, bRow), c2);
        if (k + 2 < inner)
            c3 = Add(Vector512.Create(Unsafe.Add(ref a, k + 2)), ref Unsafe.Add(ref b, 2 * bRow), c3);
        return c0 + c1 + (c2 + c3);
    }

    /// <summary>
    /// Some entries of the row c += a b, by dot products with the rows of b's transpose: memory is read in one go, twice as fast
    /// as column by column. What is left in the cache is where the last step ended: there the next begins.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddDots(
        ref double a0, in PaddedMatrix bTransposed, ref double c0, int from, int count, bool fromTheEnd)
    {
        const int inOneGo = 64;
        ref double b0 = ref MemoryMarshal.GetReference(bTransposed.Entries);
        nint step = bTransposed.RowStep, width = bTransposed.Vectors * Lanes;
        int parts = (count + inOneGo - 1) / inOneGo;
        for (int part = 0; part < parts; part++)
        {
            int first = from + (fromTheEnd ? parts - 1 - part : part) * inOneGo;
            for (int i = first; i < Math.Min(first + inOneGo, from + count); i++)
            {
                ref double b = ref Unsafe.Add(ref b0, i * step);
                Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default;
                nint j = 0;
                for (; j + 4 * Lanes <= width; j += 4 * Lanes)
                {
                    ref double aj = ref Unsafe.Add(ref a0, j), bj = ref Unsafe.Add(ref b, j);
                    s0 = Add(Vector512.LoadUnsafe(ref aj), ref bj, s0);
                    s1 = Add(Vector512.LoadUnsafe(ref aj, Lanes), ref Unsafe.Add(ref bj, Lanes), s1);
                    s2 = Add(Vector512.LoadUnsafe(ref aj, 2 * Lanes), ref Unsafe.Add(ref bj, 2 * Lanes), s2);
                    s3 = Add(Vector512.LoadUnsafe(ref aj, 3 * Lanes), ref Unsafe.Add(ref bj, 3 * Lanes), s3);
                }

                for (; j < width; j += Lanes)
                    s0 = Add(Vector512.LoadUnsafe(ref Unsafe.Add(ref a0, j)), ref Unsafe.Add(ref b, j), s0);
                Unsafe.Add(ref c0, i) += Vector512.Sum(s0 + s1 + (s2 + s3));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Add(Vector512<double> a, ref double b, Vector512<double> sum) =>
        Vector512.MultiplyAddEstimate(a, Vector512.LoadUnsafe(ref b), sum);
}
