namespace Rnn.Display;

/// <summary>The JavaScript that goes into the HTML.</summary>
internal static class Scripts
{
    private static readonly Lazy<string> ChartScript = new(() =>
    {
        using StreamReader reader = new(typeof(Scripts).Assembly.GetManifestResourceStream("chart.js")!);
        // It stands in every chart: without comments, indentation and broken strings it is a third shorter.
        return string.Join('\n', reader.ReadToEnd().ReplaceLineEndings("\n").Replace("\\\n", "").Split('\n')
            .Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal)));
    });

    /// <summary>chart.js: draws all charts of the page that are not drawn yet.</summary>
    public static string Chart => ChartScript.Value;
}
