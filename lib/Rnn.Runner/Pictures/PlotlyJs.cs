namespace Rnn.Runner.Pictures;

/// <summary>The script that draws the charts, as it stands beside the library.</summary>
internal static partial class PlotlyJs
{
    public const string Missing = $"{ChartHooks.PlotlyFile} was not found beside Rnn.Display.dll; run 'dotnet build' first";

    public const string Damaged = $"{ChartHooks.PlotlyFile} is damaged; delete it and run 'dotnet build'";

    /// <summary>The folder of this repository's Rnn.Display.dll.</summary>
    private static string BuiltHere => Path.Combine(Repository.Root, "lib", "Rnn.Display", "bin");

    /// <summary>The one that is built with this repository's library; null where that is not built.</summary>
    public static byte[]? OfRepository()
    {
        string file = Path.Combine(BuiltHere, ChartHooks.PlotlyFile);
        return File.Exists(file) ? File.ReadAllBytes(file) : null;
    }

    /// <summary>
    /// A script element with the plotly.js of the library that the notebook refers to; null where that is not built.
    /// </summary>
    public static string? Element(NotebookFile notebook)
    {
        string? file = notebook.CodeCells
            .SelectMany(cell => DisplayReference.Matches(cell.Source))
            .Select(match => Path.Combine(notebook.Folder, match.Groups["folder"].Value))
            .Append(BuiltHere)
            .Select(folder => Path.Combine(folder, ChartHooks.PlotlyFile))
            .FirstOrDefault(File.Exists);
        return file is null ? null : $"<script>\n{File.ReadAllText(file)}\n</script>\n";
    }

    [GeneratedRegex("""^[ \t]*#r[ \t]+"(?<folder>[^"]*)Rnn\.Display\.dll""", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex DisplayReference { get; }
}
