using System.Reflection;
using System.Runtime.CompilerServices;
using Rnn.Internals;

namespace Rnn.Tests;

/// <summary>
/// The kernels check no bounds. Here every block lies in a larger one: rows above and below it, and columns to the right of its
/// rows, hold canaries. A kernel that reads one gives NaN; one that writes one is seen.
/// </summary>
public sealed class CanaryTests(ITestOutputHelper log)
{
    private const int Lanes = PaddedMatrix.Lanes;
    private const int Rows = 3;
    private const double Canary = double.NaN;

    /// <summary>All shapes of 1 to 40 rows, inner entries and columns; small whole numbers, whose sums are exact.</summary>
    [Fact]
    public void The_product_stays_within_its_blocks_for_every_shape_up_to_40()
    {
        Random random = new(1);
        int products = 0;
        for (int rows = 1; rows <= 40; rows++)
        {
            for (int inner = 1; inner <= 40; inner++)
            {
                for (int columns = 1; columns <= 40; columns++, products++)
                    Product(random, rows, inner, columns, products);
            }
        }

        log.WriteLine($"{products} products");
    }

    [Fact]
    public void The_product_stays_within_its_blocks_for_larger_shapes()
    {
        Random random = new(2);
        for (int i = 0; i < 60; i++)
            Product(random, random.Next(1, 300), random.Next(1, 300), random.Next(1, 300), i);
    }

    /// <summary>
    /// Each hidden width with each length up to 40, wider ones and larger ones: forward, backward, clipped and descended with
    /// canaries gives the bits that it gives without, on one thread and, now and then, on two.
    /// </summary>
    [Fact]
    public void Training_stays_within_its_blocks()
    {
        Random random = new(3);
        int networks = 0;
        for (int hidden = 1; hidden <= 40; hidden++)
        {
            for (int steps = 1; steps <= 40; steps++, networks++)
                Network(random, hidden, steps, 1 + random.Next(40), 1 + random.Next(40));
        }

        for (int hidden = 41; hidden <= 140; hidden++, networks++)
            Network(random, hidden, 1 + hidden % 7, 1 + random.Next(20), 1 + random.Next(20));
        for (int i = 0; i < 20; i++, networks++)
            Network(random, random.Next(41, 200), random.Next(41, 200), random.Next(41, 200), random.Next(41, 200));
        log.WriteLine($"{networks} networks");
    }

    private static void Product(Random random, int rows, int inner, int columns, int kind)
    {
        bool isTransposed = kind % 2 == 1;
        Caged a = isTransposed ? new(random, inner, rows) : new(random, rows, inner);
        Caged b = new(random, inner, columns), start = new(random, 1, columns), c = new(random, rows, columns);
        double[] expected = new double[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            Span<double> row = expected.AsSpan(i * columns, columns);
            start.Block.Row(0).CopyTo(row);
            for (int k = 0; k < inner; k++)
            {
                double entry = isTransposed ? a.Block.Row(k)[i] : a.Block.Row(i)[k];
                Span<double> other = b.Block.Row(k);
                for (int j = 0; j < other.Length; j++)
                    row[j] += entry * other[j];
            }
        }

        Kernels.MatMul(isTransposed ? a.Block.Transpose : a.Block, b.Block, start.Block, c.Block);
        for (int i = 0; i < rows; i++)
        {
            if (!c.Block.Row(i).SequenceEqual(expected.AsSpan(i * columns, columns)))
                Assert.Fail($"kind {kind}, ({rows}, {inner}) x ({inner}, {columns}): row {i} is wrong");
        }

        Assert.True(
            a.IsWhole && b.IsWhole && c.IsWhole && start.IsWhole, $"kind {kind}, ({rows}, {inner}) x ({inner}, {columns})");
    }

    private static void Network(Random random, int hidden, int steps, int input, int output)
    {
        Weights weights = TestData.Weights(input, hidden, output, 0.5, random.Next());
        Matrix<double> x = TestData.Matrix(random, steps, input), y = TestData.ZeroOrOne(random, steps, output);
        (double[] free, _) = Train(weights, x, y, isCaged: false, 1);
        (double[] caged, List<Caged> cages) = Train(weights, x, y, isCaged: true, random.Next(8) == 0 ? 2 : 1);
        Assert.Equal(free, caged);
        Assert.True(cages.TrueForAll(cage => cage.IsWhole), $"{input} -> {hidden} -> {output}, T = {steps}");
    }

    private static (double[] Bits, List<Caged> Cages) Train(
        Weights from, Matrix<double> x, Matrix<double> y, bool isCaged, int members)
    {
        List<Caged> cages = [];
        Parameters weights = Parameters.CopyOf(from), gradients = new(from.InputDim, from.HiddenDim, from.OutputDim);
        Cage(weights);
        Cage(gradients);
        // One step longer than the sequence, as with sequences of several lengths.
        Unrolled network = new(weights, x.RowCount + 1);
        Cage(network);
        List<double> bits = [];
        using Team team = new(members, isFlexible: false, Pass);
        for (int i = 0; i < 2; i++)
        {
            network.SetInputs(x);
            network.SetTargets(y);
            team.Run();
            bits.Add(network.Loss);
            gradients.Clip(0.5);
            bits.Add(weights.Descend(gradients, 0.1, 0, from.HiddenDim) && gradients.AllFinite() ? 1 : 0);
        }

        bits.AddRange(Bits.Of(weights.ToWeights()));
        bits.AddRange(Bits.Of(network.H.ToMatrix()).Concat(Bits.Of(network.Y.ToMatrix())));
        return ([.. bits], cages);

        bool Pass(Team all, int member)
        {
            network.TransposeWeights(all, member);
            return network.Forward(all, member) && network.Backward(all, member, OutputGradient.Exact, gradients);
        }

        // Puts every block of an object into a cage, but for views of another's.
        void Cage(object owner)
        {
            if (!isCaged)
                return;
            foreach (FieldInfo field in owner.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic))
            {
                // What lies by columns is the transpose of what lies by rows.
                if (field.GetValue(owner) is PaddedMatrix { RowStep: 1 } columns)
                    field.SetValue(owner, Put(columns.Transpose).Transpose);
                else if (field.GetValue(owner) is PaddedMatrix block)
                    field.SetValue(owner, Put(block));
                else if (field.GetValue(owner) is PaddedMatrix[] blocks)
                    Array.ConvertAll(blocks, Put).CopyTo(blocks, 0);
            }
        }

        PaddedMatrix Put(PaddedMatrix block)
        {
            Caged cage = new(block);
            cages.Add(cage);
            return cage.Block;
        }
    }

    /// <summary>A block in the middle of a larger one.</summary>
    private sealed class Caged
    {
        private readonly double[] values;
        private readonly int start, end;

        /// <summary>Of small whole numbers, with canaries to the right of its rows, too.</summary>
        public Caged(Random random, int rows, int columns)
        {
            int padded = (columns + Lanes - 1) / Lanes * Lanes, step = padded + Lanes;
            values = new double[(rows + 2 * Rows) * step];
            values.AsSpan().Fill(Canary);
            (start, end) = (Rows * step, (Rows + rows) * step);
            Block = Make(values, start, rows, columns, step, 1);
            for (int i = 0; i < rows; i++)
            {
                Block.RowVectors(i).Clear();
                foreach (ref double entry in Block.Row(i))
                    entry = random.Next(-3, 4);
            }
        }

        /// <summary>
        /// With what another holds; its rows end where those do, as the kernels also go over all rows at once, and are made up to
        /// eights as those are.
        /// </summary>
        public Caged(PaddedMatrix block)
        {
            int step = block.RowStep, rows = (block.Rows + Lanes - 1) / Lanes * Lanes;
            values = new double[(rows + 2 * Rows) * step];
            values.AsSpan().Fill(Canary);
            (start, end) = (Rows * step, (Rows + rows) * step);
            values.AsSpan(start..end).Clear();
            Block = Make(values, start, block.Rows, block.Columns, step, 1);
            Block.Set(block.ToMatrix());
        }

        public PaddedMatrix Block { get; }

        /// <summary>Whether every canary is as it was, and the padding zero.</summary>
        public bool IsWhole
        {
            get
            {
                bool isWhole = AreCanaries(values.AsSpan(..start)) && AreCanaries(values.AsSpan(end..))
                    && !values.AsSpan((start + Block.Rows * Block.RowStep)..end).ContainsAnyExcept(0.0);
                for (int i = 0; i < Block.Rows; i++)
                {
                    Span<double> rest = values.AsSpan(start + i * Block.RowStep, Block.RowStep)[Block.Columns..];
                    int padding = Block.Vectors * Lanes - Block.Columns;
                    isWhole &= !rest[..padding].ContainsAnyExcept(0.0)
                        && (AreCanaries(rest[padding..]) || !rest[padding..].ContainsAnyExcept(0.0));
                }

                return isWhole;
            }
        }

        private static bool AreCanaries(ReadOnlySpan<double> part)
        {
            foreach (long bits in System.Runtime.InteropServices.MemoryMarshal.Cast<double, long>(part))
            {
                if (bits != BitConverter.DoubleToInt64Bits(Canary))
                    return false;
            }

            return true;
        }

        [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
        private static extern PaddedMatrix Make(double[] values, int start, int rows, int columns, int rowStep, int columnStep);
    }
}
