using Rnn.Runner.Programs;
using static Rnn.Testing.Notebooks;

namespace Rnn.Runner.Tests;

/// <summary>Lessons as programs: what becomes of their texts and their code. That they run, CI tries with all of them.</summary>
public sealed class ScriptTests
{
    [Fact]
    public void Prose_becomes_comments_and_code_stays_as_it_is()
    {
        string program = Program(
            Markdown("# A title\n\nThe *first* text, with `code` and [a link](https://here.org/x).\n\n- one\n- two"),
            Code("using System.Text;\nusing System.IO;\n\n// A comment.\nint n = 1;\n\n\nif (n > 0)\n    Console.WriteLine(n);"),
            Markdown("## A section\n\n| a | bc |\n|---|---|\n| 1 | 2 |\n\n```\nx  y\n```"),
            Code("StringBuilder text = new();"));
        Assert.Equal(
            """
            // A title

            // The first text, with `code` and a link (https://here.org/x).
            //
            // - one
            // - two

            // A comment.
            int n = 1;


            if (n > 0)
                Console.WriteLine(n);

            // A section

            //     a  bc
            //     -  --
            //     1  2
            //
            //     x  y

            StringBuilder text = new();

            """.ReplaceLineEndings("\n"),
            Body(program, "using System.Text;\n\n"));
    }

    [Fact]
    public void A_program_says_what_it_is_and_how_it_is_built()
    {
        string head = Program(Code("1")).Split("\n\n")[0];
        Assert.StartsWith("// n.ipynb as one program:\n//\n//     dotnet run n.cs\n//\n", head, StringComparison.Ordinal);
        Assert.Contains("\n#:property Nullable=disable\n", head, StringComparison.Ordinal);
        Assert.Contains("\n#:property RunWorkingDirectory=..\n", head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"text\"", "Console.WriteLine(\"text\");")]
    [InlineData("1 + 1", "Console.WriteLine(1 + 1);")]
    [InlineData("new[] { 1, 2 }", "Console.WriteLine(string.Join(\", \", new[] { 1, 2 }));")]
    [InlineData("Console.WriteLine()", "Console.WriteLine();")]
    [InlineData("int n = 2;\nn // the value", "int n = 2;\nConsole.WriteLine(n); // the value")]
    public void The_value_of_a_cell_is_printed(string source, string code) =>
        Assert.Equal($"{code}\n", Body(Program(Code(source))));

    [Fact]
    public void What_a_notebook_draws_goes_into_a_page_below_the_headings()
    {
        string program = Lesson(
            "01-test",
            Markdown("# Charts \"here\"\n\n![A picture.](images/x.svg) [Text](README.md#there).\n\n### Deeper"),
            Code("#r \"../lib/Rnn/bin/MathNet.Numerics.dll\"\n#r \"../lib/Rnn/bin/Rnn.dll\"\n"
                + "#r \"../lib/Rnn.Display/bin/Rnn.Display.dll\"\nusing Rnn.Display;\n\n"
                + "Explorers.Softmax([1, 2]).Display();\nvar softmax = Explorers.Softmax([1, 3]);\nsoftmax"),
            Code("true ? Charts.Table([\"a\"], [[1]]) : null"));
        Assert.Contains("\n#:project ../../lib/Rnn\n#:project ../../lib/Rnn.Display\n", program, StringComparison.Ordinal);
        Assert.Contains("\n#:property RunWorkingDirectory=../../notebooks\n", program, StringComparison.Ordinal);
        Assert.Equal(
            """
            using Rnn.Display;
            using Rnn.Display.Programs;

            Page.Heading("Charts \"here\"", level: 1);

            // [A picture. See notebooks/images/x.svg.] Text (notebooks/README.md).

            Page.Heading("Deeper", level: 3);

            Explorers.Softmax([1, 2]).Display();
            var softmax = Explorers.Softmax([1, 3]);
            softmax.Display();

            (true ? Charts.Table(["a"], [[1]]) : null).Display();

            Page.Open();

            """.ReplaceLineEndings("\n"),
            Body(program));
    }

    [Fact]
    public void What_loads_the_libraries_goes_with_its_comment_and_so_does_the_text_for_editors()
    {
        string program = Lesson(
            "01-test",
            Identified("set-up", Markdown("## Set-up\n\nRestart the kernel.")),
            Code("// Loads it.\n#r \"../lib/Rnn/bin/Rnn.dll\"\nusing Rnn;\n\n// Ready.\nint n = 1;"));
        Assert.Equal("using Rnn;\n\n// Set-up\n\n// Ready.\nint n = 1;\n", Body(program));
    }

    [Fact]
    public void Types_stand_at_the_end_with_their_comments()
    {
        string program = Program(
            Code("int n = 1;\n\n// A pair.\nrecord Pair(int A, int B);\n\nPair both = new(n, n);"),
            Code("#line hidden\nenum Kind { One }\n#line default"));
        Assert.Equal(
            """
            // The type Pair stands at the end, as types must.

            int n = 1;

            Pair both = new(n, n);

            // The type Kind stands at the end, as types must.

            // A pair.
            record Pair(int A, int B);

            enum Kind { One }

            """.ReplaceLineEndings("\n"),
            Body(program));
    }

    [Fact]
    public void What_a_type_uses_becomes_a_member_with_the_type_that_the_compiler_knows()
    {
        string program = Program(
            Code("var scale = 2.0;\nconst int most = 9;\nvar (low, high) = (1, \"x\");\nint unused = 3, used = 4;"),
            Code("// Twice.\ndouble Scaled(double x) => x * scale + Inner();\ndouble Inner() => used;\nvoid Other() { }"),
            Code("class Box\n{\n    public double Size => Scaled(most) + high.Length;\n    public string Text = @\"a\nb\";\n}"),
            Code("Console.WriteLine(new Box().Size + low + unused);\nOther();"));
        Assert.Equal(
            """
            scale = 2.0;

            (var low, high) = (1, "x");
            int unused = 3;
            used = 4;

            void Other() { }

            // The type Box stands at the end, as types must.

            Console.WriteLine(new Box().Size + low + unused);
            Other();

            partial class Program
            {
                static double scale;

                const int most = 9;

                static string high;

                static int used;

                // Twice.
                static double Scaled(double x) => x * scale + Inner();

                static double Inner() => used;

                class Box
                {
                    public double Size => Scaled(most) + high.Length;
                    public string Text = @"a
            b";
                }
            }

            """.ReplaceLineEndings("\n"),
            Body(program));
    }

    [Theory]
    [InlineData("string n = \"\";", "cell 2 (cell-2): error CS0128")]
    [InlineData("void F(int x) { }\nvoid F(string x) { }", "cell 2 (cell-2): error CS0128")]
    [InlineData("foreach (int n in new[] { 1 }) { }", "cell 2 (cell-2): error CS0136")]
    public void A_name_that_is_declared_twice_is_refused_with_what_to_do(string second, string place)
    {
        string message = Assert.Throws<NotebookException>(() => Program(Code("int n = 1;"), Code(second))).Message;
        Assert.StartsWith($"n.ipynb, {place}: ", message, StringComparison.Ordinal);
        Assert.Contains($"In '{second.Split('\n')[^1]}': ", message, StringComparison.Ordinal);
        Assert.EndsWith("rename one of the two", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#r \"nuget: Some.Package, 1.0.0\"", "names a package")]
    [InlineData("#r \"/none.dll\"", "is not there; run 'dotnet build' first")]
    [InlineData("int n = \"text\";", "error CS0029")]
    [InlineData("// Nothing.", "it has no code to make a program of")]
    public void What_is_no_program_is_refused(string source, string why) =>
        Assert.Contains(
            why, Assert.Throws<NotebookException>(() => Program(Code(source))).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_nested_too_deeply_is_refused_as_code_and_stays_as_it_is_as_text()
    {
        string deep = new('(', 500), quoted = new('>', 2000);
        Assert.EndsWith(
            "nested too deeply for the compiler",
            Assert.Throws<NotebookException>(() => Program(Code(deep + "1" + new string(')', 500)))).Message,
            StringComparison.Ordinal);
        Assert.EndsWith($"// {quoted} x\n", Program(Code("int n;"), Markdown($"{quoted} x")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"\text{softmax}(x)_k = \frac{e^{x_k}}{\sum_j e^{x_j}}", "softmax(x)_k = e^(x_k)/(Σ_j e^(x_j))")]
    [InlineData(@"h_t = \tanh(x_t W_x + h_{t-1} W_h + b_h)", "h_t = tanh(x_t W_x + h_(t-1) W_h + b_h)")]
    [InlineData(@"dh^{\text{raw}}_t = (1 - h_t^2) \odot dh_t", "dh_t^raw = (1 - h_t^2) ⊙ dh_t")]
    [InlineData(@"-1 < \tanh z < 1", "-1 < tanh z < 1")]
    [InlineData(@"\frac{1}{2}, \frac{a - b}{2\,\varepsilon}", "1/2, (a - b)/(2 ε)")]
    [InlineData(@"x = 1, \qquad y = W_h^\top", "x = 1\ny = W_h^T")]
    [InlineData(@"\begin{aligned} a &= -b \\ &= \sum_{i=0}^n c_{i,j} \end{aligned}", "a = -b\n= Σ_(i=0)^n c_(i,j)")]
    [InlineData(@"\unknown{x}", @"\unknown{x}")]
    public void A_formula_is_written_as_one_writes_it_in_a_line(string tex, string text) =>
        Assert.Equal(text, PlainFormula.Of(tex, display: true));

    [Fact]
    public void Text_is_wrapped_to_the_width_of_the_code()
    {
        string body = Body(Program(Code("int n;"), Markdown($"1. {string.Join(' ', Enumerable.Repeat("word", 60))}\n2. end")));
        string[] lines = body.Split("\n\n")[1].Trim().Split('\n');
        Assert.Equal(5, lines.Length);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 90));
        Assert.All(lines[1..4], line => Assert.StartsWith("//    word", line, StringComparison.Ordinal));
    }

    private static JsonObject Identified(string id, JsonObject cell)
    {
        cell["id"] = id;
        return cell;
    }

    /// <summary>The program of a notebook beside nothing.</summary>
    private static string Program(params JsonObject[] cells) => LessonProgram.Of(Parse(Of(cells)), Path.GetFullPath("to/n.cs"));

    /// <summary>The program of a notebook that stands among the lessons.</summary>
    private static string Lesson(string name, params JsonObject[] cells) => LessonProgram.Of(
        NotebookFile.Parse(Encoding.UTF8.GetBytes(Of(cells)), Repo.Path("notebooks", $"{name}.ipynb"), $"{name}.ipynb"),
        Repo.Path("artifacts", "scripts", $"{name}.cs"));

    /// <summary>What comes below the lines that say how the program is built, and after what it begins with.</summary>
    private static string Body(string program, string begin = "")
    {
        string body = program[(program.IndexOf("\n\n", StringComparison.Ordinal) + 2)..];
        Assert.StartsWith(begin, body, StringComparison.Ordinal);
        return body[begin.Length..];
    }
}
