using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lessons.Tests;

/// <summary>What every committed notebook keeps to, so that one file works in every editor and in the runner.</summary>
public sealed class NotebookRulesTests
{
    private const int LargestOutput = 200_000;
    private const int LargestNotebook = 1_000_000;
    private const int MostLines = 40;
    private const int MostColumns = 115;
    private const int LongestProse = 1500;

    /// <summary>The source's code cells, in its order, and what each must have become.</summary>
    private static readonly string[] SourceCells =
        ["using MathNet|using Matrix", "Matrix Softmax\\(", "InitializeWeights\\(", "RnnForward\\(", "RnnBackward\\(", "TrainRnn\\(", "TrainRnn\\(XTrain"];

    private static readonly string Folder = Repo.Path("notebooks");

    public static TheoryData<string> Names =>
        new(Directory.GetFiles(Folder, "*.ipynb", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Folder, path)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_nbformat_4_5_for_the_dotnet_kernel(string name)
    {
        JsonElement notebook = Read(name);
        Assert.Equal((4, 5), (notebook.GetProperty("nbformat").GetInt32(), notebook.GetProperty("nbformat_minor").GetInt32()));
        JsonElement expected = JsonDocument.Parse("""
            {"kernelspec": {"display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp"},
             "language_info": {"name": "C#", "file_extension": ".cs", "mimetype": "text/x-csharp", "pygments_lexer": "csharp"},
             "polyglot_notebook": {"kernelInfo": {"defaultKernelName": "csharp", "items": [{"aliases": [], "name": "csharp"}]}}}
            """).RootElement;
        Assert.True(JsonElement.DeepEquals(expected, notebook.GetProperty("metadata")), notebook.GetProperty("metadata").GetRawText());

        string[] ids = [.. Cells(notebook).Select(cell => cell.GetProperty("id").GetString()!)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[a-zA-Z0-9_-]{1,64}$", id));
        Assert.All(CodeCells(notebook), cell =>
        {
            Assert.Equal("csharp", cell.GetProperty("metadata").GetProperty("dotnet_interactive").GetProperty("language").GetString());
            Assert.Equal("csharp", cell.GetProperty("metadata").GetProperty("polyglot_notebook").GetProperty("kernelName").GetString());
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_executed_from_top_to_bottom_without_an_error(string name)
    {
        int expected = 1;
        foreach (JsonElement cell in CodeCells(Read(name)))
        {
            // An optional cell that could not be set up has not run.
            if (HasTag(cell, "optional") && cell.GetProperty("execution_count").ValueKind == JsonValueKind.Null)
                continue;
            Assert.Equal(expected++, cell.GetProperty("execution_count").GetInt32());
            foreach (JsonElement output in cell.GetProperty("outputs").EnumerateArray())
            {
                Assert.NotEqual("error", output.GetProperty("output_type").GetString());
                Assert.DoesNotContain("\"stderr\"", output.GetRawText(), StringComparison.Ordinal);
                Assert.DoesNotContain("dotnet-interactive-this-cell", output.GetRawText(), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Uses_only_what_every_editor_knows(string name)
    {
        JsonElement notebook = Read(name);
        foreach (JsonElement cell in CodeCells(notebook))
        {
            string source = Source(cell);
            Assert.DoesNotMatch("(?m)^#!", source);
            Assert.DoesNotMatch(@"(?<![\w.])(display|HTML)\(", source);
            Assert.DoesNotContain("Console.Error", source, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"#r ""nuget:\s*[^,""]+""", source);
            if (source.Contains("#r \"nuget", StringComparison.Ordinal))
                Assert.True(HasTag(cell, "optional"), $"{Id(cell)}: a package from the network belongs in an optional cell");
        }

        foreach (JsonElement cell in Cells(notebook).Where(cell => cell.GetProperty("cell_type").GetString() == "markdown"))
            Assert.DoesNotMatch(@"(?<!\w)@\w", Source(cell));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Stays_small_enough_to_be_opened_anywhere(string name)
    {
        Assert.InRange(new FileInfo(Path.Combine(Folder, name)).Length, 1, LargestNotebook);
        foreach (JsonElement cell in CodeCells(Read(name)))
            Assert.All(cell.GetProperty("outputs").EnumerateArray(), output => Assert.InRange(output.GetRawText().Length, 1, LargestOutput));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Shows_pictures_that_exist_and_says_what_they_show(string name)
    {
        foreach (JsonElement cell in Cells(Read(name)).Where(cell => cell.GetProperty("cell_type").GetString() == "markdown"))
        {
            foreach (Match image in Regex.Matches(Source(cell), @"!\[(?<text>[^\]]*)\]\((?<path>[^)]+)\)"))
            {
                Assert.True(image.Groups["text"].Length > 20, $"{Id(cell)}: a picture needs a text that says what it shows");
                string path = Path.Combine(Folder, Path.GetDirectoryName(name)!, image.Groups["path"].Value);
                Assert.True(File.Exists(path), $"{Id(cell)}: {image.Groups["path"].Value} is missing");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_cell_is_longer_than_a_screen(string name)
    {
        foreach (JsonElement cell in Cells(Read(name)))
        {
            string source = Source(cell);
            if (cell.GetProperty("cell_type").GetString() == "markdown")
            {
                Assert.True(source.Length <= LongestProse, $"{Id(cell)}: {source.Length} characters of prose; at most {LongestProse} fit on a screen");
                continue;
            }

            string[] lines = source.Split('\n');
            Assert.True(lines.Length <= MostLines, $"{Id(cell)}: {lines.Length} lines; at most {MostLines} fit on a screen");
            Assert.All(lines, line => Assert.True(line.Length <= MostColumns, $"{Id(cell)}: {line.Length} columns; at most {MostColumns} fit on a screen: {line}"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_no_relative_path_that_a_portable_copy_could_not_follow(string name)
    {
        NotebookFile notebook = NotebookFile.Read(Path.Combine(Folder, name), name);
        NotebookFile copy = NotebookFile.Parse(notebook.CopyFor(notebook.Folder), notebook.Path, name);
        Assert.All(copy.CodeCells, cell => Assert.DoesNotMatch("\"[.]{1,2}/", cell.Source));
    }

    [Fact]
    public void Notebook_01_mirrors_every_code_cell_of_the_source_in_its_order()
    {
        JsonElement[] mirrored = [.. CodeCells(Read("01-rnn-from-scratch.ipynb")).Where(cell => cell.GetProperty("metadata").TryGetProperty("source_cell", out _))];
        Assert.Equal(Enumerable.Range(0, SourceCells.Length), mirrored.Select(cell => cell.GetProperty("metadata").GetProperty("source_cell").GetInt32()));
        Assert.All(mirrored.Zip(SourceCells), pair => Assert.Matches(pair.Second, Source(pair.First)));
    }

    private static JsonElement Read(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name))).RootElement;

    private static JsonElement[] Cells(JsonElement notebook) => [.. notebook.GetProperty("cells").EnumerateArray()];

    private static IEnumerable<JsonElement> CodeCells(JsonElement notebook) => Cells(notebook).Where(cell => cell.GetProperty("cell_type").GetString() == "code");

    private static string Id(JsonElement cell) => cell.GetProperty("id").GetString()!;

    private static string Source(JsonElement cell) => string.Concat(cell.GetProperty("source").EnumerateArray().Select(line => line.GetString()));

    private static bool HasTag(JsonElement cell, string tag) =>
        cell.GetProperty("metadata").TryGetProperty("tags", out JsonElement tags) && tags.EnumerateArray().Any(one => one.GetString() == tag);
}
