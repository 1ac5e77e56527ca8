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
        int aRow = a.RowStep, aColumn = a.ColumnStep, bRow = b.RowStep, cRow = c.RowStep, inner = a.Columns;
        int width = c.Vectors * Lanes, last = c.Rows - 4;

        // Tiles of c that stay in registers while a and b go by: with 8 sums under way, a multiply-add need not wait for the
        // last. What remains below takes rows of the tile before once more. A strip of b stays in the first cache.
        int step = Vector512.IsHardwareAccelerated ? 2 * Lanes : Lanes;
        for (int j = 0; last >= 0 && j < width; j += step)
        {
            ref double bj = ref Unsafe.Add(ref b0, j);
            ref double sj = ref Unsafe.Add(ref s0, j);
            for (int i = 0; i < c.Rows; i += 4)
            {
                int row = Math.Min(i, last);
                ref double ai = ref Unsafe.Add(ref a0, row * aRow);
                ref double ci = ref Unsafe.Add(ref c0, row * cRow + j);
                if (Vector512.IsHardwareAccelerated && j + Lanes < width)
                    FourByTwo(ref ai, aRow, aColumn, ref bj, bRow, inner, ref sj, ref ci, cRow);
                else
                    FourByOne(ref ai, aRow, aColumn, ref bj, bRow, inner, ref sj, ref ci, cRow);
            }
        }

        for (int i = 0; last < 0 && i < c.Rows; i++)
        {
            for (int j = 0; j < width; j += Lanes)
                OneByOne(ref Unsafe.Add(ref a0, i * aRow), aColumn, ref Unsafe.Add(ref b0, j), bRow, inner,
                         Vector512.LoadUnsafe(ref Unsafe.Add(ref s0, j))).StoreUnsafe(ref Unsafe.Add(ref c0, i * cRow + j));
        }
    }

    /// <summary>A step forward through time: h = tanh(h + hBefore Wh), where h holds x Wx + bh.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void StepForward(
        in PaddedMatrix hBefore, in PaddedMatrix wh, in PaddedMatrix whTransposed, in PaddedMatrix h, bool fromTheEnd)
    {
        bool isWide = wh.RowStep >= Wide;
        if (isWide)
            AddDots(hBefore, whTransposed, h, fromTheEnd);
        ref double a = ref MemoryMarshal.GetReference(hBefore.Entries);
        ref double b = ref MemoryMarshal.GetReference(wh.Entries);
        ref double h0 = ref MemoryMarshal.GetReference(h.Entries);
        for (int j = 0; j < h.Columns; j += Lanes)
        {
            ref double hj = ref Unsafe.Add(ref h0, j);
            Vector512<double> sums = Vector512.LoadUnsafe(ref hj);
            if (!isWide)
                sums = OneByOne(ref a, 1, ref Unsafe.Add(ref b, j), wh.RowStep, wh.Rows, sums);
            Tanh(sums).StoreUnsafe(ref hj);
        }
    }

    /// <summary>A step back through time: dh = (1 - h^2) (dh + dhAfter Wh^T), where dh holds dy Wy^T.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void StepBack(
        in PaddedMatrix dhAfter, in PaddedMatrix wh, in PaddedMatrix whTransposed, in PaddedMatrix h, in PaddedMatrix dh,
        bool fromTheEnd)
    {
        bool isWide = wh.RowStep >= Wide;
        if (isWide)
            AddDots(dhAfter, wh, dh, fromTheEnd);
        ref double a = ref MemoryMarshal.GetReference(dhAfter.Entries);
        ref double b = ref MemoryMarshal.GetReference(whTransposed.Entries);
        ref double h0 = ref MemoryMarshal.GetReference(h.Entries);
        ref double dh0 = ref MemoryMarshal.GetReference(dh.Entries);
        for (int j = 0; j < dh.Columns; j += Lanes)
        {
            ref double dhj = ref Unsafe.Add(ref dh0, j);
            Vector512<double> sums = Vector512.LoadUnsafe(ref dhj), hj = Vector512.LoadUnsafe(ref Unsafe.Add(ref h0, j));
            if (!isWide)
                sums = OneByOne(ref a, 1, ref Unsafe.Add(ref b, j), whTransposed.RowStep, whTransposed.Rows, sums);
            (sums * (Vector512<double>.One - hj * hj)).StoreUnsafe(ref dhj);
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

        Store(c00, c01, ref c);
        Store(c10, c11, ref Unsafe.Add(ref c, cRow));
        Store(c20, c21, ref Unsafe.Add(ref c, 2 * cRow));
        Store(c30, c31, ref Unsafe.Add(ref c, 3 * cRow));
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
    private static Vector512<double> OneByOne(
        ref double a, nint aColumn, ref double b, nint bRow, int inner, Vector512<double> start)
    {
        Vector512<double> c0 = start, c1 = default, c2 = default, c3 = default;
        int k = 0;
        for (; k + 4 <= inner; k += 4)
        {
            c0 = Step(ref a, ref b, c0);
            c1 = Step(ref Unsafe.Add(ref a, aColumn), ref Unsafe.Add(ref b, bRow), c1);
            c2 = Step(ref Unsafe.Add(ref a, 2 * aColumn), ref Unsafe.Add(ref b, 2 * bRow), c2);
            c3 = Step(ref Unsafe.Add(ref a, 3 * aColumn), ref Unsafe.Add(ref b, 3 * bRow), c3);
            a = ref Unsafe.Add(ref a, 4 * aColumn);
            b = ref Unsafe.Add(ref b, 4 * bRow);
        }

        if (k < inner)
            c1 = Step(ref a, ref b, c1);
        if (k + 1 < inner)
            c2 = Step(ref Unsafe.Add(ref a, aColumn), ref Unsafe.Add(ref b, bRow), c2);
        if (k + 2 < inner)
            c3 = Step(ref Unsafe.Add(ref a, 2 * aColumn), ref Unsafe.Add(ref b, 2 * bRow), c3);
        return c0 + c1 + (c2 + c3);
    }

    /// <summary>
    /// The row c += a b, by dot products with the rows of b's transpose: memory is read in one go, twice as fast as column by
    /// column. What is left in the cache is where the last step ended: there the next begins.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddDots(in PaddedMatrix a, in PaddedMatrix bTransposed, in PaddedMatrix c, bool fromTheEnd)
    {
        const int rowsInOneGo = 64;
        ref double a0 = ref MemoryMarshal.GetReference(a.Entries);
        ref double b0 = ref MemoryMarshal.GetReference(bTransposed.Entries);
        ref double c0 = ref MemoryMarshal.GetReference(c.Entries);
        nint step = bTransposed.RowStep, width = a.Vectors * Lanes;
        int parts = (c.Columns + rowsInOneGo - 1) / rowsInOneGo;
        for (int part = 0; part < parts; part++)
        {
            int from = (fromTheEnd ? parts - 1 - part : part) * rowsInOneGo;
            for (int i = from; i < Math.Min(from + rowsInOneGo, c.Columns); i++)
            {
                ref double b = ref Unsafe.Add(ref b0, i * step);
                Vector512<double> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
                nint j = 0;
                for (; j + 4 * Lanes <= width; j += 4 * Lanes)
                {
                    sum0 = Product(ref Unsafe.Add(ref a0, j), ref Unsafe.Add(ref b, j), sum0);
                    sum1 = Product(ref Unsafe.Add(ref a0, j + Lanes), ref Unsafe.Add(ref b, j + Lanes), sum1);
                    sum2 = Product(ref Unsafe.Add(ref a0, j + 2 * Lanes), ref Unsafe.Add(ref b, j + 2 * Lanes), sum2);
                    sum3 = Product(ref Unsafe.Add(ref a0, j + 3 * Lanes), ref Unsafe.Add(ref b, j + 3 * Lanes), sum3);
                }

                for (; j < width; j += Lanes)
                    sum0 = Product(ref Unsafe.Add(ref a0, j), ref Unsafe.Add(ref b, j), sum0);
                Unsafe.Add(ref c0, i) += Vector512.Sum(sum0 + sum1 + (sum2 + sum3));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Product(ref double a, ref double b, Vector512<double> sum) =>
        Vector512.MultiplyAddEstimate(Vector512.LoadUnsafe(ref a), Vector512.LoadUnsafe(ref b), sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Step(ref double a, ref double b, Vector512<double> sum) =>
        Vector512.MultiplyAddEstimate(Vector512.Create(a), Vector512.LoadUnsafe(ref b), sum);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<double> left, Vector512<double> right, ref double c)
    {
        left.StoreUnsafe(ref c);
        right.StoreUnsafe(ref Unsafe.Add(ref c, Lanes));
    }
}
