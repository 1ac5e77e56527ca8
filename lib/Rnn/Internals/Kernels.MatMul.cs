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

    /// <summary>Rows of a tile: with two vectors in each, its sums fill the registers, and none waits for itself.</summary>
    private const int Tall = 6;

    /// <summary>From so many vectors on, a row has no room in the registers, and it pays to pack for it.</summary>
    private const int Wide = 8;

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
        if (row == 1 && c.Vectors >= Wide)
        {
            // Down a transpose, each entry is on another page of memory: laid side by side, before all of b goes by.
            (column, tile) = (Tall, Tall * a.Columns);
            packed = ArrayPool<double>.Shared.Rent((c.Rows + Tall) * a.Columns);
            ref double side = ref MemoryMarshal.GetArrayDataReference(packed);
            Pack(ref a0, a.ColumnStep, a.Columns, c.Rows, ref side);
            a0 = ref side;
        }

        int width = c.Vectors * Lanes, across;
        for (int j = 0; j < width; j += across)
        {
            // Two vectors at a time; where the processor's are half as wide, this is one of ours.
            bool isPair = Vector512.IsHardwareAccelerated && j + Lanes < width;
            across = isPair ? 2 * Lanes : Lanes;
            ref double ai = ref a0, bj = ref Unsafe.Add(ref b0, j), sj = ref Unsafe.Add(ref s0, j);
            for (int i = 0; i < c.Rows; i += Tall, ai = ref Unsafe.Add(ref ai, tile))
            {
                ref double ci = ref Unsafe.Add(ref c0, i * c.RowStep + j);
                if (isPair)
                    Tile<Eight, By512>(
                        ref ai, row, column, ref bj, b.RowStep, a.Columns, ref sj, ref ci, c.RowStep, c.Rows - 1 - i);
                else
                    Tile<Four, By256>(
                        ref ai, row, column, ref bj, b.RowStep, a.Columns, ref sj, ref ci, c.RowStep, c.Rows - 1 - i);
            }
        }

        if (packed.Length > 0)
            ArrayPool<double>.Shared.Return(packed);
    }

    /// <summary>
    /// A step through time, for some of the units, into a row of c: c + a b, then forward its tanh, or back times tanh's
    /// derivative, 1 - h^2. In a narrow network the sums stay in registers.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Step(in PaddedMatrix a, int aRow, in PaddedMatrix b, in PaddedMatrix h, in PaddedMatrix c, int row,
                            int from, int count, bool isForward)
    {
        ref double a0 = ref Unsafe.Add(ref MemoryMarshal.GetReference(a.Entries), aRow * a.RowStep);
        ref double b0 = ref Unsafe.Add(ref MemoryMarshal.GetReference(b.Entries), from);
        ref double h0 = ref Unsafe.Add(ref MemoryMarshal.GetReference(h.Entries), row * h.RowStep + from);
        ref double c0 = ref Unsafe.Add(ref MemoryMarshal.GetReference(c.Entries), row * c.RowStep + from);
        bool isWide = b.Vectors >= Wide;
        if (isWide && Vector512.IsHardwareAccelerated)
            AddRows<Eight, By512>(ref a0, ref b0, b.RowStep, b.Rows, ref c0, count, fromTheEnd: row % 2 == 1);
        else if (isWide)
            AddRows<Four, By256>(ref a0, ref b0, b.RowStep, b.Rows, ref c0, count, fromTheEnd: row % 2 == 1);
        for (int j = 0; j < count; j += Lanes)
        {
            ref double cj = ref Unsafe.Add(ref c0, j);
            Vector512<double> sums = Vector512.LoadUnsafe(ref cj), hj = Vector512.LoadUnsafe(ref Unsafe.Add(ref h0, j));
            if (!isWide)
                sums = OneByOne(ref a0, ref Unsafe.Add(ref b0, j), b.RowStep, b.Rows, sums);
            (isForward ? Tanh(sums) : sums * (Vector512<double>.One - hj * hj)).StoreUnsafe(ref cj);
        }
    }

    /// <summary>To = from^T. Eight rows go by at once; what is beyond the last becomes the padding of to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(in PaddedMatrix from, in PaddedMatrix to)
    {
        ref double from0 = ref MemoryMarshal.GetReference(from.Entries);
        ref double to0 = ref MemoryMarshal.GetReference(to.Entries);
        nint step = from.RowStep;
        for (int j = 0; j < from.Rows; j += Lanes)
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

    /// <summary>Six rows of c, two vectors wide. What is beyond the last goes where it goes, and is overwritten by it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<TVector, TBy>(ref double a, nint aRow, nint aColumn, ref double b, nint bRow, int inner,
                                           ref double start, ref double c, nint cRow, int last)
        where TBy : struct, IBy<TVector>
    {
        nint i1 = Math.Min(1, last), i2 = Math.Min(2, last), i3 = Math.Min(3, last);
        nint i4 = Math.Min(4, last), i5 = Math.Min(5, last);
        nint a1 = i1 * aRow, a2 = i2 * aRow, a3 = i3 * aRow, a4 = i4 * aRow, a5 = i5 * aRow;
        TVector l0 = TBy.Load(ref start), l1 = l0, l2 = l0, l3 = l0, l4 = l0, l5 = l0;
        TVector r0 = TBy.Load(ref Unsafe.Add(ref start, TBy.Lanes)), r1 = r0, r2 = r0, r3 = r0, r4 = r0, r5 = r0;
        for (int k = 0; k < inner; k++, a = ref Unsafe.Add(ref a, aColumn), b = ref Unsafe.Add(ref b, bRow))
        {
            TVector left = TBy.Load(ref b), right = TBy.Load(ref Unsafe.Add(ref b, TBy.Lanes)), entry = TBy.Fill(a);
            (l0, r0) = (TBy.Add(entry, left, l0), TBy.Add(entry, right, r0));
            entry = TBy.Fill(Unsafe.Add(ref a, a1));
            (l1, r1) = (TBy.Add(entry, left, l1), TBy.Add(entry, right, r1));
            entry = TBy.Fill(Unsafe.Add(ref a, a2));
            (l2, r2) = (TBy.Add(entry, left, l2), TBy.Add(entry, right, r2));
            entry = TBy.Fill(Unsafe.Add(ref a, a3));
            (l3, r3) = (TBy.Add(entry, left, l3), TBy.Add(entry, right, r3));
            entry = TBy.Fill(Unsafe.Add(ref a, a4));
            (l4, r4) = (TBy.Add(entry, left, l4), TBy.Add(entry, right, r4));
            entry = TBy.Fill(Unsafe.Add(ref a, a5));
            (l5, r5) = (TBy.Add(entry, left, l5), TBy.Add(entry, right, r5));
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
            TBy.Store(right, ref Unsafe.Add(ref to, TBy.Lanes));
        }
    }

    /// <summary>
    /// Some entries of the row c += a b. Eight rows of b go by at once, each in one go through memory; what is beyond the last is
    /// padding, as in a. What is left in the cache is where the last step ended: there the next begins.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRows<TVector, TBy>(
        ref double a0, ref double b0, nint bRow, int rows, ref double c, int count, bool fromTheEnd)
        where TBy : struct, IBy<TVector>
    {
        nint twice = 2 * bRow, thrice = 3 * bRow;
        int groups = (rows + Lanes - 1) / Lanes;
        for (int k = 0; k < groups; k++)
        {
            int i = Lanes * (fromTheEnd ? groups - 1 - k : k);
            ref double a = ref Unsafe.Add(ref a0, i);
            ref double low = ref Unsafe.Add(ref b0, i * bRow), high = ref Unsafe.Add(ref low, 4 * bRow);
            TVector a1 = TBy.Fill(a), a2 = TBy.Fill(Unsafe.Add(ref a, 1)), a3 = TBy.Fill(Unsafe.Add(ref a, 2));
            TVector a4 = TBy.Fill(Unsafe.Add(ref a, 3)), a5 = TBy.Fill(Unsafe.Add(ref a, 4)), a6 = TBy.Fill(Unsafe.Add(ref a, 5));
            TVector a7 = TBy.Fill(Unsafe.Add(ref a, 6)), a8 = TBy.Fill(Unsafe.Add(ref a, 7));
            for (nint j = 0; j < count; j += TBy.Lanes)
            {
                TVector sum = TBy.Add(a1, TBy.Load(ref low), TBy.Load(ref Unsafe.Add(ref c, j)));
                sum = TBy.Add(a2, TBy.Load(ref Unsafe.Add(ref low, bRow)), sum);
                sum = TBy.Add(a3, TBy.Load(ref Unsafe.Add(ref low, twice)), sum);
                sum = TBy.Add(a4, TBy.Load(ref Unsafe.Add(ref low, thrice)), sum);
                sum = TBy.Add(a5, TBy.Load(ref high), sum);
                sum = TBy.Add(a6, TBy.Load(ref Unsafe.Add(ref high, bRow)), sum);
                sum = TBy.Add(a7, TBy.Load(ref Unsafe.Add(ref high, twice)), sum);
                sum = TBy.Add(a8, TBy.Load(ref Unsafe.Add(ref high, thrice)), sum);
                TBy.Store(sum, ref Unsafe.Add(ref c, j));
                low = ref Unsafe.Add(ref low, TBy.Lanes);
                high = ref Unsafe.Add(ref high, TBy.Lanes);
            }
        }
    }

    /// <summary>Eight entries of start + a b, where a is one row. Four sums take turns, so that none waits for itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> OneByOne(ref double a, ref double b, nint bRow, int inner, Vector512<double> start)
    {
        Vector512<double> c0 = start, c1 = default, c2 = default, c3 = default;
        for (int k = 0; k < inner; k += 4, b = ref Unsafe.Add(ref b, 4 * bRow))
        {
            c0 = Add(Vector512.Create(Unsafe.Add(ref a, k)), ref b, c0);
            c1 = Add(Vector512.Create(Unsafe.Add(ref a, k + 1)), ref Unsafe.Add(ref b, bRow), c1);
            c2 = Add(Vector512.Create(Unsafe.Add(ref a, k + 2)), ref Unsafe.Add(ref b, 2 * bRow), c2);
            c3 = Add(Vector512.Create(Unsafe.Add(ref a, k + 3)), ref Unsafe.Add(ref b, 3 * bRow), c3);
        }

        return c0 + c1 + (c2 + c3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Add(Vector512<double> a, ref double b, Vector512<double> sum) =>
        Vector512.MultiplyAddEstimate(a, Vector512.LoadUnsafe(ref b), sum);

    /// <summary>Vectors as wide as the processor's.</summary>
    private interface IBy<TVector>
    {
        static abstract int Lanes { get; }
        static abstract TVector Load(ref double from);
        static abstract TVector Fill(double entry);
        static abstract TVector Add(TVector a, TVector b, TVector sum);
        static abstract void Store(TVector entries, ref double to);
    }

    private readonly struct By512 : IBy<Eight>
    {
        public static int Lanes => 8;
        public static Eight Load(ref double from) => Vector512.LoadUnsafe(ref from);
        public static Eight Fill(double entry) => Vector512.Create(entry);
        public static Eight Add(Eight a, Eight b, Eight sum) => Vector512.MultiplyAddEstimate(a, b, sum);
        public static void Store(Eight entries, ref double to) => entries.StoreUnsafe(ref to);
    }

    private readonly struct By256 : IBy<Four>
    {
        public static int Lanes => 4;
        public static Four Load(ref double from) => Vector256.LoadUnsafe(ref from);
        public static Four Fill(double entry) => Vector256.Create(entry);
        public static Four Add(Four a, Four b, Four sum) => Vector256.MultiplyAddEstimate(a, b, sum);
        public static void Store(Four entries, ref double to) => entries.StoreUnsafe(ref to);
    }
}
