using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Encodings.Web;

namespace Rnn.Display;

/// <summary>The JavaScript and the styles that go into the HTML.</summary>
internal static class Scripts
{
    /// <summary>What all explorers share.</summary>
    private static readonly string[] KitParts = ["surroundings.js", "kit.js"];

    /// <summary>What a kind of explorer needs beside that, in the order in which each uses those before it.</summary>
    private static readonly Dictionary<string, string[]> KindParts = new()
    {
        ["softmax"] = ["probabilities"],
        ["network"] = ["probabilities", "network", "weights"],
        ["nudge"] = ["probabilities", "network", "weights", "curves"],
        ["training"] = ["probabilities", "network", "curves"],
        ["text"] = ["probabilities"],
        ["through-time"] = ["probabilities", "network", "curves"],
    };

    private static readonly ConcurrentDictionary<string, string> Kinds = [];

    private static string[] Resources => typeof(Scripts).Assembly.GetManifestResourceNames();

    // The style sheet has nothing that would end a script element.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>chart.js: draws all charts of the page that are not drawn yet.</summary>
    public static string Chart { get; } =
        $"(function () {{\n'use strict';\n{Text("surroundings.js")}\n{Text("chart.js")}\n}})();";

    /// <summary>table.css: how all tables of the page look.</summary>
    public static string Table { get; } = string.Concat(Lines("table.css"));

    /// <summary>Whom explorers and their scripts know each other by: a page may hold outputs of two versions of them.</summary>
    public static string ExplorerVersion { get; } = Version();

    /// <summary>What all explorers share; the page keeps it, by its version, in its one global.</summary>
    public static string ExplorerKit { get; } =
        $"(window.rnnExplorers ??= {{}})['{ExplorerVersion}'] ??= (() => {{\n'use strict';\n"
        + $"const version = '{ExplorerVersion}', style = {Style("explorer.css")};\n"
        + $"{string.Join('\n', KitParts.Select(Text))}\nreturn define;\n}})();";

    /// <summary>What draws all explorers of a kind that are not drawn yet.</summary>
    public static string Explorer(string kind) => Kinds.GetOrAdd(kind, _ =>
    {
        string parts = string.Join('\n', KindParts[kind].Select(part => Text($"Parts/{part}.js")));
        string[] sheets = [.. KindParts[kind].Select(part => $"Parts/{part}.css").Intersect(Resources)];
        return $"window.rnnExplorers['{ExplorerVersion}']('{kind}', (() => {{\n'use strict';\n{parts}\n"
            + $"return {Text($"Kinds/{kind}.js")};\n}})(), {Style(sheets)});";
    });

    /// <summary>Of what explorers are made of, and of nothing else: a change of the charts leaves their HTML as it is.</summary>
    private static string Version()
    {
        IEnumerable<string> own = Resources.Where(name => name.Contains('/')).Order(StringComparer.Ordinal);
        IEnumerable<string> all = KitParts.Append("explorer.css").Concat(own).Select(Text);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', all))))[..8];
    }

    /// <summary>Style sheets as one string of JavaScript.</summary>
    private static string Style(params string[] sheets) =>
        JsonSerializer.Serialize(string.Concat(sheets.SelectMany(Lines)), Plain);

    /// <summary>They stand in every output: without comments, indentation and broken strings they are a third shorter.</summary>
    public static string Text(string name) => string.Join('\n', Lines(name));

    private static IEnumerable<string> Lines(string name)
    {
        using StreamReader reader = new(typeof(Scripts).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Replace("\\\n", "").Split('\n').Select(line => line.Trim())
            .Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal)
                && !line.StartsWith("/*", StringComparison.Ordinal));
    }
}
