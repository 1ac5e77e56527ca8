using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace Rnn.Runner.Tests;

/// <summary>
/// The runner against the kernel of .NET Interactive: kernel-facts.json holds what that kernel, built from its last public
/// source, showed for each of many cells, and what it refused with which words.
/// </summary>
[Collection(ProcessWide.Name)]
public sealed partial class KernelTests
{
    private static readonly JsonNode Facts = ReadFacts();

    [Fact]
    public void Cells_show_what_they_show_in_the_kernel()
    {
        JsonArray cells = Facts["shown"]!.AsArray();
        using Sandbox sandbox = new();
        sandbox.Write(
            "facts.ipynb",
            Notebooks.Of([.. cells.Select(cell => Named(Notebooks.Code((string)cell!["source"]!), (string)cell["id"]!))]));
        (int exitCode, _, string error) = sandbox.RunHere("write", "facts.ipynb", "--output", "pages");
        Assert.True(exitCode == 0, error);

        JsonArray written = JsonNode.Parse(sandbox.Read("facts.ipynb"))!["cells"]!.AsArray();
        for (int i = 0; i < cells.Count; i++)
        {
            JsonObject[] expected = [.. cells[i]!["outputs"]!.AsArray().Select(output => Plain(Normalise(output!)))];
            JsonObject[] actual = [.. written[i]!["outputs"]!.AsArray().Select(output => Plain(Normalise(output!)))];
            Assert.True(
                Outputs.AreSame(expected, actual),
                $"{(string)cells[i]!["id"]!}: the kernel shows {new JsonArray([.. expected])}, "
                + $"the runner {new JsonArray([.. actual])}");
            Assert.Equal(i + 1, (int?)written[i]!["execution_count"]);
        }
    }

    [Fact]
    public void What_the_kernel_refuses_is_refused_with_the_same_words()
    {
        JsonArray cells = Facts["refused"]!.AsArray();
        using Sandbox sandbox = new();
        string[] names =
        [
            .. cells.Select(cell => sandbox.Write(
                $"{(string)cell!["id"]!}.ipynb",
                Notebooks.Of(Notebooks.Code("// first"), Notebooks.Code((string)cell["source"]!)))),
        ];
        (int exitCode, _, string error) = sandbox.RunHere(["check", .. names.Select(name => Path.GetFileName(name))]);
        Assert.Equal(1, exitCode);
        foreach (JsonNode? cell in cells)
        {
            foreach (JsonNode? message in cell!["errors"]!.AsArray())
            {
                Match parts = Diagnostic.Match((string)message!);
                Assert.Contains(
                    $"{(string)cell["id"]!}.ipynb, cell 2 (cell-2), line {parts.Groups[1]}: {parts.Groups[2]}\n",
                    error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Newer_syntax_than_that_of_the_kernel_before_the_last_is_refused()
    {
        using Sandbox sandbox = new();
        sandbox.Write(
            "new.ipynb", Notebooks.Of(Notebooks.Code("class F { public int P { get => field; set => field = value; } }")));
        (int exitCode, _, string error) = sandbox.RunHere("check", "new.ipynb");
        Assert.Equal(1, exitCode);
        Assert.Contains("new.ipynb, cell 1 (cell-1), line 1: error CS", error, StringComparison.Ordinal);
    }

    /// <summary>Without the style sheet that the kernel repeats in every output, and without what varies by its place.</summary>
    private static JsonObject Plain(JsonObject output)
    {
        output.Remove("execution_count");
        output.Remove("metadata");
        return JsonNode.Parse(StyleSheet.Replace(output.ToJsonString(Readable), "<style/>"))!.AsObject();
    }

    private static JsonObject Normalise(JsonNode output) => Outputs.Normalise(JsonSerializer.SerializeToElement(output));

    private static JsonObject Named(JsonObject cell, string id)
    {
        cell["id"] = id;
        return cell;
    }

    private static JsonNode ReadFacts()
    {
        using Stream stream = typeof(KernelTests).Assembly.GetManifestResourceStream("kernel-facts.json")!;
        return JsonNode.Parse(stream)!;
    }

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [GeneratedRegex("<style>.*?</style>")] private static partial Regex StyleSheet { get; }

    [GeneratedRegex(@"^\((\d+),\d+\): (.*)$")] private static partial Regex Diagnostic { get; }
}
