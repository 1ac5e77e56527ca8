using static Rnn.RecurrentNetwork;
using static Rnn.Tests.BadCall;

namespace Rnn.Tests;

/// <summary>Bad input is refused before anything happens, by an ArgumentException that says what is wrong with what.</summary>
public sealed class RefusedInputTests
{
    private const int Input = 3, Hidden = 4, Output = 2, Steps = 5;

    private static readonly double[] NotFinite = [double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    private static readonly Dictionary<string, BadCall> Calls = new(All());

    public static TheoryData<string> Names => [.. Calls.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_refused(string call) => Calls[call].IsRefused();

    [Fact]
    public void What_is_right_is_not_refused()
    {
        Probe probe = new();
        Sequence sequence = new(X(), Y());
        ForwardPass forward = Forward(X(), W(), HPrev());
        Backward(X(), Y(), forward, W(), OutputGradient.Exact);
        Train([sequence],
            new TrainingOptions { Random = probe.Random, HiddenDim = 1, Epochs = 1, ReportEvery = 1, ClipNorm = double.Epsilon },
            probe.OnReport);
        Train([sequence],
            new TrainingOptions
            {
                InitialWeights = W(),
                HiddenDim = Hidden,
                Epochs = 1,
                LearningRate = double.Epsilon,
                ReportEvery = int.MaxValue,
            });
        InitializeWeights(1, 1, 1, probe.Random, 0);
        InitializeWeights(1, 1, 1, probe.Random, double.MaxValue / 64);
        Assert.True(probe.Reported);
    }

    [Fact]
    public void A_refusal_says_what_was_expected_and_what_came()
    {
        Assert.StartsWith(
            "yTrue must have a row for each of the 5 time steps of x (5, 3), but is (4, 2).",
            Assert.Throws<ArgumentException>(() => Backward(X(), Zeros(4, Output), Forward(X(), W()), W())).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            $"(inputDim, hiddenDim) must have at most {Array.MaxLength} entries, but is ({int.MaxValue}, 4).",
            Assert.Throws<ArgumentException>(() => InitializeWeights(int.MaxValue, 4, 1, new Random(1))).Message,
            StringComparison.Ordinal);
    }

    private static IEnumerable<KeyValuePair<string, BadCall>> All() =>
        SoftmaxCalls().Concat(InitializeWeightsCalls()).Concat(WeightsCalls()).Concat(ForwardCalls()).Concat(BackwardCalls())
            .Concat(TrainDataCalls()).Concat(TrainOptionsCalls()).Concat(NumPyRandomCalls())
            .Select(call => KeyValuePair.Create(call.What, call.Call));

    private static IEnumerable<(string What, BadCall Call)> SoftmaxCalls()
    {
        yield return ("Softmax: x null", new(_ => Softmax(null!), "x", "null"));
        yield return ("Softmax: x without rows", new(_ => Softmax(Zeros(0, 3)), "x", "row", Shape(0, 3)));
        yield return ("Softmax: x without columns", new(_ => Softmax(Zeros(3, 0)), "x", "column", Shape(3, 0)));
        foreach (double bad in NotFinite)
        {
            yield return ($"Softmax: x with {bad}", new(_ => Softmax(With(X(), 4, 2, bad)), "x", "finite", $"{bad}"));
            yield return ($"Softmax: sparse x with {bad}",
                new(_ => Softmax(Matrix<double>.Build.SparseOfMatrix(With(Zeros(3, 3), 1, 2, bad))), "x", "finite", $"{bad}"));
        }
    }

    private static IEnumerable<(string What, BadCall Call)> InitializeWeightsCalls()
    {
        foreach (int bad in new[] { 0, -1, int.MinValue })
        {
            yield return ($"InitializeWeights: inputDim {bad}",
                new(probe => InitializeWeights(bad, 2, 2, probe.Random), "inputDim", Number(1), Number(bad)));
            yield return ($"InitializeWeights: hiddenDim {bad}",
                new(probe => InitializeWeights(2, bad, 2, probe.Random), "hiddenDim", Number(1), Number(bad)));
            yield return ($"InitializeWeights: outputDim {bad}",
                new(probe => InitializeWeights(2, 2, bad, probe.Random), "outputDim", Number(1), Number(bad)));
        }

        yield return ("InitializeWeights: random null", new(_ => InitializeWeights(2, 2, 2, null!), "random", "null"));
        foreach (double bad in NotFinite)
            yield return ($"InitializeWeights: scale {bad}",
                new(probe => InitializeWeights(2, 2, 2, probe.Random, bad), "scale", "finite", $"{bad}"));
        yield return ("InitializeWeights: scale negative",
            new(probe => InitializeWeights(2, 2, 2, probe.Random, -0.5), "scale", "negative", Number(-0.5)));
        yield return ("InitializeWeights: scale so large that weights overflow",
            new(probe => InitializeWeights(9, 9, 9, probe.Random, double.MaxValue), "scale", @"E\+308"));
        yield return ("InitializeWeights: scale just above the largest",
            new(probe => InitializeWeights(9, 9, 9, probe.Random, Math.BitIncrement(double.MaxValue / 64)), "scale", @"E\+306"));
    }

    private static IEnumerable<(string What, BadCall Call)> WeightsCalls()
    {
        static BadCall Bad(string name, Func<Weights, object?> bad, params string[] parts) => new(_ =>
        {
            Weights good = W();
            object? value = bad(good);
            Discard(new Weights(name == "wh" ? (Matrix<double>)value! : good.Wh, name == "wx" ? (Matrix<double>)value! : good.Wx,
                name == "wy" ? (Matrix<double>)value! : good.Wy, name == "bh" ? (Vector<double>)value! : good.Bh,
                name == "by" ? (Vector<double>)value! : good.By));
        }, name, parts);

        foreach (string name in new[] { "wh", "wx", "wy", "bh", "by" })
            yield return ($"Weights: {name} null", Bad(name, _ => null, "null"));
        yield return ("Weights: wh not square", Bad("wh", _ => Zeros(4, 5), "square", Shape(4, 5)));
        yield return ("Weights: wh not square the other way", Bad("wh", _ => Zeros(5, 4), "square", Shape(5, 4)));
        yield return ("Weights: wh empty", Bad("wh", _ => Zeros(0, 0), Shape(0, 0)));
        yield return ("Weights: wh of another size",
            new(_ => Discard(new Weights(Zeros(5, 5), W().Wx, W().Wy, W().Bh, W().By)), "wx", Shape(5, 5), Shape(Input, Hidden)));
        yield return ("Weights: wx too wide", Bad("wx", _ => Zeros(3, 5), Shape(Hidden, Hidden), Shape(3, 5)));
        yield return ("Weights: wx transposed",
            Bad("wx", good => good.Wx.Transpose(), Shape(Hidden, Hidden), Shape(Hidden, Input)));
        yield return ("Weights: wx without rows", Bad("wx", _ => Zeros(0, Hidden), Shape(0, Hidden), Number(1)));
        yield return ("Weights: wy too high", Bad("wy", _ => Zeros(5, Output), Shape(Hidden, Hidden), Shape(5, Output)));
        yield return ("Weights: wy transposed",
            Bad("wy", good => good.Wy.Transpose(), Shape(Hidden, Hidden), Shape(Output, Hidden)));
        yield return ("Weights: wy without columns", Bad("wy", _ => Zeros(Hidden, 0), Shape(Hidden, 0), Number(1)));
        yield return ("Weights: bh too long", Bad("bh", _ => Vector<double>.Build.Dense(5), Number(Hidden), Number(5)));
        yield return ("Weights: bh too short", Bad("bh", _ => Vector<double>.Build.Dense(1), Number(Hidden), Number(1)));
        yield return ("Weights: by too long", Bad("by", _ => Vector<double>.Build.Dense(3), Number(Output), Number(3)));
        yield return ("Weights: by too short", Bad("by", _ => Vector<double>.Build.Dense(1), Number(Output), Number(1)));
        foreach (double bad in NotFinite)
        {
            yield return ($"Weights: wh with {bad}", Bad("wh", good => With(good.Wh, 3, 0, bad), "finite", $"{bad}"));
            yield return ($"Weights: wx with {bad}", Bad("wx", good => With(good.Wx, 2, 3, bad), "finite", $"{bad}"));
            yield return ($"Weights: wy with {bad}", Bad("wy", good => With(good.Wy, 3, 1, bad), "finite", $"{bad}"));
            yield return ($"Weights: bh with {bad}", Bad("bh", good => With(good.Bh, 3, bad), "finite", $"{bad}"));
            yield return ($"Weights: by with {bad}", Bad("by", good => With(good.By, 1, bad), "finite", $"{bad}"));
        }
    }

    private static IEnumerable<(string What, BadCall Call)> ForwardCalls()
    {
        yield return ("Forward: x null", new(_ => Forward(null!, W()), "x", "null"));
        yield return ("Forward: weights null", new(_ => Forward(X(), null!), "weights", "null"));
        yield return ("Forward: x without rows", new(_ => Forward(Zeros(0, Input), W()), "x", "row", Shape(0, Input)));
        yield return ("Forward: x without columns", new(_ => Forward(Zeros(Steps, 0), W()), "x", Shape(Steps, 0)));
        yield return ("Forward: x too wide", new(_ => Forward(Zeros(Steps, 4), W()), "x", Shape(Input, Hidden), Shape(Steps, 4)));
        yield return ("Forward: x too narrow",
            new(_ => Forward(Zeros(Steps, 2), W()), "x", Shape(Input, Hidden), Shape(Steps, 2)));
        yield return ("Forward: x transposed",
            new(_ => Forward(X().Transpose(), W()), "x", Shape(Input, Hidden), Shape(Input, Steps)));
        yield return ("Forward: hPrev too long",
            new(_ => Forward(X(), W(), Vector<double>.Build.Dense(5)), "hPrev", Number(Hidden), Number(5)));
        yield return ("Forward: hPrev too short",
            new(_ => Forward(X(), W(), Vector<double>.Build.Dense(3)), "hPrev", Number(Hidden), Number(3)));
        foreach (double bad in NotFinite)
        {
            yield return ($"Forward: x with {bad}", new(_ => Forward(With(X(), 4, 2, bad), W()), "x", "finite", $"{bad}"));
            yield return ($"Forward: hPrev with {bad}",
                new(_ => Forward(X(), W(), With(HPrev(), 3, bad)), "hPrev", "finite", $"{bad}"));
        }

        foreach ((string name, Weights weights) in Spoilt())
            yield return ($"Forward: weights.{name} made NaN later",
                new(_ => Forward(X(), weights), "weights", "finite", "NaN", name));
    }

    private static IEnumerable<(string What, BadCall Call)> BackwardCalls()
    {
        static BadCall Bad(string name, Matrix<double>? x, Matrix<double>? yTrue, ForwardPass? forward, Weights? weights,
                           params string[] parts) =>
            new(_ => Backward(x!, yTrue!, forward!, weights!), name, parts);
        static ForwardPass Pass() => Forward(X(), W());

        yield return ("Backward: x null", Bad("x", null, Y(), Pass(), W(), "null"));
        yield return ("Backward: yTrue null", Bad("yTrue", X(), null, Pass(), W(), "null"));
        yield return ("Backward: forward null", Bad("forward", X(), Y(), null, W(), "null"));
        yield return ("Backward: weights null", Bad("weights", X(), Y(), Pass(), null, "null"));
        yield return ("Backward: forward.H null", Bad("forward", X(), Y(), Pass() with { H = null! }, W(), "null", "H"));
        yield return ("Backward: forward.Y null", Bad("forward", X(), Y(), Pass() with { Y = null! }, W(), "null", "Y"));
        yield return ("Backward: x without rows", Bad("x", Zeros(0, Input), Y(), Pass(), W(), "row", Shape(0, Input)));
        yield return ("Backward: x too wide", Bad("x", Zeros(Steps, 4), Y(), Pass(), W(), Shape(Input, Hidden), Shape(Steps, 4)));
        yield return ("Backward: yTrue without rows", Bad("yTrue", X(), Zeros(0, Output), Pass(), W(), "row", Shape(0, Output)));
        yield return ("Backward: yTrue too short",
            Bad("yTrue", X(), Zeros(4, Output), Pass(), W(), Shape(Steps, Input), Shape(4, Output)));
        yield return ("Backward: yTrue too long",
            Bad("yTrue", X(), Zeros(6, Output), Pass(), W(), Shape(Steps, Input), Shape(6, Output)));
        yield return ("Backward: yTrue too wide",
            Bad("yTrue", X(), Zeros(Steps, 3), Pass(), W(), Shape(Hidden, Output), Shape(Steps, 3)));
        yield return ("Backward: yTrue too narrow",
            Bad("yTrue", X(), Zeros(Steps, 1), Pass(), W(), Shape(Hidden, Output), Shape(Steps, 1)));
        yield return ("Backward: yTrue transposed", Bad("yTrue", X(), Zeros(Output, Steps), Pass(), W(), Shape(Output, Steps)));
        yield return ("Backward: yTrue negative",
            Bad("yTrue", X(), With(Y(), 4, 1, -0.25), Pass(), W(), "negative", Number(-0.25)));
        yield return ("Backward: forward.H of fewer steps",
            Bad("forward", X(), Y(), Pass() with { H = Zeros(4, Hidden) }, W(), "H", Shape(Steps, Input), Shape(4, Hidden)));
        yield return ("Backward: forward.H of more steps",
            Bad("forward", X(), Y(), Pass() with { H = Zeros(6, Hidden) }, W(), "H", Shape(Steps, Input), Shape(6, Hidden)));
        yield return ("Backward: forward.H too narrow",
            Bad("forward", X(), Y(), Pass() with { H = Zeros(Steps, 3) }, W(), "H", Shape(Hidden, Hidden), Shape(Steps, 3)));
        yield return ("Backward: forward.H too wide",
            Bad("forward", X(), Y(), Pass() with { H = Zeros(Steps, 5) }, W(), "H", Shape(Hidden, Hidden), Shape(Steps, 5)));
        yield return ("Backward: forward.Y of fewer steps",
            Bad("forward", X(), Y(), Pass() with { Y = Zeros(4, Output) }, W(), "Y", Shape(Steps, Input), Shape(4, Output)));
        yield return ("Backward: forward.Y of more steps",
            Bad("forward", X(), Y(), Pass() with { Y = Zeros(6, Output) }, W(), "Y", Shape(Steps, Input), Shape(6, Output)));
        yield return ("Backward: forward.Y too narrow",
            Bad("forward", X(), Y(), Pass() with { Y = Zeros(Steps, 1) }, W(), "Y", Shape(Hidden, Output), Shape(Steps, 1)));
        yield return ("Backward: forward.Y too wide",
            Bad("forward", X(), Y(), Pass() with { Y = Zeros(Steps, 3) }, W(), "Y", Shape(Hidden, Output), Shape(Steps, 3)));
        yield return ("Backward: forward of another sequence",
            Bad("forward", X(), Y(), Forward(Zeros(2, Input), W()), W(), Shape(Steps, Input), Shape(2, Hidden)));
        yield return ("Backward: forward of other weights",
            Bad("forward", X(), Y(), Forward(X(), TestData.Weights(Input, 6, Output)), W(), Shape(Hidden, Hidden),
                Shape(Steps, 6)));
        yield return ("Backward: forward swapped",
            Bad("forward", X(), Y(), new ForwardPass(Pass().Y, Pass().H), W(), Shape(Steps, Output)));
        yield return ("Backward: outputGradient unknown",
            new(_ => Backward(X(), Y(), Pass(), W(), (OutputGradient)7), "outputGradient", "AsInSource", "Exact", Number(7)));
        foreach (double bad in NotFinite)
        {
            yield return ($"Backward: x with {bad}", Bad("x", With(X(), 4, 2, bad), Y(), Pass(), W(), "finite", $"{bad}"));
            yield return ($"Backward: yTrue with {bad}",
                Bad("yTrue", X(), With(Y(), 4, 1, bad), Pass(), W(), "finite", $"{bad}"));
            yield return ($"Backward: forward.H with {bad}",
                Bad("forward", X(), Y(), Pass() with { H = With(Pass().H, 4, 3, bad) }, W(), "H", "finite", $"{bad}"));
            yield return ($"Backward: forward.Y with {bad}",
                Bad("forward", X(), Y(), Pass() with { Y = With(Pass().Y, 4, 1, bad) }, W(), "Y", "finite", $"{bad}"));
        }

        foreach ((string name, Weights weights) in Spoilt())
            yield return ($"Backward: weights.{name} made NaN later",
                Bad("weights", X(), Y(), Pass(), weights, "finite", "NaN", name));
    }

    private static IEnumerable<(string What, BadCall Call)> TrainDataCalls()
    {
        // Each with freshly drawn weights and with given ones, with epochs and without.
        foreach ((string how, Func<Probe, TrainingOptions> options) in new (string, Func<Probe, TrainingOptions>)[]
        {
            ("drawn", probe => new TrainingOptions { Random = probe.Random, Epochs = 2 }),
            ("given", _ => new TrainingOptions { InitialWeights = W(), Epochs = 2 }),
            ("no epochs", probe => new TrainingOptions { Random = probe.Random, Epochs = 0 }),
        })
        {
            BadCall Bad(IReadOnlyList<Sequence> sequences, params string[] parts) =>
                new(probe => Train(sequences, options(probe), probe.OnReport), "sequences", parts);

            yield return ($"Train, {how}: sequences null", Bad(null!, "null"));
            yield return ($"Train, {how}: sequences empty", Bad([], "empty|least one"));
            foreach (int at in new[] { 0, 2 })
            {
                IReadOnlyList<Sequence> Data(Func<Sequence, Sequence> spoil) =>
                [
                    .. TestData.Sequences(4, Input, Output, Steps).Select((sequence, i) => i == at ? spoil(sequence) : sequence),
                ];
                string entry = $@"\[{at}\]";

                yield return ($"Train, {how}: sequences[{at}] null", Bad(Data(_ => null!), entry, "null"));
                yield return ($"Train, {how}: sequences[{at}].X null",
                    Bad(Data(good => good with { X = null! }), entry, "X", "null"));
                yield return ($"Train, {how}: sequences[{at}].Y null",
                    Bad(Data(good => good with { Y = null! }), entry, "Y", "null"));
                yield return ($"Train, {how}: sequences[{at}] without rows",
                    Bad(Data(_ => new Sequence(Zeros(0, Input), Zeros(0, Output))), entry, "row", Shape(0, Input)));
                yield return ($"Train, {how}: sequences[{at}].X without columns",
                    Bad(Data(good => good with { X = Zeros(Steps, 0) }), entry, "X", Shape(Steps, 0)));
                yield return ($"Train, {how}: sequences[{at}].Y without columns",
                    Bad(Data(good => good with { Y = Zeros(Steps, 0) }), entry, "Y", Shape(Steps, 0)));
                yield return ($"Train, {how}: sequences[{at}].X longer than Y",
                    Bad(Data(good => good with { X = Zeros(7, Input) }), entry, Shape(7, Input), Shape(Steps, Output)));
                yield return ($"Train, {how}: sequences[{at}].Y longer than X",
                    Bad(Data(good => good with { Y = Zeros(7, Output) }), entry, Shape(Steps, Input), Shape(7, Output)));
                yield return ($"Train, {how}: sequences[{at}].Y without rows",
                    Bad(Data(good => good with { Y = Zeros(0, Output) }), entry, "Y", Shape(0, Output)));
                yield return ($"Train, {how}: sequences[{at}].Y negative",
                    Bad(Data(good => good with { Y = With(Y(), 4, 1, -3) }), entry, "Y", "negative", Number(-3)));
                foreach (double bad in NotFinite)
                {
                    yield return ($"Train, {how}: sequences[{at}].X with {bad}",
                        Bad(Data(good => good with { X = With(X(), 4, 2, bad) }), entry, "X", "finite", $"{bad}"));
                    yield return ($"Train, {how}: sequences[{at}].Y with {bad}",
                        Bad(Data(good => good with { Y = With(Y(), 4, 1, bad) }), entry, "Y", "finite", $"{bad}"));
                }
            }

            IReadOnlyList<Sequence> Last(Sequence last) => [.. TestData.Sequences(3, Input, Output, Steps), last];
            string widthOfX = how == "given" ? Shape(Input, Hidden) : Shape(Steps, Input);
            string widthOfY = how == "given" ? Shape(Hidden, Output) : Shape(Steps, Output);
            yield return ($"Train, {how}: the last X too wide",
                Bad(Last(new Sequence(Zeros(6, 4), Zeros(6, Output))), @"\[3\]", "X", widthOfX, Shape(6, 4)));
            yield return ($"Train, {how}: the last X too narrow",
                Bad(Last(new Sequence(Zeros(6, 2), Zeros(6, Output))), @"\[3\]", "X", widthOfX, Shape(6, 2)));
            yield return ($"Train, {how}: the last Y too wide",
                Bad(Last(new Sequence(Zeros(6, Input), Zeros(6, 3))), @"\[3\]", "Y", widthOfY, Shape(6, 3)));
            yield return ($"Train, {how}: the last Y too narrow",
                Bad(Last(new Sequence(Zeros(6, Input), Zeros(6, 1))), @"\[3\]", "Y", widthOfY, Shape(6, 1)));
        }

        static BadCall BadFit(int input, int output, params string[] parts)
        {
            TrainingOptions options = new() { InitialWeights = W(), Epochs = 1 };
            return new(probe => Train(TestData.Sequences(2, input, output, Steps), options, probe.OnReport), "sequences", parts);
        }

        yield return ("Train: X does not fit InitialWeights",
            BadFit(4, Output, "InitialWeights", Shape(Input, Hidden), Shape(Steps, 4)));
        yield return ("Train: Y does not fit InitialWeights",
            BadFit(Input, 3, "InitialWeights", Shape(Hidden, Output), Shape(Steps, 3)));
    }

    private static IEnumerable<(string What, BadCall Call)> TrainOptionsCalls()
    {
        static BadCall Bad(string property, Func<TrainingOptions, TrainingOptions> spoil, params string[] parts) => new(probe =>
        {
            TrainingOptions options = spoil(new TrainingOptions { Random = probe.Random, Epochs = 1 });
            Train(TestData.Sequences(2, Input, Output), options, probe.OnReport);
        }, property, parts);

        yield return ("Train: options null", new(probe => Train(TestData.Sequences(), null!, probe.OnReport), "options", "null"));
        yield return ("Train: neither Random nor InitialWeights",
            Bad("Random", good => good with { Random = null }, @"\bInitialWeights\b", "either|one of", "neither|none|both"));
        yield return ("Train: both Random and InitialWeights",
            Bad("Random", good => good with { InitialWeights = W() }, @"\bInitialWeights\b", "either|one of", "both"));
        foreach (int bad in new[] { 0, -1, int.MinValue })
        {
            yield return ($"Train: HiddenDim {bad}",
                Bad("HiddenDim", good => good with { HiddenDim = bad }, Number(1), Number(bad)));
            yield return ($"Train: HiddenDim {bad} with InitialWeights",
                Bad("HiddenDim", good => good with { HiddenDim = bad, Random = null, InitialWeights = W() }, Number(bad)));
            yield return ($"Train: Threads {bad}",
                Bad("Threads", good => good with { Threads = bad }, Number(1), Number(bad)));
            yield return ($"Train: ReportEvery {bad}",
                Bad("ReportEvery", good => good with { ReportEvery = bad }, Number(1), Number(bad)));
        }

        yield return ("Train: HiddenDim disagrees with InitialWeights",
            Bad("HiddenDim", good => good with { HiddenDim = 5, Random = null, InitialWeights = W() }, @"\bInitialWeights\b",
                Number(Hidden), Number(5)));
        // The default of 10 is no wish: only a given one can disagree.
        yield return ("Train: HiddenDim 10 disagrees with InitialWeights",
            Bad("HiddenDim", good => good with { HiddenDim = 10, Random = null, InitialWeights = W() }, @"\bInitialWeights\b",
                Number(Hidden), Number(10)));
        foreach (int bad in new[] { -1, int.MinValue })
            yield return ($"Train: Epochs {bad}", Bad("Epochs", good => good with { Epochs = bad }, Number(0), Number(bad)));
        foreach (double bad in (double[])[0, -0.0, -0.5, .. NotFinite])
        {
            yield return ($"Train: LearningRate {bad}",
                Bad("LearningRate", good => good with { LearningRate = bad }, "positive", "finite", $"{bad}"));
            yield return ($"Train: ClipNorm {bad}", Bad("ClipNorm", good => good with { ClipNorm = bad }, "positive", $"{bad}"));
        }

        yield return ("Train: OutputGradient unknown",
            Bad("OutputGradient", good => good with { OutputGradient = (OutputGradient)(-1) }, "AsInSource", "Exact",
                Number(-1)));
        yield return ("Train: LearningRate bad and no epochs",
            Bad("LearningRate", good => good with { LearningRate = -1, Epochs = 0 }, Number(-1)));
        yield return ("Train: an option and no report",
            new(probe => Train(TestData.Sequences(), new TrainingOptions { Random = probe.Random, ReportEvery = 0 }),
                "ReportEvery", Number(0)));
        foreach ((string name, Weights weights) in Spoilt())
        {
            yield return ($"Train: InitialWeights.{name} made NaN later",
                Bad("InitialWeights", good => good with { Random = null, InitialWeights = weights }, "finite", "NaN", name));
            yield return ($"Train: InitialWeights.{name} made NaN later, no epochs",
                Bad("InitialWeights", good => good with { Random = null, InitialWeights = weights, Epochs = 0 }, "finite", "NaN",
                    name));
        }
    }

    private static IEnumerable<(string What, BadCall Call)> NumPyRandomCalls()
    {
        foreach (int bad in new[] { -1, int.MinValue })
        {
            yield return ($"Rand: rows {bad}", new(probe => probe.Random.Rand(bad, 2), "rows", Number(bad)));
            yield return ($"Rand: columns {bad}", new(probe => probe.Random.Rand(2, bad), "columns", Number(bad)));
            yield return ($"Rand: columns {bad} without rows", new(probe => probe.Random.Rand(0, bad), "columns", Number(bad)));
            yield return ($"Randn: rows {bad}", new(probe => probe.Random.Randn(bad, 2), "rows", Number(bad)));
            yield return ($"Randn: columns {bad}", new(probe => probe.Random.Randn(2, bad), "columns", Number(bad)));
            yield return ($"RandInt: rows {bad}", new(probe => probe.Random.RandInt(0, 5, bad, 2), "rows", Number(bad)));
            yield return ($"RandInt: columns {bad}", new(probe => probe.Random.RandInt(0, 5, 2, bad), "columns", Number(bad)));
            yield return ($"Next: maxValue {bad}", new(probe => probe.Random.Next(bad), "maxValue", Number(bad)));
            yield return ($"NextInt64: maxValue {bad}", new(probe => probe.Random.NextInt64(bad), "maxValue", Number(bad)));
        }

        // Their product is no int, or a wrong one.
        yield return ("Rand: more entries than an array holds",
            new(probe => probe.Random.Rand(65536, 65536), "rows|columns", Shape(65536, 65536)));
        yield return ("Randn: more entries than an array holds",
            new(probe => probe.Random.Randn(65536, 32768), "rows|columns", Shape(65536, 32768)));
        yield return ("RandInt: more entries than an array holds",
            new(probe => probe.Random.RandInt(0, 2, int.MaxValue, 3), "rows|columns", Shape(int.MaxValue, 3)));
        yield return ("InitializeWeights: more weights than an array holds",
            new(probe => InitializeWeights(65536, 65536, 1, probe.Random), "hiddenDim", Number(65536)));
        yield return ("InitializeWeights: more input weights than an array holds",
            new(probe => InitializeWeights(int.MaxValue, 4, 1, probe.Random), "inputDim", Number(int.MaxValue)));
        yield return ("InitializeWeights: more output weights than an array holds",
            new(probe => InitializeWeights(4, 4, int.MaxValue, probe.Random), "outputDim", Number(int.MaxValue)));
        yield return ("InitializeWeights: more recurrent weights than an array holds",
            new(probe => InitializeWeights(4, 65536, 4, probe.Random), "hiddenDim", Number(65536)));
        yield return ("InitializeWeights: more input weights than an array holds, another generator",
            new(_ => InitializeWeights(int.MaxValue, 4, 1, new Random(1)), "inputDim", Number(int.MaxValue)));
        yield return ("Train: more weights than an array holds",
            new(probe => Train(TestData.Sequences(), new TrainingOptions { Random = probe.Random, HiddenDim = 65536 }),
                "HiddenDim", Number(65536)));

        // Each would need a block of more entries than an array can have; most wrap round to a small number in 32 bits.
        Weights wide = new(
            Matrix<double>.Build.Sparse(4000, 4000), Matrix<double>.Build.Sparse(1, 4000), Matrix<double>.Build.Sparse(4000, 1),
            Vector<double>.Build.Sparse(4000), Vector<double>.Build.Sparse(1));
        foreach (int steps in new[] { 1_071_700, 535_900, 100_000_000 })
        {
            Matrix<double> x = Matrix<double>.Build.Diagonal(steps, 1);
            yield return ($"Forward: {steps} steps of 4000 units",
                new(_ => Forward(x, wide), "x", "at most 2147483591", Number(steps)));
            yield return ($"Backward: {steps} steps of 4000 units",
                new(_ => Backward(x, x, new ForwardPass(x, x), wide), "x", "at most 2147483591", Number(steps)));
            yield return ($"Train: {steps} steps of 4000 units",
                new(probe => Train([new(x, x)], new TrainingOptions { Random = probe.Random, HiddenDim = 4000 }),
                    "sequences", "at most 2147483591", Number(steps)));
            yield return ($"Train: {steps} steps of as many units as the initial weights have",
                new(_ => Train([new(x, x)], new TrainingOptions { InitialWeights = wide }), "sequences", Number(steps)));
        }

        Sequence wideTarget = new(Matrix<double>.Build.Dense(1, 1), Matrix<double>.Build.Diagonal(1, 300_000_000));
        yield return ("Train: more outputs than weights can be transposed for",
            new(probe => Train([wideTarget], new TrainingOptions { Random = probe.Random, HiddenDim = 1 }), "HiddenDim",
                "at most 2147483591", Number(300_000_000)));
        // Of these the weights would fit, and a block of all steps would not.
        Matrix<double> wideSteps = Matrix<double>.Build.Diagonal(17, 130_000_000), narrow = Matrix<double>.Build.Dense(17, 1);
        (string, Sequence)[] wideData = [("inputs", new(wideSteps, narrow)), ("outputs", new(narrow, wideSteps))];
        foreach ((string what, Sequence sequence) in wideData)
            yield return ($"Train: more {what} than fit into a block of all steps",
                new(probe => Train([sequence], new TrainingOptions { Random = probe.Random, HiddenDim = 1 }), "sequences",
                    "at most 2147483591", Number(130_000_000)));
        yield return ("Train: more hidden units than weights can have",
            new(probe => Train(TestData.Sequences(), new TrainingOptions { Random = probe.Random, HiddenDim = int.MaxValue }),
                "HiddenDim", Number(int.MaxValue)));
        yield return ("Train: as many hidden units as would wrap round",
            new(probe => Train(TestData.Sequences(), new TrainingOptions { Random = probe.Random, HiddenDim = 46_340 }),
                "HiddenDim", Number(46_340)));
        yield return ("Softmax: columns that need more than an array holds",
            new(_ => Softmax(Matrix<double>.Build.Diagonal(1, 300_000_000)), "x", "at most 2147483591", Number(300_000_000)));
        yield return ("Softmax: columns that would wrap round",
            new(_ => Softmax(Matrix<double>.Build.Diagonal(1, 536_870_912)), "x", Number(536_870_912)));
        yield return ("Softmax: one column longer than a padded one can be",
            new(_ => Softmax(Matrix<double>.Build.Diagonal(int.MaxValue, 1)), "x", Number(int.MaxValue)));

        foreach ((int low, int high) in new[]
            { (5, 5), (5, 4), (0, 0), (int.MaxValue, int.MinValue), (int.MinValue, int.MinValue) })
        {
            yield return ($"RandInt: [{low}, {high})",
                new(probe => probe.Random.RandInt(low, high, 1, 1), "high", @"\blow\b", Number(low), Number(high)));
            yield return ($"RandInt: [{low}, {high}) for no entries",
                new(probe => probe.Random.RandInt(low, high, 0, 0), "high", @"\blow\b", Number(low), Number(high)));
        }

        yield return ("Next: maxValue below minValue",
            new(probe => probe.Random.Next(5, 4), "minValue|maxValue", Number(5), Number(4)));
        yield return ("NextInt64: maxValue below minValue",
            new(probe => probe.Random.NextInt64(5, 4), "minValue|maxValue", Number(5), Number(4)));
        yield return ("NextBytes: buffer null", new(probe => probe.Random.NextBytes(null!), "buffer", "null"));
    }

    /// <summary>Weights hand out the matrices they hold: whoever has one can spoil it after the check.</summary>
    private static IEnumerable<(string Name, Weights Weights)> Spoilt()
    {
        (string, Action<Weights>)[] spoilers =
        [
            ("Wh", weights => weights.Wh[3, 3] = double.NaN),
            ("Wx", weights => weights.Wx[2, 3] = double.NaN),
            ("Wy", weights => weights.Wy[3, 1] = double.NaN),
            ("Bh", weights => weights.Bh[3] = double.NaN),
            ("By", weights => weights.By[1] = double.NaN),
        ];
        foreach ((string name, Action<Weights> spoil) in spoilers)
        {
            Weights weights = W();
            spoil(weights);
            yield return (name, weights);
        }
    }

    private static void Discard(Weights _)
    {
    }

    private static Matrix<double> X() => TestData.Matrix(new Random(1), Steps, Input);

    private static Matrix<double> Y() => TestData.ZeroOrOne(new Random(2), Steps, Output);

    private static Weights W() => TestData.Weights(Input, Hidden, Output);

    private static Vector<double> HPrev() => TestData.Vector(new Random(3), Hidden);

    private static Matrix<double> Zeros(int rows, int columns) => Matrix<double>.Build.Dense(rows, columns);

    private static Matrix<double> With(Matrix<double> matrix, int row, int column, double value)
    {
        matrix[row, column] = value;
        return matrix;
    }

    private static Vector<double> With(Vector<double> vector, int entry, double value)
    {
        vector[entry] = value;
        return vector;
    }
}
