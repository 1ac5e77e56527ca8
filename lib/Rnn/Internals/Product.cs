using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Rnn.Internals;

/// <summary>The matrix product, in which nearly all the time goes.</summary>
internal static class Product
{
    private const int Lanes = Block.Lanes;

    /// <summary>c = start + a b. The columns of b and c must lie side by side; a may be a transpose, start a repeated row or c itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(Block a, Block b, Block start, Block c)
    {
        ref double a0 = ref MemoryMarshal.GetReference(a.Entries);
        ref double b0 = ref MemoryMarshal.GetReference(b.Entries);
        ref double s0 = ref MemoryMarshal.GetReference(start.Entries);
        ref double c0 = ref MemoryMarshal.GetReference(c.Entries);
        int inner = a.Columns, vectors = c.Vectors, i = 0;
        for (; i + 4 <= c.Rows; i += 4)
        {
            ref double ai = ref Unsafe.Add(ref a0, i * a.RowStep);
            ref double si = ref Unsafe.Add(ref s0, i * start.RowStep);
            ref double ci = ref Unsafe.Add(ref c0, i * c.RowStep);
            int v = 0;
            for (; v + 2 <= vectors; v += 2)
            {
                FourByTwo(ref ai, a.RowStep, a.ColumnStep, ref Unsafe.Add(ref b0, v * Lanes), b.RowStep, inner,
                          ref Unsafe.Add(ref si, v * Lanes), start.RowStep, ref Unsafe.Add(ref ci, v * Lanes), c.RowStep);
            }

            if (v < vectors)
            {
                FourByOne(ref ai, a.RowStep, a.ColumnStep, ref Unsafe.Add(ref b0, v * Lanes), b.RowStep, inner,
                          ref Unsafe.Add(ref si, v * Lanes), start.RowStep, ref Unsafe.Add(ref ci, v * Lanes), c.RowStep);
            }
        }

        for (; i < c.Rows; i++)
        {
            ref double ai = ref Unsafe.Add(ref a0, i * a.RowStep);
            ref double si = ref Unsafe.Add(ref s0, i * start.RowStep);
            ref double ci = ref Unsafe.Add(ref c0, i * c.RowStep);
            int v = 0;
            for (; v + 4 <= vectors; v += 4)
                OneByFour(ref ai, a.ColumnStep, ref Unsafe.Add(ref b0, v * Lanes), b.RowStep, inner, ref Unsafe.Add(ref si, v * Lanes), ref Unsafe.Add(ref ci, v * Lanes));
            for (; v + 2 <= vectors; v += 2)
                OneByTwo(ref ai, a.ColumnStep, ref Unsafe.Add(ref b0, v * Lanes), b.RowStep, inner, ref Unsafe.Add(ref si, v * Lanes), ref Unsafe.Add(ref ci, v * Lanes));
            for (; v < vectors; v++)
                OneByOne(ref ai, a.ColumnStep, ref Unsafe.Add(ref b0, v * Lanes), b.RowStep, inner, ref Unsafe.Add(ref si, v * Lanes), ref Unsafe.Add(ref ci, v * Lanes));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByTwo(ref double a, int aRow, int aColumn, ref double b, int bRow, int inner, ref double start, int startRow, ref double c, int cRow)
    {
        Vector512<double> c00 = default, c01 = default, c10 = default, c11 = default;
        Vector512<double> c20 = default, c21 = default, c30 = default, c31 = default;
        ref double a1 = ref Unsafe.Add(ref a, aRow);
        ref double a2 = ref Unsafe.Add(ref a1, aRow);
        ref double a3 = ref Unsafe.Add(ref a2, aRow);
        nint ak = 0, bk = 0;
        for (int k = 0; k < inner; k++)
        {
            Vector512<double> b0 = Vector512.LoadUnsafe(ref Unsafe.Add(ref b, bk));
            Vector512<double> b1 = Vector512.LoadUnsafe(ref Unsafe.Add(ref b, bk + Lanes));
            Vector512<double> ai = Vector512.Create(Unsafe.Add(ref a, ak));
            c00 = Vector512.MultiplyAddEstimate(ai, b0, c00);
            c01 = Vector512.MultiplyAddEstimate(ai, b1, c01);
            ai = Vector512.Create(Unsafe.Add(ref a1, ak));
            c10 = Vector512.MultiplyAddEstimate(ai, b0, c10);
            c11 = Vector512.MultiplyAddEstimate(ai, b1, c11);
            ai = Vector512.Create(Unsafe.Add(ref a2, ak));
            c20 = Vector512.MultiplyAddEstimate(ai, b0, c20);
            c21 = Vector512.MultiplyAddEstimate(ai, b1, c21);
            ai = Vector512.Create(Unsafe.Add(ref a3, ak));
            c30 = Vector512.MultiplyAddEstimate(ai, b0, c30);
            c31 = Vector512.MultiplyAddEstimate(ai, b1, c31);
            ak += aColumn;
            bk += bRow;
        }

        Store(ref start, ref c, c00, c01);
        start = ref Unsafe.Add(ref start, startRow);
        c = ref Unsafe.Add(ref c, cRow);
        Store(ref start, ref c, c10, c11);
        start = ref Unsafe.Add(ref start, startRow);
        c = ref Unsafe.Add(ref c, cRow);
        Store(ref start, ref c, c20, c21);
        start = ref Unsafe.Add(ref start, startRow);
        c = ref Unsafe.Add(ref c, cRow);
        Store(ref start, ref c, c30, c31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref double start, ref double c, Vector512<double> first, Vector512<double> second)
    {
        (Vector512.LoadUnsafe(ref start) + first).StoreUnsafe(ref c);
        (Vector512.LoadUnsafe(ref start, Lanes) + second).StoreUnsafe(ref c, Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByOne(ref double a, int aRow, int aColumn, ref double b, int bRow, int inner, ref double start, int startRow, ref double c, int cRow)
    {
        Vector512<double> c0 = default, c1 = default, c2 = default, c3 = default;
        ref double a1 = ref Unsafe.Add(ref a, aRow);
        ref double a2 = ref Unsafe.Add(ref a1, aRow);
        ref double a3 = ref Unsafe.Add(ref a2, aRow);
        nint ak = 0, bk = 0;
        for (int k = 0; k < inner; k++)
        {
            Vector512<double> b0 = Vector512.LoadUnsafe(ref Unsafe.Add(ref b, bk));
            c0 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref a, ak)), b0, c0);
            c1 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref a1, ak)), b0, c1);
            c2 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref a2, ak)), b0, c2);
            c3 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref a3, ak)), b0, c3);
            ak += aColumn;
            bk += bRow;
        }

        (Vector512.LoadUnsafe(ref start) + c0).StoreUnsafe(ref c);
        (Vector512.LoadUnsafe(ref start, (nuint)startRow) + c1).StoreUnsafe(ref c, (nuint)cRow);
        (Vector512.LoadUnsafe(ref start, (nuint)(2 * startRow)) + c2).StoreUnsafe(ref c, (nuint)(2 * cRow));
        (Vector512.LoadUnsafe(ref start, (nuint)(3 * startRow)) + c3).StoreUnsafe(ref c, (nuint)(3 * cRow));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneByFour(ref double a, int aColumn, ref double b, int bRow, int inner, ref double start, ref double c)
    {
        Vector512<double> c0 = default, c1 = default, c2 = default, c3 = default;
        Vector512<double> d0 = default, d1 = default, d2 = default, d3 = default;
        int k = 0;
        nint bk = 0, ak = 0;
        for (; k + 2 <= inner; k += 2)
        {
            Vector512<double> ai = Vector512.Create(Unsafe.Add(ref a, ak));
            c0 = Vector512.MultiplyAddEstimate(ai, Vector512.LoadUnsafe(ref Unsafe.Add(ref b, bk)), c0);
            c1 = Vector512.MultiplyAddEstimate(ai, Vector512.LoadUnsafe(ref Unsafe.Add(ref b, bk + Lanes)), c1);
            c2 = Vector512.MultiplyAddEstimate(ai, Vector512.LoadUnsafe(ref Unsafe.Add(ref b, bk + 2 * Lanes)), c2);
            c3 = Vector512.MultiplyAddEstimate(ai, Vector512.LoadUnsafe(ref Unsafe.Add(ref b, bk + 3 * Lanes)), c3);
            ak += aColumn;
            bk += bRow;
            ai = Vector512.Create(Unsafe.Add(ref a, ak));
            d0 = Vector512.MultiplyAddEstimate(ai, Vector512.LoadUnsafe(ref Unsafe.Add(ref b, bk)), d0);
            d1 = Vector512.MultiplyAddEstimate(ai, Vector512.LoadUnsafe(ref Unsafe.Add(ref b, bk + Lanes)), d1);
            d2 = Vector512.MultiplyAddEstimate(ai, Vector512.LoadUnsafe(ref Unsafe.Add(ref b, bk + 2 * Lanes)), d2);
            d3 = Vector512.MultiplyAddEstimate(ai, Vector512.LoadUnsafe(ref Unsafe.Add(ref b, bk + 3 * Lanes)), d3);
            ak += aColumn;
            bk += bRow;
        }

        if (k < inner)
        {
            Vector512<double> ai = Vector512.Create(Unsafe.Add(ref a, ak));
            c0 = Vector512.MultiplyAddEstimate(ai, Vector512.LoadUnsafe(ref Unsafe.Add(ref b, bk)), c0);
            c1 = Vector512.MultiplyAddEstimate(ai, Vector512.LoadUnsafe(ref Unsafe.Add(ref b, bk + Lanes)), c1);
            c2 = Vector512.MultiplyAddEstimate(ai, Vector512.LoadUnsafe(ref Unsafe.Add(ref b, bk + 2 * Lanes)), c2);
            c3 = Vector512.MultiplyAddEstimate(ai, Vector512.LoadUnsafe(ref Unsafe.Add(ref b, bk + 3 * Lanes)), c3);
        }

        Store(ref start, ref c, c0 + d0, c1 + d1);
        Store(ref Unsafe.Add(ref start, 2 * Lanes), ref Unsafe.Add(ref c, 2 * Lanes), c2 + d2, c3 + d3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneByTwo(ref double a, int aColumn, ref double b, int bRow, int inner, ref double start, ref double c)
    {
        Vector512<double> c0 = default, c1 = default, d0 = default, d1 = default;
        int k = 0;
        nint bk = 0, ak = 0;
        for (; k + 2 <= inner; k += 2)
        {
            Vector512<double> ai = Vector512.Create(Unsafe.Add(ref a, ak));
            c0 = Vector512.MultiplyAddEstimate(ai, Vector512.LoadUnsafe(ref Unsafe.Add(ref b, bk)), c0);
            c1 = Vector512.MultiplyAddEstimate(ai, Vector512.LoadUnsafe(ref Unsafe.Add(ref b, bk + Lanes)), c1);
            ak += aColumn;
            bk += bRow;
            ai = Vector512.Create(Unsafe.Add(ref a, ak));
            d0 = Vector512.MultiplyAddEstimate(ai, Vector512.LoadUnsafe(ref Unsafe.Add(ref b, bk)), d0);
            d1 = Vector512.MultiplyAddEstimate(ai, Vector512.LoadUnsafe(ref Unsafe.Add(ref b, bk + Lanes)), d1);
            ak += aColumn;
            bk += bRow;
        }

        if (k < inner)
        {
            Vector512<double> ai = Vector512.Create(Unsafe.Add(ref a, ak));
            c0 = Vector512.MultiplyAddEstimate(ai, Vector512.LoadUnsafe(ref Unsafe.Add(ref b, bk)), c0);
            c1 = Vector512.MultiplyAddEstimate(ai, Vector512.LoadUnsafe(ref Unsafe.Add(ref b, bk + Lanes)), c1);
        }

        Store(ref start, ref c, c0 + d0, c1 + d1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneByOne(ref double a, int aColumn, ref double b, int bRow, int inner, ref double start, ref double c)
    {
        Vector512<double> sum = default;
        for (int k = 0; k < inner; k++)
        {
            sum = Vector512.MultiplyAddEstimate(
                Vector512.Create(Unsafe.Add(ref a, k * aColumn)), Vector512.LoadUnsafe(ref Unsafe.Add(ref b, k * bRow)), sum);
        }

        (Vector512.LoadUnsafe(ref start) + sum).StoreUnsafe(ref c);
    }
}
