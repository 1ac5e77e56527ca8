using Rnn.Internals;

namespace Rnn.Tests;

public sealed class PaddedMatrixTests
{
    [Fact]
    public void A_view_has_the_shape_of_what_it_shows()
    {
        PaddedMatrix block = PaddedMatrix.Allocate(5, 3);
        (PaddedMatrix View, int Rows, int Columns)[] views =
        [
            (block.Take(2), 2, 3), (block.Skip(2), 3, 3), (block.At(1), 1, 3), (block.Transpose, 3, 5), (block.Repeated, 5, 3),
            (block.Take(4).Skip(1).Transpose, 3, 3),
        ];
        Assert.All(views, each => Assert.Equal((each.Rows, each.Columns), (each.View.Rows, each.View.Columns)));
    }
}
