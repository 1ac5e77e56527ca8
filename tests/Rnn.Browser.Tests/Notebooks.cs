namespace Rnn.Browser.Tests;

/// <summary>The repository's notebooks, found where they are: a new one is tested without a word here.</summary>
internal static partial class Notebooks
{
    /// <summary>By their path below notebooks/, without the extension.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Repository.Notebooks.Select(path => Path.GetRelativePath(Repo.Path("notebooks"), path))
            .Select(path => Path.ChangeExtension(path, null).Replace('\\', '/'))];

    public static TheoryData<string> Rows => [.. All];

    public static string PathOf(string notebook) => Repo.Path("notebooks", notebook + ".ipynb");

    /// <summary>How many charts the committed outputs hold.</summary>
    public static int Charts(string notebook) =>
        Read(notebook).CodeCells.SelectMany(cell => cell.Outputs)
            .Sum(output => Regex.Count(Outputs.Text(output["data"]?["text/html"]), $"<div class=\"{ChartHooks.Chart}\""));

    /// <summary>How many explorers the committed outputs hold.</summary>
    public static int Explorers(string notebook) =>
        Read(notebook).CodeCells.SelectMany(cell => cell.Outputs)
            .Sum(output => Regex.Count(Outputs.Text(output["data"]?["text/html"]), $"<div class=\"{ExplorerHooks.Explorer}\""));

    /// <summary>How many formulas the text holds.</summary>
    public static int Formulas(string notebook) =>
        Read(notebook).Cells.Where(cell => cell.Type == "markdown").Sum(cell => Formula.Count(Code.Replace(cell.Source, "")));

    private static NotebookFile Read(string notebook) => NotebookFile.Read(PathOf(notebook), notebook);

    [GeneratedRegex(@"^```.*?^```|`[^`\n]+`", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code { get; }

    [GeneratedRegex(@"\$\$.+?\$\$|\$[^$\n]+\$", RegexOptions.Singleline)] private static partial Regex Formula { get; }
}
