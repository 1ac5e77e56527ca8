namespace Lessons.Tests;

/// <summary>What every committed notebook keeps to, so that one file works in every editor and in the runner.</summary>
public sealed class NotebookRulesTests
{
    private const int LargestOutput = 200_000;

    /// <summary>The one exception: lesson 05's network that writes C#, with all its weights.</summary>
    private static readonly (string Name, string Cell, int Largest) Larger = ("05-beyond.ipynb", "code-explorer", 250_000);
    private const int LargestNotebook = 1_000_000;
    private const int MostLines = 40;
    private const int MostColumns = 90;
    private const int LongestProse = 1500;

    private const string Metadata =
        """
        {"kernelspec": {"display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp"},
         "language_info": {"name": "C#", "file_extension": ".cs", "mimetype": "text/x-csharp", "pygments_lexer": "csharp"},
         "polyglot_notebook": {"kernelInfo": {"defaultKernelName": "csharp", "items": [{"aliases": [], "name": "csharp"}]}}}
        """;

    /// <summary>Cells that need a package from the network; no lesson.</summary>
    private const string Extras = "extras.ipynb";

    /// <summary>What no cell may hold, because some editor does not know it.</summary>
    private static readonly (string Pattern, string Problem)[] Unknown =
    [
        ("(?m)^#!", "a line that begins with #! is not known everywhere; write plain C#"),
        (
            @"(?<![\w.])(display|HTML)\(",
            "display(x) and HTML(x) are not known everywhere; write x.Display();, or x as the last line"),
        (@"Console\.Error", "what goes to Console.Error is shown in red; write to Console"),
        (@"#r ""nuget:\s*[^,""]+""", "a package is named with one exact version: #r \"nuget: Package, 1.2.3\""),
        (@"\p{IsGreek}", "VS Code draws a box round a Greek letter in code; write its name, such as rho"),
    ];

    /// <summary>The source's code cells, in its order, and what each must have become.</summary>
    private static readonly string[] SourceCells =
    [
        "using MathNet|using Matrix", "Matrix Softmax\\(", "InitializeWeights\\(", "RnnForward\\(", "RnnBackward\\(",
        "TrainRnn\\(",
        "TrainRnn\\(XTrain",
    ];

    public static TheoryData<string> Executed => new(Lessons.Notebooks);

    public static TheoryData<string> Names => new(Lessons.Notebooks.Append(Lessons.Template));

    private static bool NamesPackage(Cell cell) => cell.Source.Contains("#r \"nuget", StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_nbformat_4_5_for_the_dotnet_kernel(string name)
    {
        JsonElement file = JsonDocument.Parse(File.ReadAllText(Repo.Path("notebooks", name))).RootElement;
        Assert.True(
            (file.GetProperty("nbformat").GetInt32(), file.GetProperty("nbformat_minor").GetInt32()) == (4, 5),
            $"{name}: \"nbformat\" must be 4 and \"nbformat_minor\" 5");
        Assert.True(
            JsonElement.DeepEquals(JsonDocument.Parse(Metadata).RootElement, file.GetProperty("metadata")),
            $"{name}: the \"metadata\" at the end of the file must be {Metadata}");
        Lessons.AssertNone(
            from cell in Lessons.Read(name).CodeCells
            where Text(cell, "dotnet_interactive", "language") != "csharp"
                || Text(cell, "polyglot_notebook", "kernelName") != "csharp"
            select $"{name}, {cell.Id}: the metadata of a code cell must hold "
                + """ "dotnet_interactive": {"language": "csharp"} and "polyglot_notebook": {"kernelName": "csharp"}""");

        static string? Text(Cell cell, string group, string key) =>
            cell.Metadata.TryGetProperty(group, out JsonElement inner) && inner.TryGetProperty(key, out JsonElement value)
                ? value.GetString()
                : null;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Ids_are_unique_and_say_something(string name) =>
        Lessons.AssertNone(
            from id in Lessons.Read(name).Cells.CountBy(cell => cell.Id)
            where id.Value > 1 || !Regex.IsMatch(id.Key, "^[a-zA-Z0-9_-]{1,64}$") || Regex.IsMatch(id.Key, "^[0-9a-f]{8}(-|$)")
            select $"{name}, {id.Key}: each cell needs an id of its own that says what the cell is for, such as softmax-check");

    [Theory]
    [MemberData(nameof(Executed))]
    public void Is_executed_from_top_to_bottom_without_an_error(string name)
    {
        // An optional cell that could not be set up has not run.
        Cell[] cells =
            [.. Lessons.Read(name).CodeCells.Where(cell => !cell.HasTag("optional") || cell.ExecutionCount is not null)];
        Lessons.AssertNone(
            from each in cells.Index()
            from fault in Faults(each.Item, each.Index + 1)
            select $"{name}, {each.Item.Id}: {fault}; run 'dotnet run --project lib/Rnn.Runner -- write notebooks/{name}'");

        static IEnumerable<string> Faults(Cell cell, int count)
        {
            if (cell.ExecutionCount != count)
                yield return $"execution count: expected {count}, got {cell.ExecutionCount?.ToString() ?? "none"}";
            foreach (JsonObject output in cell.Outputs)
            {
                string text = output.ToJsonString();
                if (Outputs.Type(output) == "error")
                    yield return "the output is an error";
                if (text.Contains("\"stderr\"", StringComparison.Ordinal))
                    yield return "the output holds a warning on stderr";
                if (text.Contains("dotnet-interactive-this-cell", StringComparison.Ordinal))
                    yield return "the output is the kernel's own";
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Uses_only_what_every_editor_knows(string name)
    {
        NotebookFile notebook = Lessons.Read(name);
        Lessons.AssertNone([
            .. from cell in notebook.CodeCells
               from each in Unknown
               where Regex.IsMatch(cell.Source, each.Pattern)
               select $"{name}, {cell.Id}: {each.Problem}",
            .. from cell in notebook.CodeCells
               where NamesPackage(cell) && (name != Extras || !cell.HasTag("optional"))
               select $"{name}, {cell.Id}: a package comes from the network, and no cell can ask first whether it does: "
                   + $"the cell belongs into {Extras}, with the tag \"optional\"",
            .. from cell in notebook.Cells
               where cell.Type == "markdown" && Regex.IsMatch(cell.Source, @"(?<!\w)@\w")
               select $"{name}, {cell.Id}: Verso takes @ and a word for a variable; write it in another way",
        ]);
    }

    [Fact]
    public void Each_cell_of_the_extras_stands_alone_and_brings_its_package() =>
        Lessons.AssertNone(
            from cell in Lessons.Read(Extras).CodeCells
            where !NamesPackage(cell) || cell.Outputs.Count > 0 || cell.ExecutionCount is not null
            select $"{Extras}, {cell.Id}: a cell here names its package in an #r line, and is committed without outputs");

    /// <summary>VS Code takes what is printed with a slash for a path, and makes a link of it.</summary>
    [Theory]
    [MemberData(nameof(Executed))]
    public void Prints_nothing_that_looks_like_a_path(string name) =>
        Lessons.AssertNone(
            from cell in Lessons.Read(name).CodeCells
            from output in cell.Outputs
            from line in Outputs.Text(output["text"]).Split('\n')
            where line.Contains('/', StringComparison.Ordinal)
            select $"{name}, {cell.Id}: say it without a slash: {line}");

    [Theory]
    [MemberData(nameof(Executed))]
    public void Tables_name_each_column_once_and_hold_numbers_as_numbers(string name) =>
        Lessons.AssertNone(
            from cell in Lessons.Read(name).CodeCells
            from output in cell.Outputs
            from Match table in Regex.Matches(
                Outputs.Text(output["data"]?["text/html"]), "<div class=\"rnn-table\".*?</table>", RegexOptions.Singleline)
            from fault in TableFaults(table.Value)
            select $"{name}, {cell.Id}: {fault}");

    private static IEnumerable<string> TableFaults(string table)
    {
        string[] header = [.. Regex.Matches(table, "<th scope=\"col\"[^>]*>(.*?)</th>").Select(match => match.Groups[1].Value)];
        foreach ((string column, _) in header.CountBy(column => column).Where(each => each.Value > 1))
            yield return $"two columns with the name '{column}'";
        string[] texts = [.. Regex.Matches(table, "<td class=\"rnn-text\">(.*?)</td>").Select(match => match.Groups[1].Value)];
        foreach (string text in texts.Where(text => Regex.IsMatch(text, @"^\s*[-−]?\d+([.]\d+)?\s*$")))
            yield return $"'{text}' is a text, which stands on the left; give the table the number, rounded";
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Stays_small_enough_to_be_opened_anywhere(string name)
    {
        byte[] file = File.ReadAllBytes(Repo.Path("notebooks", name));
        Assert.True(file.Length <= LargestNotebook, $"{name}: {file.Length:N0} bytes; at most {LargestNotebook:N0} are allowed");
        Lessons.AssertNone(
            from cell in JsonDocument.Parse(file).RootElement.GetProperty("cells").EnumerateArray()
            where cell.TryGetProperty("outputs", out _)
            from output in cell.GetProperty("outputs").EnumerateArray()
            let length = Encoding.UTF8.GetByteCount(TextOf(output))
            let id = cell.GetProperty("id").GetString()
            let largest = (name, id) == (Larger.Name, Larger.Cell) ? Larger.Largest : LargestOutput
            where length > largest
            select $"{name}, {id}: an output of {length:N0} bytes; at most {largest:N0} are allowed");

        static string TextOf(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.Object => string.Concat(value.EnumerateObject().Select(each => TextOf(each.Value))),
            JsonValueKind.Array => string.Concat(value.EnumerateArray().Select(TextOf)),
            _ => value.ToString(),
        };
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Shows_pictures_that_exist_and_says_what_they_show(string name)
    {
        NotebookFile notebook = Lessons.Read(name);
        Lessons.AssertNone(
            from cell in notebook.Cells
            where cell.Type == "markdown"
            from image in Regex.Matches(cell.Source, @"!\[(?<text>[^\]]*)\]\((?<path>[^)]+)\)")
            let path = image.Groups["path"].Value
            let fault = image.Groups["text"].Length <= 20 ? "a picture needs a text that says what it shows"
                : !File.Exists(Path.Combine(notebook.Folder, path)) ? $"{path} is missing"
                : null
            where fault is not null
            select $"{name}, {cell.Id}: {fault}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_cell_is_longer_than_a_screen(string name)
    {
        NotebookFile notebook = Lessons.Read(name);
        Lessons.AssertNone([
            .. from cell in notebook.Cells
               where cell.Type == "markdown" && cell.Source.Length > LongestProse
               select $"{name}, {cell.Id}: {cell.Source.Length} characters of prose; at most {LongestProse} fit on a screen",
            .. from cell in notebook.CodeCells
               let lines = cell.Source.Split('\n').Length
               where lines > MostLines
               select $"{name}, {cell.Id}: {lines} lines; at most {MostLines} fit on a screen",
            .. from cell in notebook.CodeCells
               from line in cell.Source.Split('\n')
               where line.Length > MostColumns
               select $"{name}, {cell.Id}: {line.Length} columns; at most {MostColumns} fit on a screen: {line}",
        ]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Declares_no_name_twice(string name) =>
        Lessons.AssertNone(
            from twice in DeclaredNames.Twice(Lessons.Read(name).CodeCells)
            select $"{name}: {twice}; a lesson must be able to be one program");

    [Theory]
    [MemberData(nameof(Names))]
    public void Set_up_and_helpers_are_folded_where_the_editor_can(string name) =>
        Lessons.AssertNone(
            from cell in Lessons.Read(name).CodeCells
            where cell.Id is "setup" or "helpers" && !cell.IsFolded
            select $"{name}, {cell.Id}: give its metadata \"jupyter\": {{\"source_hidden\": true}}");

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_no_relative_path_that_a_portable_copy_could_not_follow(string name)
    {
        NotebookFile notebook = Lessons.Read(name);
        NotebookFile copy = NotebookFile.Parse(PortableCopy.Of(notebook), notebook.Path, name);
        Lessons.AssertNone(
            from cell in copy.CodeCells
            where Regex.IsMatch(cell.Source, "\"[.]{1,2}/")
            select $"{name}, {cell.Id}: a copy elsewhere would not find the path; "
                + "write it as one string that begins with ../ or data/");
    }

    [Fact]
    public void Notebook_01_mirrors_every_code_cell_of_the_source_in_its_order()
    {
        Cell[] mirrored = [.. Lessons.Read("01-rnn-from-scratch.ipynb").CodeCells.Where(Has)];
        Assert.Equal(
            Enumerable.Range(0, SourceCells.Length),
            mirrored.Select(cell => cell.Metadata.GetProperty("source_cell").GetInt32()));
        Assert.All(mirrored.Zip(SourceCells), pair => Assert.Matches(pair.Second, pair.First.Source));

        static bool Has(Cell cell) => cell.Metadata.TryGetProperty("source_cell", out _);
    }
}
