using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Jint;
using Rnn.Tests;

namespace Rnn.Display.Tests;

/// <summary>What an explorer's HTML holds, whatever it looks like: texts, numbers, scripts.</summary>
public sealed partial class ExplorerTests
{
    private const string Nasty = "</script><b onclick=\"x()\">'a' & $b$ <!-- \u2028 é 😀";

    /// <summary>One of each kind, as large as the lessons have them.</summary>
    private static readonly Dictionary<string, Func<Explorer>> Samples = new()
    {
        ["softmax"] = () => Explorers.Softmax([1, 2.5, -0.1], "up", "down", "first"),
        ["network"] = () => Explorers.Network(Sequence(5, 3, 10, 1), Weights(5, 10, 3, 2)),
        ["nudge"] = () => Explorers.Nudge(Sequence(5, 3, 10, 1), Weights(5, 10, 3, 2), OutputGradient.Exact),
        ["training"] = () => Explorers.Training(
            Enumerable.Range(0, 10).Select(i => (i * i, Weights(5, 10, 3, i))),
            [.. Enumerable.Range(0, 8).Select(i => Sequence(5, 3, 10, 20 + i))],
            [.. Enumerable.Range(0, 8).Select(i => Sequence(5, 3, 10, 30 + i))], ["up", "down", "first"]),
        ["text"] = () => Explorers.Text(
            Weights(25, 32, 25, 3), "^abcdefghiklmnopqrstuvwxy", ".abcdefghiklmnopqrstuvwxy", "promethium", 11),
        ["through-time"] = () => Explorers.ThroughTime(Weights(4, 32, 4, 4), Sequence(4, 4, 60, 5)),
    };

    /// <summary>A page that is all there and holds no figure.</summary>
    private const string Page =
        """
        var window = {};
        var document = { readyState: 'complete', querySelectorAll() { return []; } };
        """;

    public static TheoryData<string> Kinds => [.. Samples.Keys];

    [Fact]
    public void Every_kind_has_its_script_and_its_sample() =>
        Assert.Equal(
            typeof(Explorers).Assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith("Kinds/", StringComparison.Ordinal))
                .Select(name => Path.GetFileNameWithoutExtension(name)).Order(),
            Samples.Keys.Order());

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_is_one_div_with_a_description_its_numbers_and_two_scripts(string kind)
    {
        string html = Samples[kind]().ToHtml();
        Assert.StartsWith($"<div class=\"rnn-explorer\" data-explorer=\"{kind}\" data-rnn-scripts=\"", html);
        Assert.EndsWith("</div>", html);
        Assert.Equal(3, Regex.Count(html, "(?i)<script"));
        Assert.Equal(3, Regex.Count(html, "(?i)</script"));
        Assert.Single(Regex.Matches(html, "<script type=\"application/json\">"));
        Assert.Equal(2, Scripts(html).Length);
        Assert.DoesNotContain("<!--", html);
        Assert.DoesNotContain("\r", html);
    }

    /// <summary>The name of SVG looks like an address; nobody calls there.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_asks_no_address_for_anything(string kind)
    {
        string html = Samples[kind]().ToHtml();
        Assert.All(
            Regex.Matches(html, """(?i)[a-z]+://[^'"`\s]*"""), match => Assert.Equal("http://www.w3.org/2000/svg", match.Value));
        Assert.DoesNotMatch("(?i)\\b(fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|import|eval)\\b\\s*\\(", html);
        Assert.DoesNotMatch("(?i)\\s(src|href)=|url\\(|@import|innerHTML|document\\.write", html);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void At_the_sizes_of_the_lessons_it_is_below_120_kB(string kind) =>
        Assert.InRange(Encoding.UTF8.GetByteCount(Samples[kind]().ToHtml()), 1000, 119_999);

    /// <summary>The one exception: a network of 40,670 weights that have 32 bits each.</summary>
    [Fact]
    public void A_network_that_writes_code_is_below_250_kB_once_it_is_rounded()
    {
        string signs = string.Concat(Enumerable.Range(' ', 94).Select(each => (char)each));
        Weights weights = Weights(94, 128, 94, 3), rounded = new(
            weights.Wh.Map(Round), weights.Wx.Map(Round), weights.Wy.Map(Round), weights.Bh.Map(Round), weights.By.Map(Round));
        string html = Explorers.Text(rounded, signs, signs, "x = 1").ToHtml();
        Assert.InRange(Encoding.UTF8.GetByteCount(html), 1000, 249_999);

        string json = Regex.Match(html, "(?s)json\">(.*?)</script>").Groups[1].Value;
        JsonElement data = JsonElement.Parse(json).GetProperty("weights");
        Assert.Equal(rounded.Wh.ToRowArrays().SelectMany(row => row), Floats("Wh"));
        Assert.Equal(rounded.Wx.ToRowArrays().SelectMany(row => row), Floats("Wx"));
        Assert.Equal(rounded.Wy.ToRowArrays().SelectMany(row => row), Floats("Wy"));
        Assert.Equal(rounded.Bh, Floats("bh"));
        Assert.Equal(rounded.By, Floats("by"));

        static double Round(double entry) => (float)entry;
        IEnumerable<double> Floats(string name) => data.GetProperty(name).GetBytesFromBase64()
            .Chunk(sizeof(float)).Select(bytes => (double)BitConverter.ToSingle(bytes));
    }

    /// <summary>One weight that has more bits, and all keep theirs.</summary>
    [Fact]
    public void Weights_that_are_not_all_rounded_keep_all_their_bits()
    {
        Weights weights = new(
            Matrix<double>.Build.Dense(1, 1, 0.5), Matrix<double>.Build.Dense(2, 1, 0.25), Matrix<double>.Build.Dense(1, 2, 1),
            Vector<double>.Build.Dense([0]), Vector<double>.Build.Dense([0.1, 0]));
        Assert.Contains("\"by\":[0.1,0]", Explorers.Text(weights, "ab", "ab").ToHtml());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Equal_arguments_give_equal_html(string kind) =>
        Assert.Equal(Samples[kind]().ToHtml(), Samples[kind]().ToHtml());

    /// <summary>Each differs from the first in one argument, or in the last bit of one.</summary>
    [Fact]
    public void Different_arguments_give_different_html()
    {
        Sequence sequence = Sequence(3, 3, 4, 1), other = sequence with { X = sequence.X.Clone() };
        other.X[2, 1] = Math.BitIncrement(other.X[2, 1]);
        Weights weights = Weights(3, 4, 3, 2), near = Copy(weights);
        near.Bh[1] = Math.BitIncrement(near.Bh[1]);
        const string reads = "^ab", says = ".ab";
        Explorer[][] families =
        [
            [
                Explorers.Softmax([1, 2]), Explorers.Softmax([1, Math.BitIncrement(2.0)]), Explorers.Softmax([2, 1]),
                Explorers.Softmax([1, 2], "a", "b"), Explorers.Softmax([1, 2, 3]),
            ],
            [
                Explorers.Network(sequence, weights), Explorers.Network(other, weights), Explorers.Network(sequence, near),
                Explorers.Network(sequence, weights, OutputGradient.Exact), Explorers.Network(sequence, weights, back: true),
                Explorers.Nudge(sequence, weights),
                Explorers.Nudge(other, weights), Explorers.Nudge(sequence, near),
                Explorers.Nudge(sequence, weights, OutputGradient.Exact),
            ],
            [
                Explorers.Training([(0, weights), (1, weights)], [sequence]),
                Explorers.Training([(0, weights), (2, weights)], [sequence]),
                Explorers.Training([(0, weights), (1, near)], [sequence]),
                Explorers.Training([(0, weights), (1, weights)], [other]),
                Explorers.Training([(0, weights), (1, weights)], [sequence, sequence]),
                Explorers.Training([(0, weights), (1, weights)], [sequence], [sequence]),
                Explorers.Training([(0, weights), (1, weights)], [sequence], null, ["a", "b", "c"]),
            ],
            [
                Explorers.Text(weights, reads, says), Explorers.Text(near, reads, says), Explorers.Text(weights, "^ba", says),
                Explorers.Text(weights, reads, ".ba"), Explorers.Text(weights, reads, says, "a"),
                Explorers.Text(weights, reads, says, "", 1),
            ],
            [
                Explorers.ThroughTime(weights, sequence), Explorers.ThroughTime(near, sequence),
                Explorers.ThroughTime(weights, other),
            ],
        ];
        foreach (Explorer[] family in families)
            Assert.Equal(family.Length, family.Select(explorer => explorer.ToHtml()).Distinct().Count());
    }

    /// <summary>One sentence or more where there is only text; the same in the page, to be seen and to be heard.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Its_description_is_one_line_that_the_html_says_twice(string kind)
    {
        Explorer explorer = Samples[kind]();
        DescriptionStands(explorer);
        Assert.Matches("to play with.*[.?]$", explorer.ToString());
    }

    [Fact]
    public void Texts_cannot_break_out_of_the_html_or_the_script()
    {
        const string letters = "<>&\"'/ab";
        Weights weights = Weights(8, 4, 8, 2);
        Sequence sequence = Sequence(5, 3, 4, 1);
        Explorer[] explorers =
        [
            Explorers.Softmax([1, 2], Nasty, "</SCRIPT\n>"),
            Explorers.Training([(0, Weights(5, 4, 3, 1)), (1, Weights(5, 4, 3, 2))], [sequence], null, [Nasty, "<!--", "\"'&"]),
            Explorers.Text(weights, letters, letters, "</a><b>\"'&"),
        ];
        foreach (Explorer explorer in explorers)
        {
            string html = explorer.ToHtml();
            Assert.Equal(3, Regex.Count(html, "(?i)</script"));
            Assert.DoesNotContain("<b", html);
            Assert.DoesNotContain("<!--", html);
            DescriptionStands(explorer);
        }

        Assert.Contains(
            "aria-label=\"Softmax to play with. Drag the score of each class, here &lt;/script&gt;&lt;b onclick=&quot;x()",
            explorers[0].ToHtml());
        Assert.Equal([Nasty, "</SCRIPT\n>"], Data(explorers[0]).Texts("labels"));
        Assert.Equal([Nasty, "<!--", "\"'&"], Data(explorers[1]).Texts("answers"));
        Assert.Equal("</a><b>\"'&", Data(explorers[2]).Text("text"));
    }

    /// <summary>Whatever ends a line; the label itself stays as it is.</summary>
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    [InlineData("\f")]
    [InlineData("\u0085")]
    [InlineData("\u2028")]
    [InlineData("\u2029")]
    public void A_label_of_two_lines_leaves_the_description_in_one(string lineBreak)
    {
        string label = $"a{lineBreak}b";
        Explorer explorer = Explorers.Softmax([1, 2], label, "c");
        DescriptionStands(explorer);
        Assert.Equal([label, "c"], Data(explorer).Texts("labels"));
    }

    [Fact]
    public void Its_numbers_are_the_arguments_bit_by_bit()
    {
        double[] hard = [0.1, 1 / 3.0, -0.0, double.Epsilon, -double.MaxValue, 1e16, 123456789012345680, Math.PI * 1e-300];
        Assert.Equal(Bits(hard), Bits(Data(Explorers.Softmax(hard)).Numbers("logits")));

        (Sequence sequence, Weights weights) = (Sequence(5, 3, 10, 1), Weights(5, 10, 3, 2));
        (Sequence unseen, Weights later) = (Sequence(5, 3, 7, 3), Weights(5, 10, 3, 4));
        for (int i = 0; i < hard.Length; i++)
            weights.Wh[i, 3] = hard[i];
        foreach (Explorer explorer in (Explorer[])[Explorers.Network(sequence, weights), Explorers.Nudge(sequence, weights),
            Explorers.ThroughTime(weights, sequence)])
        {
            Same(weights, Data(explorer).At("weights"));
            Same(sequence, Data(explorer).At("sequence"));
        }

        Weights small = Weights(5, 10, 3, 5);
        JsonElement training = Data(Explorers.Training([(0, small), (7, later)], [sequence], [unseen]));
        JsonElement[] stages = [.. training.At("stages").EnumerateArray()];
        Assert.Equal([0, 7], stages.Select(stage => stage.Int("epoch")));
        Same(small, stages[0].At("weights"));
        Same(later, stages[1].At("weights"));
        Same(sequence, training.At("seen")[0]);
        Same(unseen, training.At("fresh")[0]);

        JsonElement text = Data(Explorers.Text(Weights(3, 5, 3, 6), "^ab", ".ab", "abba", uint.MaxValue));
        Same(Weights(3, 5, 3, 6), text.At("weights"));
        Assert.Equal(uint.MaxValue, text.At("seed").GetUInt32());
        Assert.Equal(["^ab", ".ab", "^", ".", "abba"],
            ((string[])["reads", "says", "starts", "ends", "text"]).Select(part => text.Text(part)));
    }

    [Theory]
    [InlineData(OutputGradient.AsInSource, false)]
    [InlineData(OutputGradient.Exact, true)]
    public void Which_gradient_is_shown_is_among_its_numbers(OutputGradient outputGradient, bool isExact)
    {
        (Sequence sequence, Weights weights) = (Sequence(5, 3, 10, 1), Weights(5, 10, 3, 2));
        Assert.Equal(isExact, Data(Explorers.Network(sequence, weights, outputGradient)).At("exact").GetBoolean());
        Assert.Equal(isExact, Data(Explorers.Nudge(sequence, weights, outputGradient)).At("exact").GetBoolean());
    }

    /// <summary>A vocabulary may have no mark: texts then begin and end anywhere.</summary>
    [Fact]
    public void Without_a_mark_there_is_none_among_its_numbers()
    {
        JsonElement text = Data(Explorers.Text(Weights(2, 4, 2, 1), "ab", "ba"));
        Assert.Equal(["", ""], ((string[])["starts", "ends"]).Select(part => text.Text(part)));
    }

    [Fact]
    public void A_trainings_losses_are_means_over_all_sequences_of_which_six_can_be_chosen()
    {
        Sequence[] seen = [.. Enumerable.Range(0, 8).Select(i => Sequence(5, 3, 3 + i, i))];
        Sequence[] fresh = [.. Enumerable.Range(0, 7).Select(i => Sequence(5, 3, 9 - i, 10 + i))];
        Weights[] weights = [Weights(5, 4, 3, 1), Weights(5, 4, 3, 2)];
        JsonElement training = Data(Explorers.Training([(0, weights[0]), (4, weights[1])], seen, fresh));
        JsonElement without = Data(Explorers.Training([(0, weights[0]), (4, weights[1])], seen));
        for (int i = 0; i < 2; i++)
        {
            double Mean(Sequence[] sequences) => sequences.Average(one => RecurrentNetwork.Backward(
                one.X, one.Y, RecurrentNetwork.Forward(one.X, weights[i]), weights[i]).Loss);
            Close.To(Mean(seen), training.At("stages")[i].Number("seen"), 1e-12, "seen");
            Close.To(Mean(fresh), training.At("stages")[i].Number("fresh"), 1e-12, "fresh");
            Assert.Equal(JsonValueKind.Null, without.At("stages")[i].At("fresh").ValueKind);
        }

        Assert.Equal((6, 6, 0),
            (training.At("seen").GetArrayLength(), training.At("fresh").GetArrayLength(), without.At("fresh").GetArrayLength()));
        Assert.Equal(["0", "1", "2"], training.Texts("answers"));
        Same(seen[5], training.At("seen")[5]);
    }

    /// <summary>Whoever goes on training with the same matrices changes no figure that stands.</summary>
    [Fact]
    public void Arguments_may_be_changed_afterwards()
    {
        (Sequence sequence, Weights weights) = (Sequence(3, 3, 4, 1), Weights(3, 4, 3, 2));
        double[] logits = [1, 2];
        string[] labels = ["a", "b"], answers = ["a", "b", "c"];
        List<(int, Weights)> stages = [(0, weights), (1, weights)];
        List<Sequence> sequences = [sequence], fresh = [sequence];
        Explorer[] explorers =
        [
            Explorers.Softmax(logits, labels), Explorers.Network(sequence, weights), Explorers.Nudge(sequence, weights),
            Explorers.Training(stages, sequences, fresh, answers), Explorers.Text(weights, "^ab", ".ab"),
            Explorers.ThroughTime(weights, sequence),
        ];
        string[] before = [.. explorers.Select(explorer => explorer.ToHtml() + explorer)];

        (logits[0], labels[0], answers[0]) = (7, "z", "z");
        stages.Clear();
        sequences.Clear();
        fresh.Clear();
        foreach (Matrix<double> matrix in (Matrix<double>[])[sequence.X, sequence.Y, weights.Wh, weights.Wx, weights.Wy])
            matrix.MapInplace(_ => 9, Zeros.Include);
        foreach (Vector<double> vector in (Vector<double>[])[weights.Bh, weights.By])
            vector.MapInplace(_ => 9, Zeros.Include);

        Assert.Equal(before, explorers.Select(explorer => explorer.ToHtml() + explorer));
    }

    /// <summary>What is given as a stream is read once.</summary>
    [Fact]
    public void Its_arguments_are_enumerated_once()
    {
        int scores = 0, stages = 0;
        IEnumerable<double> Scores()
        {
            scores++;
            yield return 1;
        }

        IEnumerable<(int, Weights)> Stages()
        {
            stages++;
            yield return (0, Weights(3, 4, 3, 1));
            yield return (1, Weights(3, 4, 3, 2));
        }

        Assert.NotEmpty(Explorers.Softmax(Scores()).ToHtml());
        Assert.NotEmpty(Explorers.Training(Stages(), [Sequence(3, 3, 4, 1)]).ToHtml());
        Assert.Equal((1, 1), (scores, stages));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_computers_language_does_not_matter(string kind)
    {
        Explorer here = Samples[kind]();
        CultureInfo before = CultureInfo.CurrentCulture, german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        // As de-DE has them; the tests run without the data of other cultures.
        (german.NumberFormat.NumberDecimalSeparator, german.NumberFormat.NumberGroupSeparator) = (",", ".");
        german.NumberFormat.NegativeSign = "−";
        try
        {
            CultureInfo.CurrentCulture = german;
            Assert.Equal("−0,5", $"{-0.5}");
            Explorer there = Samples[kind]();
            Assert.Equal(here.ToHtml(), there.ToHtml());
            Assert.Equal(here.ToString(), there.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>So that a page runs each once, and a notebook's differences show what changed in it.</summary>
    [Fact]
    public void Scripts_are_the_same_text_for_all_explorers_of_a_kind_and_the_first_for_all()
    {
        string[] one = Scripts(Explorers.Softmax([1]).ToHtml()), other = Scripts(Explorers.Softmax([2, 3], "a", "b").ToHtml());
        Assert.Equal(one, other);
        Assert.Single(Samples.Values.Select(make => Scripts(make().ToHtml())[0]).Distinct());
        Assert.Equal(Samples.Count, Samples.Values.Select(make => Scripts(make().ToHtml())[1]).Distinct().Count());
    }

    /// <summary>In a page where nothing waits: they run, twice too, and leave one global behind.</summary>
    [Fact]
    public void All_scripts_run_and_leave_one_global_in_the_page()
    {
        using Engine engine = new();
        engine.Execute(Page);
        string Globals() => engine.Evaluate("Object.getOwnPropertyNames(globalThis).sort().join()").AsString();
        string before = Globals();
        foreach (Func<Explorer> make in Samples.Values.Concat(Samples.Values))
        {
            foreach (string script in Scripts(make().ToHtml()))
                engine.Execute(script);
        }

        Assert.Equal(before, Globals());
        Assert.Equal("rnnExplorers", engine.Evaluate("Object.keys(window).join()").AsString());
        Assert.Equal(1, engine.Evaluate("Object.keys(window.rnnExplorers).length").AsNumber());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_script_touches_another_global(string kind)
    {
        string scripts = string.Join('\n', Scripts(Samples[kind]().ToHtml()));
        Assert.All(
            Regex.Matches(scripts, @"(?<![.\w])(window|globalThis|self|top|parent)(\.\w+|\[)"),
            match => Assert.Matches(@"^window\.(rnnExplorers|\w+Observer)$", match.Value));
        Assert.DoesNotMatch(@"(?<![.\w])(localStorage|sessionStorage|indexedDB|document\.cookie|location)\b", scripts);
        // A name without a declaration would be the page's.
        Assert.Empty(Undeclared.In(scripts));
    }

    [Fact]
    public void It_may_be_made_by_several_threads_at_once()
    {
        string expected = Samples["network"]().ToHtml();
        string[] made = new string[16];
        Parallel.For(0, made.Length, i => made[i] = Samples["network"]().ToHtml());
        Assert.All(made, html => Assert.Equal(expected, html));
    }

    private static void DescriptionStands(Explorer explorer)
    {
        string html = explorer.ToHtml(), description = explorer.ToString();
        Assert.Equal(description, description.ReplaceLineEndings(""));
        Assert.Equal(description, WebUtility.HtmlDecode(Regex.Match(html, "aria-label=\"([^\"]*)\"").Groups[1].Value));
        Match shown = Regex.Match(html, "<div class=\"rnn-explorer-static\"><p>([^<]*)</p></div>");
        Assert.Equal(description, WebUtility.HtmlDecode(shown.Groups[1].Value));
    }

    private static string[] Scripts(string html) =>
        [.. OwnScript.Matches(html).Select(match => match.Groups[1].Value)];

    private static JsonElement Data(Explorer explorer) =>
        JsonElement.Parse(Assert.Single(JsonScript.Matches(explorer.ToHtml())).Groups[1].Value);

    private static Weights Weights(int input, int hidden, int output, int seed) =>
        TestData.Weights(input, hidden, output, 0.7, seed);

    private static Sequence Sequence(int input, int output, int steps, int seed)
    {
        Random random = new(seed);
        Matrix<double> x = TestData.Matrix(random, steps, input);
        return new Sequence(x, TestData.OneHot(Matrix<double>.Build.Dense(steps, 1, (_, _) => random.Next(output)), output));
    }

    private static Weights Copy(Weights weights) =>
        new(weights.Wh.Clone(), weights.Wx.Clone(), weights.Wy.Clone(), weights.Bh.Clone(), weights.By.Clone());

    private static long[] Bits(IEnumerable<double> numbers) => [.. numbers.Select(BitConverter.DoubleToInt64Bits)];

    private static void Same(Weights expected, JsonElement actual) =>
        Assert.Equal(
            Entries.Of(expected).Select(entry => (entry.Name, BitConverter.DoubleToInt64Bits(entry.Value))),
            Entries.Of(NetworkScript.Weights(actual)).Select(entry => (entry.Name, BitConverter.DoubleToInt64Bits(entry.Value))));

    private static void Same(Sequence expected, JsonElement actual)
    {
        Assert.Equal(Bits(expected.X.ToRowMajorArray()), Bits(actual.At("x").Matrix().ToRowMajorArray()));
        Assert.Equal(Bits(expected.Y.ToRowMajorArray()), Bits(actual.At("y").Matrix().ToRowMajorArray()));
    }

    [GeneratedRegex("""<script class="rnn-explorer-script">\n(.*?)\n</script>""", RegexOptions.Singleline)]
    private static partial Regex OwnScript { get; }

    [GeneratedRegex("""<script type="application/json">(.*?)</script>""", RegexOptions.Singleline)]
    private static partial Regex JsonScript { get; }
}
