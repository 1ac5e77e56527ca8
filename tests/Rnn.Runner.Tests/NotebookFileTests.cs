using CsCheck;

namespace Rnn.Runner.Tests;

public class NotebookFileTests
{
    /// <summary>Text with what JSON, line splitting and UTF-8 could stumble over.</summary>
    private static readonly Gen<string> Texts =
        Gen.OneOf(
            "a", "\n", "\"", "\\", "<b>", "&", "'", "+", "é", "𝛿", "\u2028", "\u0001", "\t", "\r", "\b", "\f", "\u007f", "{",
            "]", ",", ":", " ").Array[0, 12]
            .Select(string.Concat);

    private static readonly Gen<JsonObject> AnyOutput = Gen.OneOf(
        Texts.Select(text => Outputs.Stream("stdout", text)),
        Gen.Select(Texts, Texts)
            .Select((a, b) => Outputs.Display([KeyValuePair.Create("text/html", a), KeyValuePair.Create("text/plain", b)])),
        Gen.Select(Texts, Gen.Int[1, 99])
            .Select((text, count) => Outputs.Result([KeyValuePair.Create("text/plain", text)], count)));

    private static readonly Gen<(JsonObject[] Outputs, int? Count)> Results =
        Gen.Select(AnyOutput.Array[0, 3], Gen.Int[-1, 20]).Select((outputs, count) => (outputs, count < 0 ? null : (int?)count));

    /// <summary>
    /// A notebook as a stranger's tool might lay it out, in pieces: between each two of them stands what the runner may change,
    /// the outputs and the execution count of each cell by turns.
    /// </summary>
    private static readonly Gen<(string[] Pieces, int Cells, bool Bom)> AnyLayout =
        Gen.Select(
            Gen.Int[1, 4], Gen.OneOf("", " ", "  ", "    ", "\t"), Gen.OneOf("\n", "\r\n", " ", ""), Gen.OneOf(": ", ":", " : "),
            Gen.Bool, Gen.OneOf("", "\n", "\r\n", " \n\n"), Gen.Bool)
            .Select((cells, unit, newLine, colon, countFirst, end, bom) =>
            {
                string Line(int depth) => newLine + (newLine.EndsWith('\n') ? string.Concat(Enumerable.Repeat(unit, depth)) : "");
                StringBuilder text = new();
                text.Append('{').Append(Line(1)).Append("\"unknown\"").Append(colon).Append("{\"b\":1.50e+3,\"a\":[ ]},")
                    .Append(Line(1)).Append("\"cells\"").Append(colon).Append('[');
                for (int i = 0; i < cells; i++)
                {
                    string count = $"\"execution_count\"{colon}\u0000,{Line(3)}";
                    string outputs = $"\"outputs\"{colon}\u0000,{Line(3)}";
                    text.Append(i == 0 ? "" : ",").Append(Line(2)).Append('{').Append(Line(3));
                    text.Append($"\"x-unknown\"{colon}\"\\u00e9\\/ü\",{Line(3)}\"cell_type\"{colon}\"code\",{Line(3)}");
                    text.Append(countFirst ? count : outputs).Append($"\"id\"{colon}\"c{i}\",{Line(3)}")
                        .Append(countFirst ? outputs : count);
                    text.Append(
                        $"\"metadata\"{colon}{{\"tags\"{colon}[ \"t\" ]}},{Line(3)}\"source\"{colon}[\"a\\n\", "
                            + $"\"\\u0062\"]{Line(2)}}}");
                }

                text.Append(Line(1)).Append("],").Append(Line(1))
                    .Append($"\"nbformat_minor\"{colon}5,{Line(1)}\"nbformat\"{colon}4,{Line(1)}\"metadata\"{colon}{{}}");
                text.Append(Line(0)).Append('}').Append(end);
                return (text.ToString().Split('\0'), cells, bom);
            });

    [Fact]
    public void After_writing_every_byte_outside_outputs_and_counts_is_as_it_was() =>
        Gen.Select(AnyLayout, Results.Array[4], Results.Array[4], Gen.Bool.Array[4]).Sample((layout, committed, fresh, isRun) =>
        {
            (string[] pieces, int cells, bool bom) = layout;
            (byte[] before, bool countFirst) = Fill(layout, committed);
            NotebookFile notebook = NotebookFile.Parse(before, "/n.ipynb", "n");
            byte[] after = notebook.With(
                Enumerable.Range(0, cells).Where(i => isRun[i])
                    .ToDictionary(i => $"c{i}", i => ((IReadOnlyList<JsonObject>)fresh[i].Outputs, fresh[i].Count)));

            // The pieces follow each other, and between them stands nothing but one JSON value, the right one.
            string rest = Encoding.UTF8.GetString(after);
            Assert.Equal(bom, rest.StartsWith('\uFEFF'));
            rest = rest.TrimStart('\uFEFF');
            for (int i = 0; i < cells; i++)
            {
                (JsonObject[] outputs, int? count) = isRun[i] ? fresh[i] : committed[i];
                foreach (bool isCount in new[] { countFirst, !countFirst })
                {
                    string piece = pieces[2 * i + (isCount == countFirst ? 0 : 1)];
                    Assert.StartsWith(piece, rest, StringComparison.Ordinal);
                    rest = rest[piece.Length..];
                    int end = rest.IndexOf(pieces[2 * i + (isCount == countFirst ? 1 : 2)], StringComparison.Ordinal);
                    JsonNode? value = JsonNode.Parse(rest[..end]);
                    if (isCount)
                        Assert.Equal(count, value?.GetValue<int>());
                    else
                        Assert.True(
                            Outputs.AreSame(
                                outputs,
                                [
                                    .. value!.AsArray().Select(
                                        each => Outputs.Normalise(System.Text.Json.JsonSerializer.SerializeToElement(each)))
                                ]));
                    rest = rest[end..];
                }
            }

            Assert.Equal(pieces[^1], rest);
        }, iter: 300);

    [Fact]
    public void Writing_what_the_notebook_says_already_changes_no_byte() =>
        Gen.Select(AnyLayout, Results.Array[4]).Sample((layout, committed) =>
        {
            (byte[] before, _) = Fill(layout, committed);
            byte[] after = NotebookFile.Parse(before, "/n.ipynb", "n").With(
                Enumerable.Range(0, layout.Cells)
                    .ToDictionary(i => $"c{i}", i => ((IReadOnlyList<JsonObject>)committed[i].Outputs, committed[i].Count)));
            Assert.Equal(before, after);
        }, iter: 100);

    [Fact]
    public void Outputs_are_laid_out_as_Jupyter_does()
    {
        string before = Notebooks.Of(Notebooks.Code("1"));
        Assert.Contains("\n   \"execution_count\": null,\n", before, StringComparison.Ordinal);
        NotebookFile notebook = Notebooks.Parse(before);
        string after = Encoding.UTF8.GetString(notebook.With(new Dictionary<string, (IReadOnlyList<JsonObject>, int?)>
        {
            ["cell-1"] = (
                [Outputs.Stream("stdout", "é <b>\n2\t'x'"), Outputs.Result([KeyValuePair.Create("text/plain", "")], 1)], 1),
        }));
        Assert.Equal(
            before
                .Replace("\"execution_count\": null", "\"execution_count\": 1", StringComparison.Ordinal)
                .Replace(
                    "\"outputs\": []",
                    """
                    "outputs": [
                        {
                         "name": "stdout",
                         "output_type": "stream",
                         "text": [
                          "é <b>\n",
                          "2\t'x'"
                         ]
                        },
                        {
                         "data": {
                          "text/plain": []
                         },
                         "execution_count": 1,
                         "metadata": {},
                         "output_type": "execute_result"
                        }
                       ]
                    """,
                    StringComparison.Ordinal),
            after);
    }

    [Theory]
    [InlineData("", "line 1, column 1: not valid JSON", false)]
    [InlineData("[]", "line 1, column 1: no notebook: its JSON is not an object", false)]
    [InlineData("\n []", "line 2, column 2: no notebook: its JSON is not an object", false)]
    [InlineData("{}", "line 1, column 1: no notebook: it has no \"nbformat\" and \"cells\"", false)]
    [InlineData("{\"cells\": [],\n \"nbformat\": 3, \"metadata\": {}}", "line 2, column 14: nbformat 3.0", true)]
    [InlineData("{\"cells\": [],\n \"nbformat\": \"4\"}", "line 2, column 14: $.nbformat must be an integer", true)]
    [
        InlineData(
            "{\"cells\": [], \"nbformat\": 4,\n \"nbformat_minor\": 5,\n \"metadata\": []}",
            "line 3, column 14: $.metadata must be an object", true)
    ]
    [
        InlineData(
            "{\"cells\": {}, \"nbformat\": 4, \"nbformat_minor\": 5, \"metadata\": {}}",
            "line 1, column 11: $.cells must be an array", true)
    ]
    [
        InlineData(
            "{\"cells\": [], \"nbformat\": 4, \"nbformat_minor\": 4, \"metadata\": {}}", "line 1, column 27: nbformat 4.4", true)
    ]
    [InlineData("{\"cells\": [],\n \"nbformat\": 4, \"nbformat_minor\": 5}", "line 1, column 1: $ has no \"metadata\"", true)]
    [InlineData("{\"cells\": [],\n \"nbformat\": 4, \"cells\": []}", "line 2, column 26: $ has \"cells\" twice", true)]
    [InlineData("{\"cells\": [\n  {\"é\": 1,}]}", "line 2, column 11: not valid JSON", false)]
    [InlineData("{\"cells\": [\n\n", "line 3, column 1: not valid JSON", false)]
    [
        InlineData(
            "{\"cells\": [\n\n3], \"nbformat\": 4, \"nbformat_minor\": 5, \"metadata\": {}}",
            "line 3, column 1: $.cells[0] must be an object", true)
    ]
    [
        InlineData(
            "{\"cells\": [], \"nbformat\": 4, \"nbformat_minor\": 5, \"metadata\": {}} x", "line 1, column 67: not valid JSON",
            false)
    ]
    [
        InlineData(
            "{\"cells\": [], \"nbformat\": 4,\n \"metadata\": {\"\\ud800\": 1}}",
            "line 2, column 25: not valid JSON: a string that is not valid Unicode", true)
    ]
    public void What_is_no_notebook_is_refused_with_the_place(string json, string expected, bool isNotebook)
    {
        NotebookException refusal = Assert.Throws<NotebookException>(() => Notebooks.Parse(json));
        Assert.StartsWith($"n.ipynb, {expected}", refusal.Message, StringComparison.Ordinal);
        // The reader's own idea of the place.
        Assert.DoesNotContain("LineNumber", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(isNotebook, refusal.IsNotebook);
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(201, "…")]
    public void A_long_message_is_cut(int length, string end)
    {
        const string Start = "$.cells[0].cell_type is \"", Rest = "\"; it must be code, markdown or raw";
        string type = new('x', length - Start.Length - Rest.Length);
        string message = Assert.Throws<NotebookException>(() => Notebooks.Parse(
            Notebooks.Of(Notebooks.Code("1")).Replace("\"code\"", $"\"{type}\"", StringComparison.Ordinal))).Message;
        string whole = $"{Start}{type}{Rest}";
        Assert.EndsWith($": {whole[..200]}{end}", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(510, true)]
    [InlineData(511, false)]
    public void What_others_keep_may_be_nested_510_deep(int depth, bool isRead)
    {
        string nested = new string('[', depth) + new string(']', depth);
        Func<NotebookFile> parse = () => Notebooks.Parse(
            $"{{\"cells\": [], \"nbformat\": 4, \"nbformat_minor\": 5, \"metadata\": {{\"a\": {nested}}}}}");
        if (isRead)
            Assert.Empty(parse().Cells);
        else
            Assert.Throws<NotebookException>(parse);
    }

    [Fact]
    public void Cells_of_every_type_are_read_and_those_of_code_are_counted()
    {
        JsonObject raw = Notebooks.Markdown("as it is");
        raw["cell_type"] = "raw";
        NotebookFile notebook = Notebooks.Parse(
            Notebooks.Of(Notebooks.Code("1"), raw, Notebooks.Markdown("# a"), Notebooks.Code("2")));
        Assert.Equal(
            [("code", 1), ("raw", 0), ("markdown", 0), ("code", 2)], notebook.Cells.Select(cell => (cell.Type, cell.Number)));
    }

    [Fact]
    public void A_file_may_begin_with_an_empty_line_and_keeps_its_line_ends()
    {
        foreach (string newLine in (string[])["\n", "\r\n"])
        {
            string before = $"{newLine} {Notebooks.Of(Notebooks.Code("1")).ReplaceLineEndings(newLine)}";
            string after = Encoding.UTF8.GetString(Notebooks.Parse(before).With(
                new Dictionary<string, (IReadOnlyList<JsonObject>, int?)>
                {
                    ["cell-1"] = ([Outputs.Stream("stdout", "a\nb")], 1),
                }));
            Assert.Equal(after.ReplaceLineEndings(newLine), after);
            Assert.Contains($"\"outputs\": [{newLine}    {{{newLine}     \"name\"", after, StringComparison.Ordinal);
            Assert.Equal("a\nb", Outputs.Text(Notebooks.Parse(after).Cells[0].Outputs[0]["text"]));
        }
    }

    [Fact]
    public void What_goes_wrong_in_a_cell_is_told_with_the_cell_and_else_with_the_notebook()
    {
        NotebookFile notebook = Notebooks.Parse(Notebooks.Of(Notebooks.Code("1")));
        Exception inCell = Assert.Throws<FormatException>(
            () => notebook.InCell<int>(notebook.Cells[0], () => throw new FormatException()));
        Assert.Equal("n.ipynb, cell 1 (cell-1)", notebook.PlaceOf(inCell));
        Assert.Equal("n.ipynb", notebook.PlaceOf(new FormatException()));
    }

    [Theory]
    [InlineData("\"id\": \"cell-1\"", "\"id\": \"cell 1\"", "$.cells[0].id is \"cell 1\"")]
    [InlineData("\"id\": \"cell-1\"", "\"id\": \"cell-2\"", "$.cells[1].id is \"cell-2\", as is an earlier cell's")]
    [InlineData("\"id\": \"cell-1\",", "", "$.cells[0] has no \"id\"")]
    [InlineData("\"id\": \"cell-1\",", "\"id\": 1,", "$.cells[0].id must be a string")]
    [InlineData("\"outputs\": [],", "", "$.cells[0] has no \"outputs\"")]
    [InlineData("\"outputs\": []", "\"outputs\": {}", "$.cells[0].outputs must be an array")]
    [InlineData("\"outputs\": []", "\"outputs\": [1]", "$.cells[0].outputs[0] must be an object with an \"output_type\"")]
    [InlineData("\"outputs\": []", "\"outputs\": [], \"outputs\": []", "$.cells[0] has \"outputs\" twice")]
    [
        InlineData(
            "\"outputs\": []", "\"outputs\": [{\"output_type\": \"stream\", \"name\": \"stdout\", \"text\": \"\\ud800\"}]",
            "not valid JSON: a string that is not valid Unicode")
    ]
    [
        InlineData(
            "\"metadata\": {}", "\"metadata\": {\"tags\": [\"\\udc00\"]}",
            "not valid JSON: a string that is not valid Unicode")
    ]
    [InlineData("\"execution_count\": null,", "", "$.cells[0] has no \"execution_count\"")]
    [InlineData("\"execution_count\": null", "\"execution_count\": 1.5", "$.cells[0].execution_count must be an integer")]
    [InlineData("\"source\": \"1\"", "\"source\": 1", "$.cells[0].source must be a string or an array of strings")]
    [InlineData("\"cell_type\": \"code\"", "\"cell_type\": \"mermaid\"", "$.cells[0].cell_type is \"mermaid\"")]
    [InlineData("\"cell_type\": \"code\"", "\"cell_type\": \"a\\u0007b\\n\"", "$.cells[0].cell_type is \"a b \"; it must be")]
    [InlineData("\"metadata\": {}", "\"metadata\": []", "$.cells[0].metadata must be an object")]
    [
        InlineData(
            "\"metadata\": {}", "\"metadata\": {\"polyglot_notebook\": {\"kernelName\": \"fsharp\"}}",
            "$.cells[0] (id \"cell-1\") is in fsharp")
    ]
    [
        InlineData(
            "\"metadata\": {}", "\"metadata\": {\"dotnet_interactive\": {\"language\": \"mermaid\"}}",
            "$.cells[0] (id \"cell-1\") is in mermaid")
    ]
    [
        InlineData(
            "\"metadata\": {}",
            "\"metadata\": {\"polyglot_notebook\": {\"kernelName\": 7}, \"dotnet_interactive\": {\"language\": \"mermaid\"}}",
            "$.cells[0] (id \"cell-1\") is in mermaid")
    ]
    public void A_malformed_cell_is_refused_with_the_place(string part, string replacement, string expected)
    {
        string whole = Notebooks.Of(Notebooks.Code("1"), Notebooks.Code("2"));
        int place = whole.IndexOf(part, StringComparison.Ordinal);
        string message = Assert.Throws<NotebookException>(
            () => Notebooks.Parse(whole[..place] + replacement + whole[(place + part.Length)..])).Message;
        Assert.Matches(@"^n\.ipynb, line \d+, column \d+: ", message);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    /// <summary>
    /// The file whose outputs and counts are the given ones, and whether it has each cell's count before its outputs.
    /// </summary>
    private static (byte[] Bytes, bool CountFirst) Fill(
        (string[] Pieces, int Cells, bool Bom) layout, (JsonObject[] Outputs, int? Count)[] committed)
    {
        bool countFirst = layout.Pieces[0].TrimEnd(' ', ':').EndsWith("\"execution_count\"", StringComparison.Ordinal);
        StringBuilder text = new(layout.Bom ? "\uFEFF" : "");
        for (int i = 0; i < layout.Cells; i++)
        {
            string count = committed[i].Count?.ToString() ?? "null";
            string outputs = Json(committed[i].Outputs);
            text.Append(layout.Pieces[2 * i]).Append(countFirst ? count : outputs).Append(layout.Pieces[2 * i + 1])
                .Append(countFirst ? outputs : count);
        }

        return (Encoding.UTF8.GetBytes(text.Append(layout.Pieces[^1]).ToString()), countFirst);
    }

    private static string Json(JsonObject[] outputs) =>
        new JsonArray([.. outputs.Select(output => output.DeepClone())]).ToJsonString();
}
