using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Rnn.Steps;

/// <summary>
/// Step 5, registers: as <see cref="Matrices"/>, but a product is computed in small tiles, whose sums stay in registers until
/// they are complete.
/// </summary>
public static class Registers
{
    private const int Lanes = 8;

    /// <inheritdoc cref="Readable.Train"/>
    public static TrainingResult Train(
        IReadOnlyList<Sequence> sequences, Weights initial, int epochs, double learningRate = 0.01) =>
        Matrices.Train(sequences, initial, epochs, learningRate, Multiply);

    /// <summary>
    /// A tile is four vectors below each other; of the last rows, which are too few for that, four side by side.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(
        ReadOnlySpan<double> a, int aRow, int aColumn, ReadOnlySpan<double> b, Span<double> c, int rows, int inner, int columns)
    {
        if (inner == 0)
            return;
        int fours = rows / 4 * 4, vectors = columns / Lanes * Lanes;
        for (int i = 0; i < fours; i += 4)
        {
            for (int j = 0; j < vectors; j += Lanes)
                Below(a[(i * aRow)..], aRow, aColumn, b[j..], c[(i * columns + j)..], inner, columns);
        }

        for (int i = fours; i < rows; i++)
        {
            int j = 0;
            for (; j + 4 * Lanes <= vectors; j += 4 * Lanes)
                Beside(a[(i * aRow)..], aColumn, b[j..], c[(i * columns + j)..], inner, columns);
            for (; j < vectors; j += Lanes)
                One(a[(i * aRow)..], aColumn, b[j..], c[(i * columns + j)..], inner, columns);
        }

        for (int i = 0; i < rows; i++)
        {
            for (int j = vectors; j < columns; j++)
            {
                double sum = c[i * columns + j];
                for (int k = 0; k < inner; k++)
                    sum += a[i * aRow + k * aColumn] * b[k * columns + j];
                c[i * columns + j] = sum;
            }
        }
    }

    /// <summary>Four rows of c, one vector wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Below(
        ReadOnlySpan<double> a, int aRow, int aColumn, ReadOnlySpan<double> b, Span<double> c, int inner, int columns)
    {
        ref double a0 = ref MemoryMarshal.GetReference(a), b0 = ref MemoryMarshal.GetReference(b);
        ref double a1 = ref Unsafe.Add(ref a0, aRow), a2 = ref Unsafe.Add(ref a1, aRow), a3 = ref Unsafe.Add(ref a2, aRow);
        Vector512<double> s0 = Load(c), s1 = Load(c[columns..]);
        Vector512<double> s2 = Load(c[(2 * columns)..]), s3 = Load(c[(3 * columns)..]);
        for (int k = 0; k < inner; k++)
        {
            Vector512<double> eight = Vector512.LoadUnsafe(ref Unsafe.Add(ref b0, k * columns));
            s0 += Unsafe.Add(ref a0, k * aColumn) * eight;
            s1 += Unsafe.Add(ref a1, k * aColumn) * eight;
            s2 += Unsafe.Add(ref a2, k * aColumn) * eight;
            s3 += Unsafe.Add(ref a3, k * aColumn) * eight;
        }

        s0.CopyTo(c);
        s1.CopyTo(c[columns..]);
        s2.CopyTo(c[(2 * columns)..]);
        s3.CopyTo(c[(3 * columns)..]);
    }

    /// <summary>One row of c, four vectors wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Beside(
        ReadOnlySpan<double> a, int aColumn, ReadOnlySpan<double> b, Span<double> c, int inner, int columns)
    {
        ref double a0 = ref MemoryMarshal.GetReference(a), b0 = ref MemoryMarshal.GetReference(b);
        Vector512<double> s0 = Load(c), s1 = Load(c[Lanes..]);
        Vector512<double> s2 = Load(c[(2 * Lanes)..]), s3 = Load(c[(3 * Lanes)..]);
        for (int k = 0; k < inner; k++)
        {
            double factor = Unsafe.Add(ref a0, k * aColumn);
            ref double row = ref Unsafe.Add(ref b0, k * columns);
            s0 += factor * Vector512.LoadUnsafe(ref row);
            s1 += factor * Vector512.LoadUnsafe(ref row, Lanes);
            s2 += factor * Vector512.LoadUnsafe(ref row, 2 * Lanes);
            s3 += factor * Vector512.LoadUnsafe(ref row, 3 * Lanes);
        }

        s0.CopyTo(c);
        s1.CopyTo(c[Lanes..]);
        s2.CopyTo(c[(2 * Lanes)..]);
        s3.CopyTo(c[(3 * Lanes)..]);
    }

    /// <summary>One row of c, one vector wide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One(
        ReadOnlySpan<double> a, int aColumn, ReadOnlySpan<double> b, Span<double> c, int inner, int columns)
    {
        Vector512<double> sums = Load(c);
        for (int k = 0; k < inner; k++)
            sums += a[k * aColumn] * Load(b[(k * columns)..]);
        sums.CopyTo(c);
    }

    private static Vector512<double> Load(ReadOnlySpan<double> from) => Vector512.Create(from);
}
