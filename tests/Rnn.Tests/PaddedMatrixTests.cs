using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Rnn.Internals;

namespace Rnn.Tests;

public sealed class PaddedMatrixTests
{
    /// <summary>Seven in eight blocks would start elsewhere, were it left to chance.</summary>
    [Fact]
    public void Every_block_starts_on_a_cache_line()
    {
        for (int columns = 1; columns <= 100; columns++)
        {
            foreach (PaddedMatrix block in new[] { PaddedMatrix.Allocate(3, columns), PaddedMatrix.AllocateStrips(3, columns) })
            {
                PaddedMatrix each = block;
                double[] values = Values(ref each);
                int start = values.Length - block.Entries.Length;
                Assert.Equal(0, Marshal.UnsafeAddrOfPinnedArrayElement(values, start) % 64);
                Assert.Equal((0, 0), (block.RowStep % PaddedMatrix.Lanes, block.StripStep % PaddedMatrix.Lanes));
            }
        }
    }

    /// <summary>By rows, in strips and by columns: what is put in comes out, and each entry has a place of its own.</summary>
    [Fact]
    public void Every_layout_keeps_every_entry()
    {
        foreach (Matrix<double> matrix in Matrices())
        {
            (int rows, int columns) = (matrix.RowCount, matrix.ColumnCount);
            PaddedMatrix[] layouts =
            [
                PaddedMatrix.Allocate(rows, columns), PaddedMatrix.AllocateStrips(rows, columns),
                PaddedMatrix.Allocate(columns, rows).Transpose,
            ];
            foreach (PaddedMatrix layout in layouts)
            {
                layout.Set(matrix);
                Assert.Equal(matrix, layout.ToMatrix());
                int[] places = [.. from row in Enumerable.Range(0, rows)
                                   from column in Enumerable.Range(0, columns)
                                   select layout.IndexOf(row, column)];
                Assert.Equal(rows * columns, places.Distinct().Count());
                Assert.InRange(places.Max(), rows * columns - 1, layout.Entries.Length - 1);
                // All that is not an entry is zero, also where the whole is gone over.
                double sum = 0;
                foreach (ref readonly double value in MemoryMarshal.Cast<Vector512<double>, double>(layout.AllVectors))
                    sum += Math.Abs(value);
                Assert.Equal(matrix.Enumerate().Sum(Math.Abs), sum, 1e-9 * sum);
                int from = Math.Min(PaddedMatrix.Strip, columns - 1) / PaddedMatrix.Strip * PaddedMatrix.Strip;
                Assert.Equal(
                    matrix.SubMatrix(0, rows, from, columns - from), layout.Across(from, columns - from).ToMatrix());
            }
        }
    }

    /// <summary>From strips to strips as for Wh and Wy, and from rows to columns as for the logits.</summary>
    [Fact]
    public void A_transpose_is_one_from_every_layout_to_every_other()
    {
        foreach (Matrix<double> matrix in Matrices())
        {
            (int rows, int columns) = (matrix.RowCount, matrix.ColumnCount);
            PaddedMatrix strips = PaddedMatrix.AllocateStrips(rows, columns), byRows = PaddedMatrix.Allocate(rows, columns);
            strips.Set(matrix);
            byRows.Set(matrix);
            foreach (PaddedMatrix from in new[] { strips, byRows })
            {
                PaddedMatrix[] to = [PaddedMatrix.AllocateStrips(columns, rows), PaddedMatrix.Allocate(columns, rows)];
                foreach (PaddedMatrix each in to)
                {
                    Kernels.Transpose(from, each);
                    Assert.Equal(matrix.Transpose(), each.ToMatrix());
                }
            }
        }
    }

    [Fact]
    public void A_view_has_the_shape_of_what_it_shows()
    {
        PaddedMatrix block = PaddedMatrix.Allocate(5, 3);
        (PaddedMatrix View, int Rows, int Columns)[] views =
        [
            (block.Take(2), 2, 3), (block.Skip(2), 3, 3), (block.Transpose, 3, 5),
            (block.Take(4).Skip(1).Transpose, 3, 3), (block.Across(0, 2), 5, 2), (block.Transpose.Across(1, 3), 3, 3),
        ];
        Assert.All(views, each => Assert.Equal((each.Rows, each.Columns), (each.View.Rows, each.View.Columns)));
    }

    /// <summary>Of random shapes, with more and with fewer columns than a strip.</summary>
    private static IEnumerable<Matrix<double>> Matrices()
    {
        Random random = new(4);
        for (int i = 0; i < 200; i++)
            yield return TestData.Matrix(random, random.Next(1, 70), random.Next(1, 70));
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "values")]
    private static extern ref double[] Values(ref PaddedMatrix block);
}
