namespace Rnn.Display;

/// <summary>The JavaScript and the styles that go into the HTML.</summary>
internal static class Scripts
{
    /// <summary>chart.js: draws all charts of the page that are not drawn yet.</summary>
    public static string Chart { get; } = string.Join('\n', Lines("chart.js"));

    /// <summary>table.css: how all tables of the page look.</summary>
    public static string Table { get; } = string.Concat(Lines("table.css"));

    /// <summary>They stand in every output: without comments, indentation and broken strings they are a third shorter.</summary>
    private static IEnumerable<string> Lines(string name)
    {
        using StreamReader reader = new(typeof(Scripts).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Replace("\\\n", "").Split('\n').Select(line => line.Trim())
            .Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal)
                && !line.StartsWith("/*", StringComparison.Ordinal));
    }
}
