using System.Reflection;
using System.Runtime.CompilerServices;
using Rnn.Internals;

namespace Rnn.Tests;

/// <summary>
/// The kernels check no bounds. Here every block lies in a larger one: rows above and below it, columns to the right of its rows
/// and a row beneath each of its strips hold canaries. A kernel that reads one gives NaN; one that writes one is seen.
/// </summary>
public sealed class CanaryTests(ITestOutputHelper log)
{
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
        Caged a = isTransposed ? new(random, inner, rows, inStrips: false) : new(random, rows, inner, inStrips: false);
        Caged b = new(random, inner, columns, inStrips: random.Next(2) == 0);
        Caged start = new(random, 1, columns, inStrips: false), c = new(random, rows, columns, inStrips: random.Next(2) == 0);
        Kernels.MatMul(isTransposed ? a.Block.Transpose : a.Block, b.Block, start.Block, c.Block);
        double[] expected = new double[columns];
        for (int i = 0; i < rows; i++)
        {
            start.Numbers.CopyTo(expected, 0);
            for (int k = 0; k < inner; k++)
            {
                double entry = isTransposed ? a.Numbers[k * rows + i] : a.Numbers[i * inner + k];
                ReadOnlySpan<double> other = b.Numbers.AsSpan(k * columns, columns);
                for (int j = 0; j < other.Length; j++)
                    expected[j] += entry * other[j];
            }

            for (int j = 0; j < columns; j++)
            {
                if (c.Block.Entries[c.Block.IndexOf(i, j)] != expected[j])
                    Assert.Fail($"kind {kind}, ({rows}, {inner}) x ({inner}, {columns}): entry ({i}, {j}) is wrong");
            }
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
        private readonly double[] values, before;
        private readonly bool[] isEntry;

        /// <summary>Of small whole numbers, with canaries to the right of its rows, or beneath its strips, too.</summary>
        public Caged(Random random, int rows, int columns, bool inStrips)
            : this(rows, columns, inStrips ? Strip : Padded(columns) + PaddedMatrix.Lanes, inStrips ? (rows + 1) * Strip : Strip)
        {
            Numbers = new double[rows * columns];
            foreach (ref double number in Numbers.AsSpan())
                number = random.Next(-3, 4);
            for (int i = 0; i < rows; i++)
            {
                // The padding is zero.
                for (int j = 0; j < Padded(columns); j++)
                    Block.Entries[Block.IndexOf(i, j)] = j < columns ? Numbers[i * columns + j] : 0;
            }

            before = [.. values];
        }

        /// <summary>
        /// With what another holds; its rows or strips end where those do, as the kernels also go over all at once, and its rows
        /// are made up to eights as those are.
        /// </summary>
        public Caged(PaddedMatrix block) : this(block.Rows, block.Columns, block.RowStep, block.StripStep)
        {
            Block.Entries[..^(Rows * Block.RowStep)].Clear();
            Block.Set(block.ToMatrix());
            before = [.. values];
        }

        private Caged(int rows, int columns, int rowStep, int stripStep)
        {
            int eights = (rows + PaddedMatrix.Lanes - 1) / PaddedMatrix.Lanes * PaddedMatrix.Lanes;
            int length = stripStep > Strip ? Padded(columns) / Strip * stripStep : eights * rowStep;
            values = new double[length + 2 * Rows * rowStep];
            values.AsSpan().Fill(Canary);
            Block = Make(values, Rows * rowStep, rows, columns, rowStep, 1, stripStep);
            isEntry = new bool[values.Length];
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < columns; j++)
                    isEntry[Rows * rowStep + Block.IndexOf(i, j)] = true;
            }

            before = values;
            Numbers = [];
        }

        public PaddedMatrix Block { get; }

        /// <summary>What it was given, row after row.</summary>
        public double[] Numbers { get; }

        /// <summary>Whether every canary is as it was, and the padding zero.</summary>
        public bool IsWhole
        {
            get
            {
                for (int k = 0; k < values.Length; k++)
                {
                    if (!isEntry[k] && BitConverter.DoubleToInt64Bits(values[k]) != BitConverter.DoubleToInt64Bits(before[k]))
                        return false;
                }

                return true;
            }
        }

        private static int Strip => PaddedMatrix.Strip;

        private static int Padded(int columns) => (columns + Strip - 1) / Strip * Strip;

        [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
        private static extern PaddedMatrix Make(
            double[] values, int start, int rows, int columns, int rowStep, int columnStep, int stripStep);
    }
}
