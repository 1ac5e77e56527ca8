using Rnn.Internals;
using static Rnn.RecurrentNetwork;

namespace Rnn.Tests;

/// <summary>What is looked for is found wherever it is: in the first entry and the last, in every vector and matrix.</summary>
public sealed class EveryEntryTests
{
    private const int Input = 9, Hidden = 19, Output = 17, Steps = 3;

    public static TheoryData<double> NotFinite => [double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    [Theory]
    [MemberData(nameof(NotFinite))]
    public void A_number_that_is_not_finite_is_seen_in_every_entry_of_a_block(double bad)
    {
        for (int columns = 1; columns <= 34; columns++)
        {
            foreach (PaddedMatrix block in new[] { PaddedMatrix.Allocate(3, columns), PaddedMatrix.AllocateStrips(3, columns) })
            {
                Assert.True(Kernels.AllFinite(block));
                for (int i = 0; i < 3 * columns; i++)
                {
                    ref double entry = ref Entry(block, i);
                    entry = bad;
                    Assert.False(Kernels.AllFinite(block), $"{columns} columns, entry {i}");
                    entry = 0;
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(NotFinite))]
    public void A_weight_that_overflows_is_seen_in_every_entry_of_every_matrix(double bad)
    {
        Parameters weights = new(Input, Hidden, Output), gradients = new(Input, Hidden, Output);
        foreach (PaddedMatrix block in Blocks(gradients))
        {
            for (int i = 0; i < block.Rows * block.Columns; i++)
            {
                Entry(block, i) = bad;
                Assert.False(gradients.AllFinite());
                Assert.False(weights.Descend(gradients, 0.1, 0, Hidden));
                Entry(block, i) = 0;
                foreach (PaddedMatrix weight in Blocks(weights))
                    weight.AllVectors.Clear();
            }
        }

        Assert.True(gradients.AllFinite() && weights.Descend(gradients, 0.1, 0, Hidden));
    }

    /// <summary>Where squares vanish or overflow, the norm is measured in units of the largest entry, wherever it is.</summary>
    [Theory]
    [InlineData(1e-310)]
    [InlineData(1e-200)]
    [InlineData(1e-146)]
    [InlineData(1e-144)]
    [InlineData(1)]
    [InlineData(1e144)]
    [InlineData(1e146)]
    [InlineData(1e200)]
    [InlineData(1e307)]
    public void Gradients_of_any_magnitude_are_clipped_whatever_matrix_has_the_largest(double magnitude)
    {
        for (int k = 0; k < 5; k++)
        {
            Random random = new(k);
            Parameters gradients = new(2, 9, 3);
            PaddedMatrix[] blocks = Blocks(gradients);
            for (int b = 0; b < blocks.Length; b++)
            {
                for (int i = 0; i < blocks[b].Rows * blocks[b].Columns; i++)
                    Entry(blocks[b], i) = (random.NextDouble() - 0.5) * magnitude * (b == k ? 1 : 1e-3);
            }

            double[] before = All(blocks);
            double norm = Math.Sqrt(before.Sum(entry => entry / magnitude * (entry / magnitude)));
            double clipNorm = magnitude * norm / 4;
            gradients.Clip(clipNorm);
            double[] after = All(blocks);
            for (int i = 0; i < after.Length; i++)
                Assert.Equal(before[i] / 4, after[i], 1e-12 * Math.Abs(before[i]) + (magnitude < 1e-300 ? 1e-322 : 0));
            gradients.Clip(clipNorm * 1.0001);
            Assert.Equal(after, All(blocks));
        }
    }

    [Theory]
    [MemberData(nameof(NotFinite))]
    public void Bad_entries_are_refused_wherever_they_are(double bad)
    {
        Weights weights = TestData.Weights(Input, Hidden, Output);
        Random random = new(1);
        Matrix<double> x = TestData.Matrix(random, Steps, Input), y = TestData.ZeroOrOne(random, Steps, Output);
        ForwardPass forward = Forward(x, weights);
        Each(x, "x", () => Softmax(x));
        Each(x, "x", () => Forward(x, weights));
        Each(x, "x", () => Backward(x, y, forward, weights));
        Each(x, "sequences", () => Train([new(x, y)], new TrainingOptions { InitialWeights = weights, Epochs = 0 }));
        Each(y, "yTrue", () => Backward(x, y, forward, weights));
        Each(y, "sequences", () => Train([new(x, y)], new TrainingOptions { InitialWeights = weights, Epochs = 0 }));
        Each(forward.H, "forward", () => Backward(x, y, forward, weights));
        Each(forward.Y, "forward", () => Backward(x, y, forward, weights));
        foreach (Matrix<double> matrix in new[] { weights.Wh, weights.Wx, weights.Wy })
        {
            Each(matrix, "weights", () => Forward(x, weights));
            Each(matrix, "weights", () => Backward(x, y, forward, weights));
            Each(matrix, "options", () => Train([new(x, y)], new TrainingOptions { InitialWeights = weights, Epochs = 0 }));
        }

        foreach (Vector<double> vector in new[] { weights.Bh, weights.By })
        {
            for (int i = 0; i < vector.Count; i++)
            {
                double good = vector[i];
                vector[i] = bad;
                Assert.Equal("weights", Assert.Throws<ArgumentException>(() => Forward(x, weights)).ParamName);
                vector[i] = good;
            }
        }

        void Each(Matrix<double> matrix, string name, Func<object> call)
        {
            for (int i = 0; i < matrix.RowCount * matrix.ColumnCount; i++)
            {
                (int row, int column) = (i % matrix.RowCount, i / matrix.RowCount);
                double good = matrix[row, column];
                matrix[row, column] = bad;
                ArgumentException refusal = Assert.Throws<ArgumentException>(call);
                Assert.Equal(name, refusal.ParamName);
                Assert.Contains($"[{row}, {column}] is {bad}.", refusal.Message, StringComparison.Ordinal);
                matrix[row, column] = good;
            }
        }
    }

    [Fact]
    public void Negative_targets_and_probabilities_are_refused_wherever_they_are()
    {
        Weights weights = TestData.Weights(Input, Hidden, Output);
        Random random = new(1);
        Matrix<double> x = TestData.Matrix(random, Steps, Input), y = TestData.ZeroOrOne(random, Steps, Output);
        ForwardPass forward = Forward(x, weights);
        foreach ((Matrix<double> matrix, string name) in new[] { (y, "yTrue"), (forward.Y, "forward") })
        {
            for (int i = 0; i < Steps * Output; i++)
            {
                double good = matrix[i % Steps, i / Steps];
                matrix[i % Steps, i / Steps] = -double.Epsilon;
                Assert.Equal(name, Assert.Throws<ArgumentException>(() => Backward(x, y, forward, weights)).ParamName);
                if (name == "yTrue")
                    Assert.Equal("sequences", Assert.Throws<ArgumentException>(
                        () => Train([new(x, y)], new TrainingOptions { InitialWeights = weights, Epochs = 0 })).ParamName);
                matrix[i % Steps, i / Steps] = good;
            }
        }
    }

    /// <summary>The entries one by one, row after row.</summary>
    private static ref double Entry(PaddedMatrix block, int i) =>
        ref block.Entries[block.IndexOf(i / block.Columns, i % block.Columns)];

    private static PaddedMatrix[] Blocks(Parameters all) => [all.Wh, all.Wx, all.WyTransposed, all.Bh, all.By];

    private static double[] All(PaddedMatrix[] blocks) => [.. blocks.SelectMany(block => Bits.Of(block.ToMatrix()))];
}
