using static Rnn.RecurrentNetwork;

namespace Rnn.Tests;

/// <summary>
/// No caller's matrix is changed, no result shares storage with an input, and any kind of matrix is good as input.
/// </summary>
public sealed class StorageTests
{
    /// <summary>Kinds of storage that a caller's matrix may have; each gives the same numbers.</summary>
    private static readonly Dictionary<string, Func<Matrix<double>, Matrix<double>>> Kinds = new()
    {
        ["dense"] = matrix => matrix.Clone(),
        ["sparse"] = matrix => Matrix<double>.Build.SparseOfMatrix(matrix),
        ["submatrix"] = matrix => matrix
            .InsertColumn(0, Vector<double>.Build.Dense(matrix.RowCount, 9))
            .InsertRow(0, Vector<double>.Build.Dense(matrix.ColumnCount + 1, 9))
            .SubMatrix(1, matrix.RowCount, 1, matrix.ColumnCount),
        ["transposed"] = matrix => matrix.Transpose().Transpose(),
        ["over an array"] = matrix =>
            Matrix<double>.Build.Dense(matrix.RowCount, matrix.ColumnCount, matrix.ToColumnMajorArray()),
        ["sparse transposed"] = matrix => Matrix<double>.Build.SparseOfMatrix(matrix.Transpose()).Transpose(),
    };

    public static TheoryData<string> KindNames => [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(KindNames))]
    public void Every_kind_of_matrix_gives_the_same_bits_and_is_left_as_it_was(string kind)
    {
        Func<Matrix<double>, Matrix<double>> convert = Kinds[kind];
        Vector<double> ConvertVector(Vector<double> vector) =>
            kind.StartsWith("sparse", StringComparison.Ordinal) ? Vector<double>.Build.SparseOfVector(vector) : vector.Clone();
        List<Sequence> dense = TestData.Sequences(3, 3, 2, 6);
        Weights denseWeights = TestData.Weights();
        Vector<double> hPrev = TestData.Vector(new Random(4), 4);
        List<Sequence> sequences = [.. dense.Select(sequence => new Sequence(convert(sequence.X), convert(sequence.Y)))];
        Weights weights = new(convert(denseWeights.Wh), convert(denseWeights.Wx), convert(denseWeights.Wy),
            ConvertVector(denseWeights.Bh), ConvertVector(denseWeights.By));
        Vector<double> convertedHPrev = ConvertVector(hPrev);

        ForwardPass expectedForward = Forward(dense[0].X, denseWeights, hPrev);
        ForwardPass forward = Forward(sequences[0].X, weights, convertedHPrev);
        ForwardPass converted = new(convert(forward.H), convert(forward.Y));
        double[] convertedBefore = [.. Bits.Of(converted)];
        BackwardPass backward = Backward(sequences[0].X, sequences[0].Y, converted, weights, OutputGradient.Exact);
        TrainingOptions options = new() { InitialWeights = weights, Epochs = 4, ClipNorm = 1, LearningRate = 0.5 };
        TrainingResult result = Train(sequences, options);

        Bits.AreEqual(Softmax(dense[0].X), Softmax(sequences[0].X));
        Bits.AreEqual(expectedForward, forward);
        Bits.AreEqual(Backward(dense[0].X, dense[0].Y, expectedForward, denseWeights, OutputGradient.Exact), backward);
        Bits.AreEqual(Train(dense, options with { InitialWeights = denseWeights }), result);

        // Drawn again: what the inputs were before.
        Bits.AreEqual(TestData.Weights(), denseWeights);
        Bits.AreEqual(TestData.Weights(), weights);
        Bits.AreEqual(hPrev, convertedHPrev);
        Bits.AreEqual(convertedBefore, Bits.Of(converted));
        Bits.AreEqual(TestData.Sequences(3, 3, 2, 6), dense);
        Bits.AreEqual(TestData.Sequences(3, 3, 2, 6), sequences);
    }

    [Fact]
    public void Softmax_shares_nothing()
    {
        Matrix<double> x = TestData.Matrix(new Random(1), 3, 4);
        Shares_nothing(() => [x], [Softmax(x)], []);
        Matrix<double> single = Matrix<double>.Build.Dense(1, 1, 1);
        Shares_nothing(() => [single], [Softmax(single)], []);
    }

    [Fact]
    public void Forward_shares_nothing()
    {
        Weights weights = TestData.Weights();
        Matrix<double> x = TestData.Matrix(new Random(1), 1, 3);
        Vector<double> hPrev = TestData.Vector(new Random(2), 4);
        ForwardPass forward = Forward(x, weights, hPrev);
        Shares_nothing(() => [x, weights.Wh, weights.Wx, weights.Wy, weights.Bh.ToColumnMatrix(), weights.By.ToColumnMatrix(),
            hPrev.ToColumnMatrix()],
            [forward.H, forward.Y], []);
        Vector_shares_nothing(hPrev, () => Bits.Of(forward));
    }

    [Fact]
    public void Backward_shares_nothing()
    {
        Weights weights = TestData.Weights();
        Sequence sequence = TestData.Sequences()[0];
        ForwardPass forward = Forward(sequence.X, weights);
        Weights gradients = Backward(sequence.X, sequence.Y, forward, weights).Gradients;
        Shares_nothing(() => [sequence.X, sequence.Y, forward.H, forward.Y, weights.Wh, weights.Wx, weights.Wy,
            weights.Bh.ToColumnMatrix(), weights.By.ToColumnMatrix()],
            [gradients.Wh, gradients.Wx, gradients.Wy], [gradients.Bh, gradients.By]);
        Vector_shares_nothing(weights.Bh, () => Bits.Of(gradients));
        Vector_shares_nothing(weights.By, () => Bits.Of(gradients));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Train_shares_nothing(int epochs)
    {
        Weights initial = TestData.Weights();
        List<Sequence> sequences = TestData.Sequences(2);
        Weights trained = Train(sequences, new TrainingOptions { InitialWeights = initial, Epochs = epochs }).Weights;
        Shares_nothing(() => [sequences[0].X, sequences[0].Y, sequences[1].X, sequences[1].Y, initial.Wh, initial.Wx, initial.Wy,
            initial.Bh.ToColumnMatrix(), initial.By.ToColumnMatrix()],
            [trained.Wh, trained.Wx, trained.Wy], [trained.Bh, trained.By]);
        Vector_shares_nothing(initial.Bh, () => Bits.Of(trained));
        Vector_shares_nothing(initial.By, () => Bits.Of(trained));
    }

    [Fact]
    public void Results_of_two_calls_share_nothing()
    {
        Weights weights = TestData.Weights();
        List<Sequence> sequences = TestData.Sequences(2);
        ForwardPass forward = Forward(sequences[0].X, weights);
        TrainingOptions options = new() { InitialWeights = weights, Epochs = 2 };
        BackwardPass backward = Backward(sequences[0].X, sequences[0].Y, forward, weights);
        TrainingResult result = Train(sequences, options);
        double[] before = [.. Bits.Of(forward), .. Bits.Of(backward), .. Bits.Of(result)];

        ForwardPass again = Forward(sequences[0].X, weights);
        Weights gradientsAgain = Backward(sequences[0].X, sequences[0].Y, again, weights).Gradients;
        Weights trainedAgain = Train(sequences, options).Weights;
        Matrix<double>[] secondResults =
        [
            again.H, again.Y, gradientsAgain.Wh, gradientsAgain.Wx, gradientsAgain.Wy,
            trainedAgain.Wh, trainedAgain.Wx, trainedAgain.Wy,
        ];
        foreach (Matrix<double> matrix in secondResults)
            matrix.Clear();

        Bits.AreEqual(before, [.. Bits.Of(forward), .. Bits.Of(backward), .. Bits.Of(result)]);
    }

    [Fact]
    public void Initialized_weights_do_not_share_their_biases()
    {
        Weights weights = InitializeWeights(2, 2, 2, new NumPyRandom(1));
        weights.Bh[0] = 5;
        Assert.Equal(0, weights.By[0]);
        Assert.Equal(0, InitializeWeights(2, 2, 2, new NumPyRandom(1)).Bh[0]);
    }

    [Fact]
    public void Weights_hold_the_matrices_that_they_are_given()
    {
        Weights drawn = TestData.Weights();
        Weights weights = new(drawn.Wh, drawn.Wx, drawn.Wy, drawn.Bh, drawn.By);
        Assert.Same(drawn.Wh, weights.Wh);
        Assert.Same(drawn.Wx, weights.Wx);
        Assert.Same(drawn.Wy, weights.Wy);
        Assert.Same(drawn.Bh, weights.Bh);
        Assert.Same(drawn.By, weights.By);
        Assert.Same(weights.Wh, weights.Wh);
    }

    /// <summary>Overwrites each result, then each input, and looks at the other side.</summary>
    private static void Shares_nothing(Func<Matrix<double>[]> inputs, Matrix<double>[] results, Vector<double>[] vectors)
    {
        double[] InputBits() => [.. inputs().SelectMany(Bits.Of)];
        double[] ResultBits() => [.. results.SelectMany(Bits.Of), .. vectors.SelectMany(vector => vector.ToArray())];

        double[] inputsBefore = InputBits();
        foreach (Matrix<double> result in results)
            result.MapInplace(entry => entry + 17, Zeros.Include);
        foreach (Vector<double> result in vectors)
            result.MapInplace(entry => entry + 17, Zeros.Include);
        Bits.AreEqual(inputsBefore, InputBits());

        double[] resultsBefore = ResultBits();
        foreach (Matrix<double> input in inputs())
            input.MapInplace(entry => entry + 23, Zeros.Include);
        Bits.AreEqual(resultsBefore, ResultBits());
    }

    private static void Vector_shares_nothing(Vector<double> input, Func<IEnumerable<double>> results)
    {
        double[] before = [.. results()];
        input.MapInplace(entry => entry + 29, Zeros.Include);
        Bits.AreEqual(before, results());
    }
}
