using System.Text.RegularExpressions;
using static Rnn.Testing.Notebooks;

namespace Rnn.Runner.Tests;

/// <summary>Ten thousand damaged notebooks: each is used to the end, or refused in one line with the place.</summary>
public sealed partial class FuzzTests(ITestOutputHelper log)
{
    private const int Count = 10_000;

    /// <summary>What can stand in the place of any value.</summary>
    private static readonly string[] Values =
    [
        "null", "7", "-1.5e300", "true", "\"\"", "\"\\ud800\"", "\"\\udc00x\"", "\"\\u0000\\u001b[31m\"", "[]", "{}", "[7]",
        "[[\"a\"]]", "{\"data\":7}", "[\"a\\n\",7]", "[\"a\\n\",\"b\"]", Nested(100), Nested(600), "{\"a\":1,\"a\":2}",
        "99999999999",
        $"\"{new string('>', 3000)}\"", "\"[x](a%00b)\"", "\"```\\nx\\n```\"",
        "\"text/html\"", "\"code\"", "\"markdown\"", "\"@\"",
    ];

    private static readonly string Whole = Of(
        Markdown(
            "# A\n\n![p](attachment:a.png) [b](b.ipynb#x)\n\n```\nno language\n```\n\n$$\\frac{1}{2}$$\n\n| a |\n| - |\n| 1 |"),
        With(
            Code("// first\n#r \"../none.dll\"\nConsole.WriteLine(1);", "volatile", "optional"),
            """[{"name":"stdout","output_type":"stream","text":["1\n","2"]}]"""),
        With(
            Code("display(1)"),
            """
            [{"data":{"text/html":["<b>1</b>"],"application/json":{"a":[1]}},"metadata":{"x":1},"output_type":"display_data"},
             {"data":{"text/plain":"2","image/png":"iVBORw0K"},"execution_count":2,"metadata":{},"output_type":"execute_result"},
             {"ename":"E","evalue":"v","output_type":"error","traceback":[]}]
            """));

    [Fact]
    public void A_damaged_notebook_is_used_to_the_end_or_refused_in_one_line()
    {
        Random random = new(11);
        int refused = 0;
        for (int i = 0; i < Count; i++)
        {
            byte[] bytes = Damaged(Encoding.UTF8.GetBytes(Whole), random);
            if (i % 4 == 0)
                bytes = Damaged(bytes, random);
            try
            {
                Use(NotebookFile.Parse(bytes, Path.GetFullPath("n.ipynb"), "n.ipynb"));
            }
            catch (NotebookException e)
            {
                refused++;
                Assert.StartsWith("n.ipynb, line ", e.Message, StringComparison.Ordinal);
                Assert.DoesNotContain('\n', e.Message);
            }
            catch (Exception e) when (e is not Xunit.Sdk.IAssertionException)
            {
                Assert.Fail($"notebook {i}: {e}\n{Encoding.UTF8.GetString(bytes)}");
            }
        }

        log.WriteLine($"{Count} notebooks, {refused} of them refused");
        Assert.InRange(refused, Count / 10, 9 * Count / 10);
    }

    /// <summary>What markdown is made of, and what is too much of it.</summary>
    private static readonly string[] Pieces =
    [
        "# ", "## a", "\n", "\n\n", "> ", "- ", "1. ", "| a | b |\n|---|---|\n", "```", "```csharp\n", "`", "$", "$$",
        "\\frac{", "}", "{", "^", "_", "\\begin{aligned}", "\\left(", "[", "](", ")", "![", "[^1]", "[^1]: ", "<div>", "</div>",
        "<a href=\"", "\">", "&amp;", "&", "<", "\ud83d\ude00", "\0", "\t", "a%00b", "attachment:a.png", "x", "**", "~~",
        "- [ ] ", "http://a.b", "<!--", "]]>", "\u2028", "$\\text{", "\uF500", string.Concat(Enumerable.Repeat("- ", 500)),
        string.Concat(Enumerable.Repeat("<b>", 6000)), .. ">[{(*-` ".Select(each => new string(each, 3000)),
    ];

    private static readonly string[] Codes =
    [
        new('(', 50_000), new('{', 50_000), new('"', 9_999), "\0", "#r \"\0\"", "#r \"a%00b.dll\"", "\"\"\"", "$\"{{{", "/*",
        "\ud83d\ude00",
    ];

    /// <summary>Text of every kind where text can stand becomes a page, whatever it is.</summary>
    [Fact]
    public void Any_text_becomes_a_page()
    {
        Random random = new(12);
        int pages = 0;
        foreach (string piece in Pieces)
            Render(piece, "1");
        for (; pages < 1_500; pages++)
            Render(string.Concat(random.GetItems(Pieces, random.Next(1, 12))), "1");
        foreach (string code in Codes)
            Render("x", code);
        log.WriteLine($"{pages} pages of {Pieces.Length} pieces");

        void Render(string text, string code)
        {
            JsonObject[] outputs = [.. ((string[])["text/markdown", "text/latex", "image/png", "application/json"]).Select(mime =>
                Outputs.Display([KeyValuePair.Create(mime, mime == "application/json" ? "7" : text)]))];
            outputs[3]["data"] = random.Next(2) == 0 ? 7 : null;
            NotebookFile notebook = Parse(Of(Markdown(text), Code(code)));
            try
            {
                Assert.NotEmpty(NotebookPage.Render(
                    notebook, notebook.CodeCells.ToDictionary(cell => cell.Id, _ => new CellResult(outputs, 1)),
                    Path.GetFullPath("n.html"), new HashSet<string>(), _ => { }));
            }
            catch (Exception e)
            {
                Assert.Fail($"{JsonSerializer.Serialize(text.Length > 500 ? text[..500] : text)}: {e}");
            }
        }
    }

    /// <summary>All that the runner does with a notebook, but for running and rendering it.</summary>
    private static void Use(NotebookFile notebook)
    {
        Progress progress = new(TextWriter.Null, TextWriter.Null);
        foreach (Cell cell in notebook.CodeCells)
        {
            _ = cell.HasTag("volatile");
            progress.Cell(notebook, cell);
            foreach (JsonObject output in cell.Outputs)
                progress.Shown(output);
            _ = Comparison.Differences(cell, [Outputs.Stream("stdout", "1\n2")], 1).ToArray();
        }

        _ = PortableCopy.Of(notebook);
        _ = NuGetReferences.In(notebook);
        byte[] written = notebook.With(notebook.CodeCells.ToDictionary(
            cell => cell.Id,
            cell => ((IReadOnlyList<JsonObject>)[.. cell.Outputs, Outputs.Stream("stdout", "\ud800x")], (int?)7)));
        Assert.All(
            NotebookFile.Parse(written, notebook.Path, notebook.Name).CodeCells, cell => Assert.Equal(7, cell.ExecutionCount));
    }

    private static byte[] Damaged(byte[] bytes, Random random)
    {
        if (bytes.Length == 0)
            return bytes;
        int at = random.Next(bytes.Length), length = Math.Min(random.Next(1, 40), bytes.Length - at);
        if (random.Next(4) > 0)
        {
            string text = Encoding.UTF8.GetString(bytes);
            Match[] places = [.. Value.Matches(text).Cast<Match>()];
            if (places.Length > 0)
            {
                Group place = places[random.Next(places.Length)].Groups[1];
                string value = Values[random.Next(Values.Length)];
                return Encoding.UTF8.GetBytes(text[..place.Index] + value + text[(place.Index + place.Length)..]);
            }
        }

        return random.Next(4) switch
        {
            0 => [.. bytes[..at], .. bytes[(at + length)..]],
            1 => [.. bytes[..(at + length)], .. bytes[at..]],
            2 => bytes[..at],
            _ => [.. bytes[..at], (byte)random.Next(256), .. bytes[(at + 1)..]],
        };
    }

    private static JsonObject With(JsonObject cell, string outputs)
    {
        cell["outputs"] = JsonNode.Parse(outputs);
        return cell;
    }

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    /// <summary>A value of an object or an array, as long as it stands on one line.</summary>
    [GeneratedRegex(
        """(?<!_type"|"id"|"nbformat\w*"|"execution_count")(?:: |^ +)("(?:[^"\\]|\\.)*"|-?[0-9.e]+|null|\{\}|\[\])""",
        RegexOptions.Multiline)]
    private static partial Regex Value { get; }
}
