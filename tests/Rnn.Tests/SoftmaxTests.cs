using CsCheck;
using static Rnn.RecurrentNetwork;

namespace Rnn.Tests;

public sealed class SoftmaxTests
{
    private static readonly Gen<Matrix<double>> Scores =
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 20], Gen.Int[0, 1_000_000], Gen.OneOf(1e-3, 1, 50, 1e4, 1e300))
            .Select(drawn => TestData.Matrix(new Random(drawn.Item3), drawn.Item1, drawn.Item2, drawn.Item4));

    [Fact]
    public void Every_row_is_a_distribution() =>
        Scores.Sample(x =>
        {
            Matrix<double> y = Softmax(x);
            Assert.Equal((x.RowCount, x.ColumnCount), (y.RowCount, y.ColumnCount));
            Assert.All(Bits.Of(y), entry => Assert.InRange(entry, 0, 1));
            Assert.All(y.RowSums(), sum => Assert.Equal(1, sum, 1e-12));
        }, iter: 200);

    [Fact]
    public void Adding_a_number_to_a_row_changes_nothing() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[0, 1_000_000], Gen.Double[-100, 100]).Sample((columns, seed, shift) =>
        {
            Matrix<double> x = TestData.Matrix(new Random(seed), 3, columns, 4);
            Close.To(Softmax(x), Softmax(x + shift), 1e-11, "shifted");
        }, iter: 100);

    /// <summary>Down to the smallest number there is, and not a digit less than it can hold.</summary>
    [Fact]
    public void The_smallest_probabilities_keep_their_digits()
    {
        for (double score = -760; score < 0; score += 0.37)
        {
            double expected = Math.Exp(score) / (1 + Math.Exp(score));
            double y = Softmax(Matrix<double>.Build.DenseOfArray(new[,] { { 0, score } }))[0, 1];
            Assert.Equal(expected, y, 1e-15 * expected + double.Epsilon);
        }
    }

    [Fact]
    public void Rows_do_not_touch_each_other() =>
        Scores.Sample(x =>
        {
            Matrix<double> together = Softmax(x);
            for (int i = 0; i < x.RowCount; i++)
                Bits.AreEqual(together.Row(i), Softmax(x.SubMatrix(i, 1, 0, x.ColumnCount)).Row(0));
        }, iter: 100);

    [Fact]
    public void The_larger_score_has_the_larger_probability() =>
        Bits.AreEqual([1, 2, 0, 3], Order(Softmax(Matrix<double>.Build.DenseOfRowArrays([[-1, 5, 2.5, -3]])).Row(0)));

    [Theory]
    [InlineData(1e308, -1e308, 1, 0)]
    [InlineData(double.MaxValue, double.MinValue, 1, 0)]
    [InlineData(double.MinValue, double.MinValue, 0.5, 0.5)]
    [InlineData(double.MaxValue, double.MaxValue, 0.5, 0.5)]
    [InlineData(710, 709, 0.7310585786300049, 0.26894142136999512)]
    [InlineData(-746, -745, 0.26894142136999512, 0.7310585786300049)]
    [InlineData(-0.0, 0.0, 0.5, 0.5)]
    public void Huge_scores_neither_overflow_nor_vanish(double first, double second, double expectedFirst, double expectedSecond)
    {
        Matrix<double> y = Softmax(Matrix<double>.Build.DenseOfRowArrays([[first, second]]));
        Close.To([expectedFirst, expectedSecond], y.Row(0).ToArray(), 1e-14, "softmax");
    }

    [Fact]
    public void One_class_is_certain() =>
        Assert.Equal([1, 1, 1], Bits.Of(Softmax(Matrix<double>.Build.DenseOfColumnArrays([-1e308, 0, 7]))));

    private static IEnumerable<double> Order(Vector<double> values) =>
        values.Select((value, index) => (value, index)).OrderByDescending(pair => pair.value).Select(pair => (double)pair.index);
}
