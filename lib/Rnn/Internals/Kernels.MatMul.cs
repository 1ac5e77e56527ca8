using System.Buffers;
using Eight = System.Runtime.Intrinsics.Vector512<double>;
using Four = System.Runtime.Intrinsics.Vector256<double>;

namespace Rnn.Internals;

/// <content>
/// Products of matrices, in which nearly all the time goes. The one place that reads and writes without bounds checks: written
/// with spans, the first of these loops made training 1.7 times as slow, at every size measured (10 to 512 units). Only padded
/// matrices come in here, and their shapes follow from the weights': the caller has checked what was given.
/// </content>
internal static partial class Kernels
{
    private const int Lanes = PaddedMatrix.Lanes;
    private static int Strip => PaddedMatrix.Strip;

    /// <summary>Rows of a tile: a strip wide, its sums fill the registers, and none waits for itself.</summary>
    private const int Tall = 6;

    /// <summary>From so many columns on, it pays to pack for them.</summary>
    private const int Wide = 64;

    /// <summary>c = start + a b, where start is one row, added to each of c. Of the four, only a may be a transpose.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MatMul(in PaddedMatrix a, in PaddedMatrix b, in PaddedMatrix start, in PaddedMatrix c)
    {
        ref double a0 = ref MemoryMarshal.GetReference(a.Entries);
        ref double b0 = ref MemoryMarshal.GetReference(b.Entries);
        ref double s0 = ref MemoryMarshal.GetReference(start.Entries);
        ref double c0 = ref MemoryMarshal.GetReference(c.Entries);
        (int row, int column, int tile) = (a.RowStep, a.ColumnStep, Tall * a.RowStep);
        double[] packed = [];
        if (row == 1 && c.Columns >= Wide)
        {
            // Down a transpose, each entry is on another page of memory: laid side by side, before all of b goes by.
            (column, tile) = (Tall, Tall * a.Columns);
            packed = ArrayPool<double>.Shared.Rent((c.Rows + Tall) * a.Columns);
            Pack(ref a0, a.ColumnStep, a.Columns, c.Rows, ref MemoryMarshal.GetArrayDataReference(packed));
            a0 = ref MemoryMarshal.GetArrayDataReference(packed);
        }

        for (int strip = 0; strip < c.Strips; strip++)
        {
            ref double ai = ref a0, ci = ref Unsafe.Add(ref c0, strip * c.StripStep);
            ref double bj = ref Unsafe.Add(ref b0, strip * b.StripStep), sj = ref Unsafe.Add(ref s0, strip * Strip);
            for (int left = c.Rows; left > 0; left -= Tall)
            {
                if (Vector512.IsHardwareAccelerated)
                    Tile<Eight, By512>(ref ai, row, column, ref bj, b.RowStep, a.Columns, ref sj, ref ci, c.RowStep, left - 1);
                else
                    Tile<Four, By256>(ref ai, row, column, ref bj, b.RowStep, a.Columns, ref sj, ref ci, c.RowStep, left - 1);
                ai = ref Unsafe.Add(ref ai, tile);
                ci = ref Unsafe.Add(ref ci, Tall * c.RowStep);
            }
        }

        if (packed.Length > 0)
            ArrayPool<double>.Shared.Return(packed);
    }

    /// <summary>
    /// A step through time, for some of the units, into a row of c: c + a b, where b lies in strips, then forward its tanh, or
    /// back times tanh's derivative, 1 - h^2. What is left in the cache is where the last step ended: there the next begins.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Step(in PaddedMatrix a, int aRow, in PaddedMatrix b, in PaddedMatrix h, in PaddedMatrix c, int row,
                            int from, int count, bool isForward)
    {
        ref double a0 = ref Unsafe.Add(ref MemoryMarshal.GetReference(a.Entries), aRow * a.RowStep);
        ref double b0 = ref MemoryMarshal.GetReference(b.Entries);
        ref double h0 = ref Unsafe.Add(ref MemoryMarshal.GetReference(h.Entries), row * h.RowStep);
        ref double c0 = ref Unsafe.Add(ref MemoryMarshal.GetReference(c.Entries), row * c.RowStep);
        int first = from / Strip, beyond = (from + count + Strip - 1) / Strip;
        for (int k = first; k < beyond; k++)
        {
            int strip = row % 2 == 0 ? k : first + beyond - 1 - k;
            ref double bj = ref Unsafe.Add(ref b0, strip * b.StripStep), cj = ref Unsafe.Add(ref c0, strip * Strip);
            ref double hj = ref Unsafe.Add(ref h0, strip * Strip);
            if (Vector512.IsHardwareAccelerated)
            {
                (Eight left, Eight right) = AddStrip<Eight, By512>(ref a0, ref bj, b.Rows, ref cj);
                Finish(left, ref hj, ref cj, isForward);
                Finish(right, ref Unsafe.Add(ref hj, Lanes), ref Unsafe.Add(ref cj, Lanes), isForward);
            }
            else
            {
                (Four left, Four right) = AddStrip<Four, By256>(ref a0, ref bj, b.Rows, ref cj);
                Finish(Vector512.Create(left, right), ref hj, ref cj, isForward);
            }
        }
    }

    /// <summary>What follows the sums of a step: tanh, or its derivative where h is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(Vector512<double> sums, ref double h, ref double c, bool isForward)
    {
        Vector512<double> hj = Vector512.LoadUnsafe(ref h);
        (isForward ? Tanh(sums) : sums * (Vector512<double>.One - hj * hj)).StoreUnsafe(ref c);
    }

    /// <summary>To = from^T, by squares of eight; what is beyond the last row becomes the padding of to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(in PaddedMatrix from, in PaddedMatrix to)
    {
        ref double from0 = ref MemoryMarshal.GetReference(from.Entries);
        ref double to0 = ref MemoryMarshal.GetReference(to.Entries);
        nint step = from.RowStep;
        for (int k = 0; k < from.Columns; k += Lanes)
            for (int j = 0; j < from.Rows; j += Lanes)
                for (int i = k; i < Math.Min(k + Lanes, from.Columns); i++)
                {
                    ref double entry = ref Unsafe.Add(ref from0, from.IndexOf(j, i));
                    Vector512.Create(
                        entry, Unsafe.Add(ref entry, step), Unsafe.Add(ref entry, 2 * step), Unsafe.Add(ref entry, 3 * step),
                        Unsafe.Add(ref entry, 4 * step), Unsafe.Add(ref entry, 5 * step), Unsafe.Add(ref entry, 6 * step),
                        Unsafe.Add(ref entry, 7 * step)).StoreUnsafe(ref Unsafe.Add(ref to0, to.IndexOf(i, j)));
                }
    }

    /// <summary>Six rows after six, of each column after column. What is beyond the last row is anything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pack(ref double a, nint aColumn, int columns, int rows, ref double to)
    {
        for (int i = 0; i < rows; i += Tall)
        {
            ref double from = ref Unsafe.Add(ref a, i);
            for (int k = 0; k < columns; k++, from = ref Unsafe.Add(ref from, aColumn), to = ref Unsafe.Add(ref to, Tall))
            {
                Vector256.LoadUnsafe(ref from).StoreUnsafe(ref to);
                Vector128.LoadUnsafe(ref from, 4).StoreUnsafe(ref to, 4);
            }
        }
    }

    /// <summary>Six rows of a strip of c. What is beyond the last goes where it goes, and is overwritten by it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<TVector, TBy>(ref double a, nint aRow, nint aColumn, ref double b, nint bRow, int inner,
                                           ref double start, ref double c, nint cRow, int last)
        where TBy : struct, IBy<TVector>
    {
        nint i1 = Math.Min(1, last), i2 = Math.Min(2, last), i3 = Math.Min(3, last);
        nint i4 = Math.Min(4, last), i5 = Math.Min(5, last);
        nint a1 = i1 * aRow, a2 = i2 * aRow, a3 = i3 * aRow, a4 = i4 * aRow, a5 = i5 * aRow;
        TVector l0 = TBy.Load(ref start), l1 = l0, l2 = l0, l3 = l0, l4 = l0, l5 = l0;
        TVector r0 = TBy.Load(ref Unsafe.Add(ref start, Strip / 2)), r1 = r0, r2 = r0, r3 = r0, r4 = r0, r5 = r0;
        for (int k = 0; k < inner; k++, a = ref Unsafe.Add(ref a, aColumn), b = ref Unsafe.Add(ref b, bRow))
        {
            TVector left = TBy.Load(ref b), right = TBy.Load(ref Unsafe.Add(ref b, Strip / 2)), entry = TBy.Fill(a);
            (l0, r0) = (TBy.MultiplyAdd(entry, left, l0), TBy.MultiplyAdd(entry, right, r0));
            entry = TBy.Fill(Unsafe.Add(ref a, a1));
            (l1, r1) = (TBy.MultiplyAdd(entry, left, l1), TBy.MultiplyAdd(entry, right, r1));
            entry = TBy.Fill(Unsafe.Add(ref a, a2));
            (l2, r2) = (TBy.MultiplyAdd(entry, left, l2), TBy.MultiplyAdd(entry, right, r2));
            entry = TBy.Fill(Unsafe.Add(ref a, a3));
            (l3, r3) = (TBy.MultiplyAdd(entry, left, l3), TBy.MultiplyAdd(entry, right, r3));
            entry = TBy.Fill(Unsafe.Add(ref a, a4));
            (l4, r4) = (TBy.MultiplyAdd(entry, left, l4), TBy.MultiplyAdd(entry, right, r4));
            entry = TBy.Fill(Unsafe.Add(ref a, a5));
            (l5, r5) = (TBy.MultiplyAdd(entry, left, l5), TBy.MultiplyAdd(entry, right, r5));
        }

        Store(ref Unsafe.Add(ref c, i5 * cRow), l5, r5);
        Store(ref Unsafe.Add(ref c, i4 * cRow), l4, r4);
        Store(ref Unsafe.Add(ref c, i3 * cRow), l3, r3);
        Store(ref Unsafe.Add(ref c, i2 * cRow), l2, r2);
        Store(ref Unsafe.Add(ref c, i1 * cRow), l1, r1);
        Store(ref c, l0, r0);

        static void Store(ref double to, TVector left, TVector right)
        {
            TBy.Store(left, ref to);
            TBy.Store(right, ref Unsafe.Add(ref to, Strip / 2));
        }
    }

    /// <summary>
    /// A strip of the row c + a b. Four sums of each entry take turns, so that none waits for itself; both halves of b go by at
    /// once, which keeps memory busier. What is beyond the last of a is padding, as in b.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector Left, TVector Right) AddStrip<TVector, TBy>(ref double a, ref double b, int inner, ref double c)
        where TBy : struct, IBy<TVector>
    {
        TVector l0 = TBy.Load(ref c), l1 = TBy.Fill(0), l2 = l1, l3 = l1;
        TVector r0 = TBy.Load(ref Unsafe.Add(ref c, Strip / 2)), r1 = l1, r2 = l1, r3 = l1;
        nint half = (inner + 3) / 4 * 2, below = half * Strip;
        for (nint k = 0; k < half; k += 2, a = ref Unsafe.Add(ref a, 2), b = ref Unsafe.Add(ref b, 2 * Strip))
        {
            ref double lower = ref Unsafe.Add(ref b, below);
            TVector entry = TBy.Fill(a);
            (l0, r0) = (Add(entry, ref b, 0, l0), Add(entry, ref b, 1, r0));
            entry = TBy.Fill(Unsafe.Add(ref a, 1));
            (l1, r1) = (Add(entry, ref b, 2, l1), Add(entry, ref b, 3, r1));
            entry = TBy.Fill(Unsafe.Add(ref a, half));
            (l2, r2) = (Add(entry, ref lower, 0, l2), Add(entry, ref lower, 1, r2));
            entry = TBy.Fill(Unsafe.Add(ref a, half + 1));
            (l3, r3) = (Add(entry, ref lower, 2, l3), Add(entry, ref lower, 3, r3));
        }

        return (TBy.Add(TBy.Add(l0, l1), TBy.Add(l2, l3)), TBy.Add(TBy.Add(r0, r1), TBy.Add(r2, r3)));

        static TVector Add(TVector entry, ref double b, int vector, TVector sum) =>
            TBy.MultiplyAdd(entry, TBy.Load(ref Unsafe.Add(ref b, vector * Strip / 2)), sum);
    }

    /// <summary>Vectors as wide as the processor's.</summary>
    private interface IBy<TVector>
    {
        static abstract TVector Load(ref double from);
        static abstract TVector Fill(double entry);
        static abstract TVector Add(TVector a, TVector b);
        static abstract TVector MultiplyAdd(TVector a, TVector b, TVector sum);
        static abstract void Store(TVector entries, ref double to);
    }

    private readonly struct By512 : IBy<Eight>
    {
        public static Eight Load(ref double from) => Vector512.LoadUnsafe(ref from);
        public static Eight Fill(double entry) => Vector512.Create(entry);
        public static Eight Add(Eight a, Eight b) => a + b;
        public static Eight MultiplyAdd(Eight a, Eight b, Eight sum) => Vector512.MultiplyAddEstimate(a, b, sum);
        public static void Store(Eight entries, ref double to) => entries.StoreUnsafe(ref to);
    }

    private readonly struct By256 : IBy<Four>
    {
        public static Four Load(ref double from) => Vector256.LoadUnsafe(ref from);
        public static Four Fill(double entry) => Vector256.Create(entry);
        public static Four Add(Four a, Four b) => a + b;
        public static Four MultiplyAdd(Four a, Four b, Four sum) => Vector256.MultiplyAddEstimate(a, b, sum);
        public static void Store(Four entries, ref double to) => entries.StoreUnsafe(ref to);
    }
}
