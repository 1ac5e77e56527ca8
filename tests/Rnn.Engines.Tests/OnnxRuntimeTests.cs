using static Rnn.RecurrentNetwork;

namespace Rnn.Engines.Tests;

/// <summary>The three forms of an ONNX file in ONNX Runtime, on its CPU.</summary>
public sealed class OnnxRuntimeTests(ITestOutputHelper log)
{
    public static TheoryData<OnnxForm> Forms => [OnnxForm.Sequence, OnnxForm.Step, OnnxForm.RnnOperator];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Forward_agrees_for_sequences_of_1_to_100_steps(OnnxForm form)
    {
        Largest forward = new(Allowed(form));
        for (int steps = 1; steps <= 100; steps++)
        {
            Sample sample = Sample.Draw(steps, steps, 101 - steps);
            using OnnxNetwork network = new(sample.Weights, form);
            // Two lengths, one after another: the file is for any.
            foreach (Sequence sequence in sample.Sequences)
                forward.Compare(Forward(sequence.X, sample.Weights), network.Forward(sequence.X), $"{sample.Name}, {form}");
        }

        log.WriteLine($"ONNX Runtime {OrtEnv.Instance().GetVersionString()}, {form}: {forward}");
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_optimisation_level_loads_it_and_says_the_same(OnnxForm form)
    {
        Largest forward = new(Allowed(form)), beside = new(Allowed(form));
        for (int seed = 200; seed < 210; seed++)
        {
            Sample sample = Sample.Draw(seed, 30);
            ForwardPass expected = Forward(sample.Sequences[0].X, sample.Weights);
            ForwardPass? first = null;
            foreach (GraphOptimizationLevel level in (GraphOptimizationLevel[])
                [
                    GraphOptimizationLevel.ORT_DISABLE_ALL, GraphOptimizationLevel.ORT_ENABLE_BASIC,
                    GraphOptimizationLevel.ORT_ENABLE_EXTENDED, GraphOptimizationLevel.ORT_ENABLE_ALL,
                ])
            {
                using OnnxNetwork network = new(sample.Weights, form, level);
                ForwardPass actual = network.Forward(sample.Sequences[0].X);
                forward.Compare(expected, actual, $"{sample.Name}, {form}, {level}");
                beside.Compare(first ??= actual, actual, $"{sample.Name}, {form}, {level} beside none");
            }
        }

        log.WriteLine($"ONNX Runtime, {form}, at four levels of optimisation: {forward}; beside none: {beside}");
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Names_shapes_and_types_are_as_promised(OnnxForm form)
    {
        Weights weights = TestData.Weights(input: 3, hidden: 4, output: 2);
        using OnnxNetwork network = new(weights, form);

        // -1 stands for a length that the file leaves open, T.
        (string, int[])[] inputs = form is OnnxForm.Step ? [("h", [1, 4]), ("x", [1, 3])] : [("x", [-1, 3])];
        (string, int[])[] outputs =
            form is OnnxForm.Step ? [("h_next", [1, 4]), ("y", [1, 2])] : [("h", [-1, 4]), ("y", [-1, 2])];
        Type type = form is OnnxForm.RnnOperator ? typeof(float) : typeof(double);
        Assert.Equal(inputs, Described(network.Session.InputMetadata));
        Assert.Equal(outputs, Described(network.Session.OutputMetadata));
        Assert.All(
            network.Session.InputMetadata.Values.Concat(network.Session.OutputMetadata.Values),
            value => Assert.Equal(type, value.ElementType));

        static IEnumerable<(string, int[])> Described(IReadOnlyDictionary<string, NodeMetadata> values) =>
            values.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => (value.Key, value.Value.Dimensions));
    }

    [Fact]
    public void Names_that_are_sampled_step_by_step_have_the_same_letters()
    {
        string[] names =
        [
            .. from line in File.ReadLines(Repo.Path("notebooks", "data", "elements.csv")).Skip(1)
               select line.Split(',')[2].ToLowerInvariant(),
        ];
        string letters = string.Concat(names.SelectMany(name => name).Distinct().Order());
        string reads = "^" + letters, says = "." + letters;
        for (uint seed = 1; seed <= 3; seed++)
        {
            // As lesson 03 trains it.
            Weights weights = Train(
                [.. names.Select(name => new Sequence(OneHot("^" + name, reads), OneHot(name + ".", says)))],
                new TrainingOptions
                {
                    InitialWeights = InitializeWeights(reads.Length, 32, says.Length, new NumPyRandom(seed), scale: 0.1),
                    Epochs = 12,
                    LearningRate = 0.02,
                    ClipNorm = 5,
                },
                cancellationToken: TestContext.Current.CancellationToken).Weights;
            using OnnxNetwork network = new(weights, OnnxForm.Step);
            NumPyRandom dice = new(seed + 10), sameDice = new(seed + 10);

            string[] ours = [.. Enumerable.Range(0, 200).Select(_ => Sampled(OfWholeName(), dice))];
            string[] theirs = [.. Enumerable.Range(0, 200).Select(_ => Sampled(StepByStep(), sameDice))];

            Assert.Equal(ours, theirs);
            Assert.True(ours.Distinct().Count() > 100, $"These are hardly sampled: {string.Join(", ", ours.Distinct())}.");
            log.WriteLine($"{ours.Length} names, the same letter by letter: {string.Join(", ", ours.Take(6))}, ...");

            // What comes after the letters so far: the library reads them all again, ONNX Runtime only the last.
            Func<string, Vector<double>> OfWholeName() =>
                name => Forward(OneHot("^" + name, reads), weights).Y.Row(name.Length);

            Func<string, Vector<double>> StepByStep()
            {
                Matrix<double> h = Matrix<double>.Build.Dense(1, weights.HiddenDim);
                return name =>
                {
                    (h, Matrix<double> y) = network.Step(OneHot(("^" + name)[^1..], reads), h);
                    return y.Row(0);
                };
            }
        }

        static Matrix<double> OneHot(string text, string symbols) =>
            Matrix<double>.Build.Dense(text.Length, symbols.Length, (t, k) => symbols[k] == text[t] ? 1 : 0);

        string Sampled(Func<string, Vector<double>> next, NumPyRandom dice)
        {
            string name = "";
            while (name.Length < 20)
            {
                Vector<double> chances = next(name);
                double left = dice.NextDouble();
                int k = 0;
                while (k < chances.Count - 1 && (left -= chances[k]) >= 0)
                    k++;
                if (k == 0)
                    break;
                name += says[k];
            }

            return name;
        }
    }

    private static double Allowed(OnnxForm form) => form is OnnxForm.RnnOperator ? 1e-5 : 1e-12;
}
