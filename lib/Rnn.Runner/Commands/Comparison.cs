using System.Text.Encodings.Web;

namespace Rnn.Runner.Commands;

/// <summary>
/// Compares committed outputs with those of a fresh run: numbers to <see cref="Tolerance"/>, everything else exactly. Of a
/// figure's picture it knows only whether it was made from the committed figure, see <see cref="FigurePictures"/>.
/// </summary>
internal static partial class Comparison
{
    /// <summary>Relative: another processor adds up in another order, and nothing that a notebook claims is finer.</summary>
    public const double Tolerance = 1e-9;

    private const int MaxLines = 5;
    private const int MaxLength = 120;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What differs in one cell, a line each; nothing when the committed outputs are up to date.</summary>
    public static IEnumerable<string> Differences(Cell cell, IReadOnlyList<JsonObject> fresh, int? executionCount)
    {
        if (cell.ExecutionCount != executionCount)
            yield return $"execution count: {Unlike(cell.ExecutionCount, executionCount)}";
        foreach (string difference in FigurePictures.Differences(cell.Outputs))
            yield return difference;
        if (cell.HasTag("volatile"))
        {
            string committedKinds = string.Join(", ", cell.Outputs.Select(Kind));
            string freshKinds = string.Join(", ", fresh.Select(Kind));
            if (committedKinds != freshKinds)
                yield return $"kinds of output: {Unlike(committedKinds, freshKinds)}";
            yield break;
        }

        IReadOnlyList<JsonObject> outputs = FigurePictures.Without(cell.Outputs);
        for (int i = 0; i < Math.Max(outputs.Count, fresh.Count); i++)
        {
            JsonObject? a = outputs.ElementAtOrDefault(i);
            JsonObject? b = fresh.ElementAtOrDefault(i);
            IEnumerable<string> differences = a is not null && b is not null && Kind(a) == Kind(b)
                ? Differences($" ({Kind(a)})", a, b)
                : [$": expected {Summary(a)}, got {Summary(b)}"];
            foreach (string difference in differences)
                yield return $"output {i + 1}{difference}";
        }
    }

    /// <summary>Whether two texts are equal but for numbers that differ by no more than the tolerance.</summary>
    public static bool AreClose(string a, string b)
    {
        if (a == b)
            return true;
        MatchCollection inA = Number.Matches(a);
        MatchCollection inB = Number.Matches(b);
        return inA.Count == inB.Count
            && inA.Zip(inB).All(pair => AreCloseNumbers(pair.First.Value, pair.Second.Value))
            && Number.Split(a).SequenceEqual(Number.Split(b));
    }

    private static bool AreCloseNumbers(string a, string b)
    {
        if (a == b)
            return true;
        double x = double.Parse(a, CultureInfo.InvariantCulture);
        double y = double.Parse(b, CultureInfo.InvariantCulture);
        return double.IsFinite(x) && double.IsFinite(y) && Math.Abs(x - y) <= Tolerance * Math.Max(Math.Abs(x), Math.Abs(y));
    }

    private static IEnumerable<string> Differences(string path, JsonNode? expected, JsonNode? got) =>
        (expected, got) switch
        {
            (JsonObject a, JsonObject b) => a.Select(each => each.Key).Union(b.Select(each => each.Key)).SelectMany(key =>
                a.ContainsKey(key) && b.ContainsKey(key) ? Differences($"{path}, {key}", a[key], b[key])
                : a.ContainsKey(key) ? [$"{path}, {key}: expected {Show(a[key])}, got nothing"]
                : [$"{path}, {key}: expected nothing, got {Show(b[key])}"]),
            (JsonArray a, JsonArray b) when a.Count == b.Count =>
                a.Zip(b).Index().SelectMany(pair => Differences($"{path}[{pair.Index}]", pair.Item.First, pair.Item.Second)),
            (JsonValue a, JsonValue b) when a.TryGetValue(out string? textA) && b.TryGetValue(out string? textB) =>
                TextDifferences(path, textA, textB),
            (JsonValue a, JsonValue b) when a.GetValueKind() == JsonValueKind.Number && b.GetValueKind() == JsonValueKind.Number
                && AreCloseNumbers(a.ToJsonString(), b.ToJsonString()) => [],
            _ => JsonNode.DeepEquals(expected, got) ? [] : [$"{path}: expected {Show(expected)}, got {Show(got)}"],
        };

    private static IEnumerable<string> TextDifferences(string path, string expected, string got)
    {
        if (AreClose(expected, got))
            return [];
        string[] a = expected.Split('\n');
        string[] b = got.Split('\n');
        int[] unlike = [.. Enumerable.Range(0, Math.Max(a.Length, b.Length))
            .Where(i => i >= a.Length || i >= b.Length || !AreClose(a[i], b[i]))];
        IEnumerable<string> lines = unlike.Take(MaxLines)
            .Select(i => $"{path}, line {i + 1}: {Unlike(a.ElementAtOrDefault(i), b.ElementAtOrDefault(i))}");
        return unlike.Length > MaxLines ? lines.Append($"{path}: and {unlike.Length - MaxLines} more lines") : lines;
    }

    /// <summary>Long lines, such as those of a chart's markup, are shown around the first place where they differ.</summary>
    private static string Unlike(string? expected, string? got)
    {
        int same = expected.AsSpan().CommonPrefixLength(got);
        return $"expected {Excerpt(expected)}, got {Excerpt(got)}";

        string Excerpt(string? text)
        {
            if (text is null)
                return "nothing";
            int start = Math.Clamp(same - MaxLength / 3, 0, text.Length);
            int end = Math.Min(text.Length, start + MaxLength);
            return Show((start > 0 ? "…" : "") + text[start..end]);
        }
    }

    private static string Unlike(int? expected, int? got) => $"expected {Show(expected)}, got {Show(got)}";

    private static string Kind(JsonObject output) =>
        Outputs.Type(output) switch
        {
            "stream" => $"stream {Outputs.Text(output["name"])}",
            string type when output["data"] is JsonObject data =>
                $"{type} {string.Join(" + ", data.Select(each => each.Key).Order(StringComparer.Ordinal))}",
            string type => type,
        };

    private static string Summary(JsonObject? output)
    {
        if (output is null)
            return "nothing";
        string? text = output.ContainsKey("text") ? Outputs.Text(output["text"]) : Outputs.DataOf(output).FirstOrDefault().Value;
        return $"{Kind(output)} {Show(Cut(text ?? ""))}";
    }

    private static string Show(JsonNode? node) => Cut(node?.ToJsonString(Readable) ?? "null");

    private static string Cut(string text) => text.Length <= MaxLength ? text : text[..(MaxLength - 1)] + "…";

    [GeneratedRegex(@"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?", RegexOptions.ExplicitCapture)]
    private static partial Regex Number { get; }
}
