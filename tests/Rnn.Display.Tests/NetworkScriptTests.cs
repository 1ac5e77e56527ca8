using CsCheck;
using Rnn.Tests;
using static Rnn.Display.Tests.NetworkScript;

namespace Rnn.Display.Tests;

/// <summary>What explorers compute in the page is what the library computes.</summary>
public sealed class NetworkScriptTests
{
    private const string Passes =
        """
        (() => {
          const steps = network.forward(data.weights, data.x, data.hPrev);
          return {
            steps, loss: network.loss(steps, data.yTrue),
            backward: network.backward(data.weights, data.x, data.yTrue, steps, data.exact)
          };
        })()
        """;

    /// <summary>All numbers of MT19937's legacy seeding are 32 bits.</summary>
    public static TheoryData<uint> Seeds => [0, 1, 42, uint.MaxValue];

    public static TheoryData<string> Files => ["seed-42.json", "seed-7-onehot.json"];

    [Fact]
    public void It_stands_in_the_script_of_every_kind_that_computes_with_it()
    {
        Assert.All(
            (string[])["network", "nudge", "training", "through-time"],
            kind => Assert.Contains(Scripts.Text("Parts/network.js"), Scripts.Explorer(kind)));
        Assert.All(
            (string[])["softmax", "text"],
            kind => Assert.Contains(Scripts.Text("Parts/probabilities.js"), Scripts.Explorer(kind)));
    }

    [Theory]
    [InlineData(OutputGradient.AsInSource)]
    [InlineData(OutputGradient.Exact)]
    public void Both_passes_agree_with_the_library_in_any_shape(OutputGradient outputGradient) =>
        Case.Any.Sample(one =>
        {
            PassesAgree(one.Weights, one.First, null, outputGradient);
            PassesAgree(one.Weights, one.First, one.HPrev, outputGradient);
        }, iter: 16);

    /// <summary>One step, one unit of a kind, or one of everything, with each kind of target.</summary>
    [Theory]
    [InlineData(3, 7, 4, 1)]
    [InlineData(3, 1, 4, 6)]
    [InlineData(1, 5, 1, 6)]
    [InlineData(1, 1, 1, 1)]
    public void Both_passes_agree_with_the_library_in_the_smallest_shapes(int input, int hidden, int output, int steps)
    {
        foreach (Labels labels in Enum.GetValues<Labels>())
        {
            Case one = new(8, input, hidden, output, steps, 1, labels);
            foreach (OutputGradient outputGradient in Enum.GetValues<OutputGradient>())
            {
                PassesAgree(one.Weights, one.First, null, outputGradient);
                PassesAgree(one.Weights, one.First, one.HPrev, outputGradient);
            }
        }
    }

    [Fact]
    public void Both_passes_agree_where_some_target_rows_are_empty_and_others_have_several_ones()
    {
        Case one = new(9, 3, 6, 4, 5, 1, Labels.Zero);
        Matrix<double> targets = Matrix<double>.Build.DenseOfArray(
            new double[,] { { 0, 0, 0, 0 }, { 1, 0, 1, 0 }, { 0, 0, 0, 1 }, { 1, 1, 1, 1 }, { 0, 0, 0, 0 } });
        foreach (OutputGradient outputGradient in Enum.GetValues<OutputGradient>())
            PassesAgree(one.Weights, one.First with { Y = targets }, null, outputGradient);
    }

    /// <summary>
    /// The library's own bar, 1e-9, for what NumPy recorded. After training, most hidden units are saturated, and biases of 1743
    /// let the rounding of a score alone move a probability by 2e-13.
    /// </summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void The_recorded_examples_agree_with_NumPy_and_with_the_library(string file)
    {
        JsonElement golden = Recorded.File(file);
        Weights weights = golden.At("initial_weights").Weights();
        Sequence sequence = new(golden.At("X0").Matrix(), golden.At("Y0").Matrix());
        foreach (string from in (string[])["", "_from_h_prev"])
        {
            Vector<double>? hPrev = from.Length == 0 ? null : golden.At("h_prev").Row();
            JsonElement passes = PassesAgree(weights, sequence, hPrev, OutputGradient.AsInSource);
            JsonElement forward = golden.At($"forward0{from}"), backward = golden.At($"backward0{from}");
            Close.To(forward.At("h").Matrix(), Rows(passes.At("steps"), "h"), Close.Pass, "h");
            Close.To(forward.At("y").Matrix(), Rows(passes.At("steps"), "y"), Close.Pass, "y");
            Close.To(backward.Weights(), Weights(passes.At("backward").At("gradients")), Close.Pass, "gradients");
            Close.To(backward.Number("loss"), passes.Number("loss"), Close.Pass, "loss");
        }

        foreach (OutputGradient outputGradient in Enum.GetValues<OutputGradient>())
            PassesAgree(golden.At("final_weights").Weights(), sequence, null, outputGradient, 4 * Bar);
    }

    /// <summary>One nudge up and one down for each weight, all in JavaScript.</summary>
    [Fact]
    public void The_exact_gradients_are_the_slopes_of_its_own_loss() =>
        Case.Small.Sample(one =>
        {
            // Small weights keep probabilities away from the 1e-8 in the loss's logarithm, which is in no formula.
            Weights weights = TestData.Weights(one.Input, one.Hidden, one.Output, 0.5, one.Seed);
            JsonElement both = Evaluate(
                """
                (() => {
                  const { weights, x, yTrue } = data, loss = () => network.loss(network.forward(weights, x), yTrue);
                  const nudged = (row, i) => {
                    const value = row[i], by = 1e-5;
                    row[i] = value + by;
                    const above = loss();
                    row[i] = value - by;
                    const below = loss();
                    row[i] = value;
                    return (above - below) / (2 * by);
                  };
                  const slopes = rows => rows.map(row => row.map((_, i) => nudged(row, i)));
                  const numeric = {
                    Wh: slopes(weights.Wh), Wx: slopes(weights.Wx), Wy: slopes(weights.Wy),
                    bh: slopes([weights.bh])[0], by: slopes([weights.by])[0]
                  };
                  return { numeric, exact: network.backward(weights, x, yTrue, network.forward(weights, x), true).gradients };
                })()
                """,
                new { weights = Explorers.Data(weights), x = one.First.X.ToRowArrays(), yTrue = one.First.Y.ToRowArrays() });
            Close.To(Weights(both.At("numeric")), Weights(both.At("exact")), 1e-6, "exact", 1e-6);
        }, iter: 40);

    /// <summary>Of every part of the way back: where it comes from, and what it adds to the gradients.</summary>
    [Fact]
    public void The_slopes_of_each_step_follow_from_each_other_and_add_up_to_the_librarys_gradients() =>
        Case.Any.Sample(one =>
        {
            foreach (OutputGradient outputGradient in Enum.GetValues<OutputGradient>())
            {
                (Weights weights, Sequence sequence) = (one.Weights, one.First);
                JsonElement slopes = RunPasses(weights, sequence, null, outputGradient).At("backward").At("slopes");
                Matrix<double> Part(string name) => Rows(slopes, name);
                ForwardPass forward = RecurrentNetwork.Forward(sequence.X, weights);
                Weights gradients = RecurrentNetwork.Backward(sequence.X, sequence.Y, forward, weights, outputGradient).Gradients;
                Matrix<double> dhRaw = Part("dhRaw"), fromNext = Part("fromNext");

                // Not even rounding is between these two: a reader adds what is shown.
                Assert.Equal(Part("fromOutput") + fromNext, Part("dh"));
                Close.To(Part("dy") * weights.Wy.Transpose(), Part("fromOutput"), Bar, "fromOutput", Bar);
                Close.To(Part("dh").PointwiseMultiply(1 - forward.H.PointwisePower(2)), dhRaw, Bar, "dhRaw", Bar);
                Assert.All(fromNext.Row(fromNext.RowCount - 1), slope => Assert.Equal(0, slope));
                for (int t = 0; t < fromNext.RowCount - 1; t++)
                    Close.To(dhRaw.Row(t + 1) * weights.Wh.Transpose(), fromNext.Row(t), Bar, $"fromNext[{t}]", Bar);

                Close.To(gradients.Bh, dhRaw.ColumnSums(), Bar, "the sum of dhRaw", Bar);
                Close.To(gradients.By, Part("dy").ColumnSums(), Bar, "the sum of dy", Bar);
                Close.To(gradients.Wx, sequence.X.TransposeThisAndMultiply(dhRaw), Bar, "the sum of x dhRaw", Bar);
            }
        }, iter: 20);

    /// <summary>
    /// What colours the letters that a guess rests on: the gradient of a guess's log-probability with respect to each input row.
    /// </summary>
    [Fact]
    public void From_one_steps_slopes_it_finds_how_each_input_moves_a_guess() =>
        Case.Small.Sample(one =>
        {
            (Matrix<double> x, Weights weights) = (one.First.X, one.Weights);
            int at = one.Seed % x.RowCount, guess = one.Seed % one.Output;
            JsonElement slopes = Evaluate(
                """
                (() => {
                  const { weights, x, at, guess } = data, steps = network.forward(weights, x);
                  const dy = steps.map(({ y }, t) => y.map((p, k) => t === at ? (k === guess ? 1 : 0) - p : 0));
                  return network.throughTime(weights, steps, dy);
                })()
                """,
                new { weights = Explorers.Data(weights), x = x.ToRowArrays(), at, guess });

            double LogProbability(Matrix<double> inputs) => Math.Log(RecurrentNetwork.Forward(inputs, weights).Y[at, guess]);
            double Slope(int t, int i)
            {
                Matrix<double> above = x.Clone(), below = x.Clone();
                above[t, i] += 1e-5;
                below[t, i] -= 1e-5;
                return (LogProbability(above) - LogProbability(below)) / 2e-5;
            }

            Matrix<double> numeric = Matrix<double>.Build.Dense(x.RowCount, x.ColumnCount, Slope);
            Matrix<double> found = Rows(slopes, "dhRaw") * weights.Wx.Transpose();
            Close.To(numeric, found, 1e-6, "d ln y / d x", 1e-6);
            // What comes later has no part in it.
            Assert.All(found.EnumerateRows().Skip(at + 1).SelectMany(row => row), slope => Assert.Equal(0, slope));
        }, iter: 40);

    [Fact]
    public void Softmax_agrees_with_the_library_for_scores_of_any_size() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[0, 1_000_000], Gen.OneOf(Gen.Const(1e-3), Gen.Const(1.0), Gen.Const(50.0),
                Gen.Const(1e4), Gen.Const(1e300)))
            .Sample((classes, seed, scale) =>
            {
                Matrix<double> x = TestData.Matrix(new Random(seed), 3, classes, scale);
                JsonElement y = Evaluate("data.map(row => softmax(row))", x.ToRowArrays());
                Close.To(RecurrentNetwork.Softmax(x), y.Matrix(), Bar, "softmax", Bar);
            }, iter: 100);

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.7)]
    [InlineData(1)]
    [InlineData(1.5)]
    [InlineData(3)]
    public void A_temperature_divides_the_scores_first(double temperature)
    {
        Matrix<double> x = TestData.Matrix(new Random(5), 40, 9, 8);
        JsonElement y = Evaluate(
            "data.x.map(row => softmax(row, data.temperature))", new { x = x.ToRowArrays(), temperature });
        Close.To(RecurrentNetwork.Softmax(x / temperature), y.Matrix(), Bar, $"softmax(x / {temperature})", Bar);
    }

    /// <summary>4000 words of the generator, which makes 624 at a time.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Its_random_numbers_are_NumPys(uint seed)
    {
        NumPyRandom random = new(seed);
        double[] expected = [.. Enumerable.Range(0, 2000).Select(_ => random.NextDouble())];
        Assert.Equal(expected, Evaluate("Array.from({ length: 2000 }, random(data))", seed).Numbers());
    }

    /// <summary>Some distributions fall short of 1, as rounding can make them, by more than rounding can.</summary>
    [Fact]
    public void It_draws_the_same_index_from_the_same_random_number()
    {
        Random shapes = new(6);
        double[][] distributions =
        [
            .. Enumerable.Range(0, 30).Select(i => RecurrentNetwork.Softmax(TestData.Matrix(shapes, 1, 1 + i, 3)).Row(0)
                .Select(p => i % 3 == 0 ? p * 0.8 : p).ToArray()),
            [0, 0.5, 0, 0.5], [0, 0, 1], [1],
        ];
        NumPyRandom dice = new(13);
        int[][] expected =
        [
            .. distributions.Select(p => Enumerable.Range(0, 300)
                .Select(_ => Draw(Vector<double>.Build.Dense(p), dice)).ToArray()),
        ];
        JsonElement drawn = Evaluate(
            """
            (() => {
              const next = random(13);
              return data.map(p => Array.from({ length: 300 }, () => draw(p, next)));
            })()
            """,
            distributions);
        Assert.Equal(expected, drawn.Deserialize<int[][]>()!);
        Assert.All(distributions.Zip(expected), each => Assert.All(each.Second, k => Assert.True(each.First[k] > 0)));
    }

    /// <summary>As lesson 03 invents names, whole names with the library; here letter by letter in JavaScript.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(1.5)]
    public void It_invents_the_names_that_the_library_invents(double temperature)
    {
        const string reads = "^abcdefgh", says = ".abcdefgh";
        const int count = 200, longest = 20;
        const uint seed = 11;
        Weights weights = RecurrentNetwork.InitializeWeights(reads.Length, 12, says.Length, new NumPyRandom(4), scale: 1);
        NumPyRandom dice = new(seed);
        string[] expected = [.. Enumerable.Range(0, count).Select(_ => Invent())];

        JsonElement names = Evaluate(
            """
            (() => {
              const { weights, reads, says, seed, temperature, count, longest } = data, next = random(seed);
              const oneHot = letter => Array.from(reads, read => read === letter ? 1 : 0);
              const invent = () => {
                let name = '', h = weights.bh.map(() => 0), letter = '^';
                while (name.length < longest) {
                  const now = network.step(weights, oneHot(letter), h);
                  letter = says[draw(softmax(now.logits, temperature), next)];
                  if (letter === '.') break;
                  name += letter;
                  h = now.h;
                }
                return name;
              };
              return Array.from({ length: count }, invent);
            })()
            """,
            new { weights = Explorers.Data(weights), reads, says, seed, temperature, count, longest });

        Assert.Equal(expected, names.Deserialize<string[]>()!);
        // Equal because there is little to say would prove little.
        Assert.InRange(expected.Distinct().Count(), 40, count);
        Assert.Contains(expected, name => name.Length < longest);

        string Invent()
        {
            string name = "";
            while (name.Length < longest)
            {
                Matrix<double> x = Matrix<double>.Build.Dense(
                    name.Length + 1, reads.Length, (t, k) => ("^" + name)[t] == reads[k] ? 1 : 0);
                Vector<double> next = RecurrentNetwork.Forward(x, weights).Y.Row(name.Length).PointwisePower(1 / temperature);
                int k = Draw(next / next.Sum(), dice);
                if (says[k] == '.')
                    break;
                name += says[k];
            }

            return name;
        }
    }

    /// <summary>As lesson 03 draws.</summary>
    private static int Draw(Vector<double> probabilities, NumPyRandom dice)
    {
        double left = dice.NextDouble();
        for (int k = 0; k < probabilities.Count; k++)
        {
            if ((left -= probabilities[k]) < 0)
                return k;
        }

        return probabilities.MaximumIndex();
    }

    private static JsonElement RunPasses(
        Weights weights, Sequence sequence, Vector<double>? hPrev, OutputGradient outputGradient) =>
        Evaluate(Passes, new
        {
            weights = Explorers.Data(weights),
            x = sequence.X.ToRowArrays(),
            yTrue = sequence.Y.ToRowArrays(),
            hPrev = hPrev?.ToArray(),
            exact = outputGradient == OutputGradient.Exact,
        });

    private static JsonElement PassesAgree(
        Weights weights, Sequence sequence, Vector<double>? hPrev, OutputGradient outputGradient, double bar = Bar)
    {
        ForwardPass forward = RecurrentNetwork.Forward(sequence.X, weights, hPrev);
        BackwardPass backward = RecurrentNetwork.Backward(sequence.X, sequence.Y, forward, weights, outputGradient);

        JsonElement passes = RunPasses(weights, sequence, hPrev, outputGradient);
        JsonElement steps = passes.At("steps"), back = passes.At("backward");

        Close.To(forward.H, Rows(steps, "h"), bar, "h", bar);
        Close.To(forward.Y, Rows(steps, "y"), bar, "y", bar);
        Close.To(forward.H, Rows(steps, "z").PointwiseTanh(), bar, "tanh(z)", bar);
        Close.To(forward.Y, RecurrentNetwork.Softmax(Rows(steps, "logits")), bar, "softmax(logits)", bar);
        Close.To(backward.Gradients, Weights(back.At("gradients")), bar, "gradients", bar);
        Close.To(backward.Loss, passes.Number("loss"), bar, "loss", bar);
        Assert.Equal(passes.Number("loss"), back.Number("loss"));
        return passes;
    }
}
