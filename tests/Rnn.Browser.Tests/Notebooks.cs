using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rnn.Browser.Tests;

/// <summary>The repository's notebooks, found where they are: a new one is tested without a word here.</summary>
internal static partial class Notebooks
{
    public static string Root { get; } = RootAbove(AppContext.BaseDirectory);

    private static string Folder { get; } = Path.Combine(Root, "notebooks");

    /// <summary>By their path below notebooks/, without the extension.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Directory.EnumerateFiles(Folder, "*.ipynb", SearchOption.AllDirectories)
            .Where(path => !path.Contains(".ipynb_checkpoints", StringComparison.Ordinal))
            .Select(path => Path.ChangeExtension(Path.GetRelativePath(Folder, path), null).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> Rows => [.. All];

    public static string PathOf(string notebook) => Path.Combine(Folder, notebook + ".ipynb");

    /// <summary>How many charts the committed outputs hold.</summary>
    public static int Charts(string notebook) =>
        Cells(notebook).Where(cell => cell.GetProperty("cell_type").GetString() == "code")
            .SelectMany(cell => cell.GetProperty("outputs").EnumerateArray())
            .Where(output => output.TryGetProperty("data", out JsonElement data) && data.TryGetProperty("text/html", out _))
            .Sum(output => Regex.Count(Text(output.GetProperty("data").GetProperty("text/html")), "<div class=\"rnn-chart\""));

    /// <summary>How many formulas the text holds.</summary>
    public static int Formulas(string notebook) =>
        Cells(notebook).Where(cell => cell.GetProperty("cell_type").GetString() == "markdown")
            .Sum(cell => Formula().Count(Code().Replace(Text(cell.GetProperty("source")), "")));

    private static List<JsonElement> Cells(string notebook)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(PathOf(notebook)));
        return [.. document.RootElement.GetProperty("cells").Clone().EnumerateArray()];
    }

    private static string Text(JsonElement text) =>
        text.ValueKind == JsonValueKind.Array ? string.Concat(text.EnumerateArray().Select(line => line.GetString())) : text.GetString()!;

    private static string RootAbove(string folder)
    {
        while (!File.Exists(Path.Combine(folder, "Rnn.Notebook.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Rnn.Notebook.sln was not found above the tests.");
        return folder;
    }

    [GeneratedRegex(@"^```.*?^```|`[^`\n]+`", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\$\$.+?\$\$|\$[^$\n]+\$", RegexOptions.Singleline)]
    private static partial Regex Formula();
}
