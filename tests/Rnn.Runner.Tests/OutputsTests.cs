namespace Rnn.Runner.Tests;

/// <summary>Outputs as a notebook's bytes.</summary>
public sealed class OutputsTests
{
    [Fact]
    public void Every_character_is_written_as_Jupyter_writes_it_and_read_as_it_was()
    {
        int characters = 0;
        for (int code = 0; code <= 0x10FFFF; code += code < 0x3000 ? 1 : 251)
        {
            if (code is >= 0xD800 and <= 0xDFFF)
                continue;
            string text = char.ConvertFromUtf32(code);
            // As json.dumps does with ensure_ascii=False, but for the capitals.
            string expected = text switch
            {
                "\"" => "\\\"",
                "\\" => "\\\\",
                "\n" => "\\n",
                "\r" => "\\r",
                "\t" => "\\t",
                "\b" => "\\b",
                "\f" => "\\f",
                _ => code < 0x20 ? $"\\u{code:X4}" : text,
            };
            string json = Outputs.Serialise([Outputs.Stream("stdout", $"a{text}b")], "", "\n");
            Assert.Contains($"\"a{expected}", json, StringComparison.Ordinal);
            Assert.Equal($"a{text}b", Text(json));
            characters++;
        }

        Assert.InRange(characters, 16_000, 17_000);
    }

    /// <summary>Backslashes before what looks like an escape sequence of the file's.</summary>
    [Theory]
    [InlineData("\\u2028")]
    [InlineData("\\\\u00e9")]
    [InlineData("\\\u2028")]
    [InlineData("\\\\\ud83d\ude00\\")]
    [InlineData("\u2029\\n\n\\")]
    public void A_backslash_stays_what_it_was(string text) =>
        Assert.Equal(text, Text(Outputs.Serialise([Outputs.Stream("stdout", text)], " ", "\n")));

    [Theory]
    [InlineData("", "\n", """[{"name":"stdout","output_type":"stream","text":["a\n","b"]}]""")]
    [InlineData("", "\r\n", """[{"name":"stdout","output_type":"stream","text":["a\n","b"]}]""")]
    [InlineData(
        "\t", "\n",
        "[\n\t\t\t\t{\n\t\t\t\t\t\"name\": \"stdout\",\n\t\t\t\t\t\"output_type\": \"stream\",\n\t\t\t\t\t\"text\": [\n"
            + "\t\t\t\t\t\t\"a\\n\",\n\t\t\t\t\t\t\"b\"\n\t\t\t\t\t]\n\t\t\t\t}\n\t\t\t]")]
    [InlineData(
        "  ", "\r\n",
        "[\r\n        {\r\n          \"name\": \"stdout\",\r\n          \"output_type\": \"stream\",\r\n          \"text\": [\r\n"
            + "            \"a\\n\",\r\n            \"b\"\r\n          ]\r\n        }\r\n      ]")]
    [InlineData(
        "\t ", "\n",
        "[\n\t \t \t \t\t{\n\t \t \t \t\t\t\t\"name\": \"stdout\",\n\t \t \t \t\t\t\t\"output_type\": \"stream\",\n"
            + "\t \t \t \t\t\t\t\"text\": [\n\t \t \t \t\t\t\t\t\t\"a\\n\",\n\t \t \t \t\t\t\t\t\t\"b\"\n"
            + "\t \t \t \t\t\t\t]\n\t \t \t \t\t}\n\t \t \t ]")]
    public void Outputs_stand_as_the_file_is_laid_out(string indent, string newLine, string expected) =>
        Assert.Equal(expected, Outputs.Serialise([Outputs.Stream("stdout", "a\nb")], indent, newLine));

    [Fact]
    public void A_wide_indentation_is_one_that_the_writer_takes()
    {
        string json = Outputs.Serialise([Outputs.Stream("stdout", "a")], new string(' ', 300), "\n");
        Assert.Equal("a", Text(json));
        Assert.Contains($"\n{new string(' ', 3 * 300 + 127)}{{", json, StringComparison.Ordinal);
    }

    /// <summary>Of all that an output can hold, only texts are joined.</summary>
    [Theory]
    [InlineData("text/plain", """["a\n", "b"]""", "\"a\\nb\"")]
    [InlineData("application/json", """["a\n", "b"]""", """["a\n","b"]""")]
    [InlineData("application/vnd.x+json", """["a\n", "b"]""", """["a\n","b"]""")]
    [InlineData("application/vnd.x+json.more", """["a\n", "b"]""", "\"a\\nb\"")]
    [InlineData("application/json", """{"a": [1, null, "b"]}""", """{"a":[1,null,"b"]}""")]
    [InlineData("text/plain", "[1]", "[1]")]
    public void Texts_are_joined_and_json_stays(string mime, string committed, string expected)
    {
        string output = $"{{\"output_type\":\"display_data\",\"data\":{{\"{mime}\":{committed}}}}}";
        Assert.Equal(
            expected, Outputs.Normalise(JsonDocument.Parse(output).RootElement)["data"]![mime]!.ToJsonString());
    }

    /// <summary>Whatever a stranger's tool has put there.</summary>
    [Theory]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("[]")]
    public void Data_that_is_none_holds_nothing(string data) =>
        Assert.Empty(Outputs.DataOf(Outputs.Normalise(
            JsonDocument.Parse($"{{\"output_type\":\"display_data\",\"data\":{data}}}").RootElement)));

    [Fact]
    public void A_value_that_is_none_is_an_empty_text() =>
        Assert.Equal(
            [KeyValuePair.Create("text/plain", ""), KeyValuePair.Create("application/json", "[1]")],
            Outputs.DataOf(Outputs.Normalise(JsonDocument.Parse(
                """{"output_type":"display_data","data":{"text/plain":null,"application/json":[1]}}""").RootElement)));

    [Fact]
    public void A_failure_is_laid_out_as_nbformat_has_it() =>
        Assert.Equal(
            """{"ename":"E","evalue":"why","output_type":"error","traceback":[]}""", Outputs.Error("E", "why").ToJsonString());

    [Fact]
    public void No_outputs_are_an_empty_list() => Assert.Equal("[]", Outputs.Serialise([], " ", "\n"));

    /// <summary>Once this took five minutes; where it is linear, it takes a second.</summary>
    [Fact(Timeout = 60_000)]
    public async Task Rewriting_a_large_notebook_that_is_one_line_is_linear()
    {
        JsonObject[] cells = [.. Enumerable.Range(0, 2_000).Select(i =>
        {
            JsonObject cell = Notebooks.Code($"{i}");
            cell["outputs"] = new JsonArray(Outputs.Stream("stdout", $"{i}: {new string('x', 2_600)}"));
            return cell;
        })];
        string json = JsonNode.Parse(Notebooks.Of(cells))!.ToJsonString();
        Assert.InRange(json.Length, 5_400_000, 6_000_000);
        JsonObject[] fresh = [Outputs.Stream("stdout", new string('\u2028', 900))];
        byte[] written = await Task.Run(
            () =>
            {
                NotebookFile notebook = Notebooks.Parse(json);
                return notebook.With(notebook.CodeCells.ToDictionary(
                    cell => cell.Id, cell => ((IReadOnlyList<JsonObject>)fresh, (int?)cell.Number)));
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(2_000, Notebooks.Parse(Encoding.UTF8.GetString(written)).Cells[^1].ExecutionCount);
    }

    private static string Text(string json) => Outputs.Text(Outputs.Normalise(
        JsonDocument.Parse(json).RootElement[0])["text"]);
}
