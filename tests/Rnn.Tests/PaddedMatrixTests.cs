using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
            PaddedMatrix block = PaddedMatrix.Allocate(3, columns);
            double[] values = Values(ref block);
            int start = values.Length - block.Entries.Length;
            Assert.Equal(0, Marshal.UnsafeAddrOfPinnedArrayElement(values, start) % 64);
            Assert.Equal(0, block.RowStep % PaddedMatrix.Lanes);
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

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "values")]
    private static extern ref double[] Values(ref PaddedMatrix block);
}
