namespace Lessons.Tests;

/// <summary>
/// The cheat sheet says what lesson 01 says: its C# is the lesson's, its calls run, its shapes are those of what they return.
/// </summary>
[Collection(ProcessWide.Name)]
public sealed partial class CheatSheetTests
{
    private const int T = 7, Input = 2, Hidden = 3, Output = 5;

    /// <summary>What has the shape that the sheet gives a symbol.</summary>
    private static readonly Dictionary<string, string> Tensors = new()
    {
        ["X"] = "X",
        ["h"] = "pass.H",
        ["y"] = "pass.Y",
        [@"y^{\text{true}}"] = "yTrue",
        ["W_x"] = "weights.Wx",
        ["W_h"] = "weights.Wh",
        ["W_y"] = "weights.Wy",
        ["b_h"] = "weights.Bh",
        ["b_y"] = "weights.By",
        ["x"] = "x",
        ["x_t"] = "X.Row(1)",
        ["h_{t-1}"] = "pass.H.Row(0)",
        ["h_t"] = "pass.H.Row(1)",
        ["y_t"] = "pass.Y.Row(1)",
        ["dy_t"] = "dy",
        ["dh_t"] = "weights.Wy * dy",
        [@"dh^{\text{raw}}_t"] = "back.Gradients.Bh",
        ["dW_x"] = "back.Gradients.Wx",
        ["dW_h"] = "back.Gradients.Wh",
        ["dW_y"] = "back.Gradients.Wy",
    };

    private static readonly string Sheet = File.ReadAllText(Repo.Path("notebooks", "cheat-sheet.md"));

    private static readonly NotebookFile Lesson = Lessons.Read("01-rnn-from-scratch.ipynb");

    /// <summary>The lines of each of the sheet's pieces of C#.</summary>
    private static string[][] Code =>
        [.. CodeBlock.Matches(Sheet).Select(match => match.Groups["code"].Value.Trim().Split('\n'))];

    [Fact]
    public void Every_line_of_its_code_is_one_of_the_lesson_in_the_same_order()
    {
        Assert.Equal(5, Code.Length);
        Lessons.AssertNone(
            from block in Code
            let lines = block.Where(line => !line.StartsWith("//", StringComparison.Ordinal)).ToArray()
            where lines.Length == 0 || !Lesson.CodeCells.Any(cell => Lines(cell).Intersect(lines).SequenceEqual(lines))
            select $"notebooks/cheat-sheet.md: no cell of lesson 01 has these lines:\n{string.Join('\n', lines)}");
    }

    /// <summary>The lesson says the loss and the sums of the gradients in words.</summary>
    [Fact]
    public void Its_formulas_are_those_that_the_lesson_shows()
    {
        string prose = string.Join('\n', Lesson.Cells.Where(cell => cell.Type == "markdown").Select(cell => cell.Source));
        string[] formulas = [.. Formula.Matches(Sheet).Select(match => match.Value)];
        Assert.Equal(6, formulas.Length);
        string[] others = [.. formulas.Where(formula => !prose.Contains(formula, StringComparison.Ordinal))];
        Assert.Equal(2, others.Length);
        Assert.StartsWith(@"$$\text{loss}", others[0], StringComparison.Ordinal);
        Assert.StartsWith(@"$$\begin{aligned} dW_y", others[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Its_calls_run_and_every_shape_is_that_of_what_they_return()
    {
        string[] calls =
            [.. Code.Select(block => Assert.Single(block, line => line.StartsWith("// ", StringComparison.Ordinal))[3..])];
        (string Symbol, string Shape)[] said =
            [.. SymbolWithShape.Matches(Sheet).Select(match => (match.Groups["symbol"].Value, match.Groups["shape"].Value))];
        Assert.Equal(Tensors.Keys.Order(), said.Select(each => each.Symbol).Distinct().Order());

        KernelSession session = new(Lesson.Path, Lesson.Name);
        Run(Lesson.Find("setup")!.Source);
        string shapes = Run(
            $$"""
            NumPyRandom dice = new(1);
            Weights weights = RecurrentNetwork.InitializeWeights({{Input}}, {{Hidden}}, {{Output}}, dice);
            Matrix X = dice.Rand({{T}}, {{Input}}), x = dice.Rand({{T}}, {{Output}}), yTrue = RecurrentNetwork.Softmax(x);
            Sequence[] sequences = [new(X, yTrue)];
            TrainingOptions options = new() { Random = dice };
            ForwardPass pass = RecurrentNetwork.Forward(X, weights);
            BackwardPass back = RecurrentNetwork.Backward(X, yTrue, pass, weights);
            Vector dy = pass.Y.Row(1) - yTrue.Row(1);
            {{string.Concat(calls.Select((call, i) => $"var call{i} = {call};\n"))}}
            string Shape(object tensor) =>
                tensor is Matrix matrix ? $"{matrix.RowCount}, {matrix.ColumnCount}" : $"{((Vector)tensor).Count}";
            {{string.Concat(said.Select(each => $"Console.WriteLine(Shape({Tensors[each.Symbol]}));\n"))}}
            """);
        Assert.Equal(
            said.Select(each => $"{each.Symbol} ({Sizes(each.Shape)})"),
            said.Zip(shapes.TrimEnd().Split('\n'), (each, shape) => $"{each.Symbol} ({shape})"));

        string Run(string source)
        {
            CellResult result = session.Run(new CellRequest("sheet", 1, source, 1), _ => { });
            Assert.True(result.Failure is null, string.Join('\n', result.Failure?.Messages ?? []));
            return Lessons.Shown(result.Outputs);
        }
    }

    private static IEnumerable<string> Lines(Cell cell) =>
        cell.Source.Split('\n').Select(line => Comment.Replace(line, "").Trim());

    private static string Sizes(string shape) =>
        shape.Replace("input", $"{Input}", StringComparison.Ordinal).Replace("hidden", $"{Hidden}", StringComparison.Ordinal)
            .Replace("output", $"{Output}", StringComparison.Ordinal).Replace("T", $"{T}", StringComparison.Ordinal);

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)] private static partial Regex CodeBlock { get; }

    [GeneratedRegex(@"^\$\$.+\$\$$", RegexOptions.Multiline)] private static partial Regex Formula { get; }

    [GeneratedRegex(@"\$(?<symbol>[^$]+)\$ \((?<shape>(?:T|input|hidden|output)(?:, (?:input|hidden|output))?)\)")]
    private static partial Regex SymbolWithShape { get; }

    [GeneratedRegex("//.*")] private static partial Regex Comment { get; }
}
