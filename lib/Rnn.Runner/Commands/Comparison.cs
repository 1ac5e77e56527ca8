using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rnn.Runner.Notebook;
using Rnn.Runner.Pictures;

namespace Rnn.Runner.Commands;

/// <summary>
/// Compares committed outputs with those of a fresh run: numbers to <see cref="Tolerance"/>, everything else exactly. Of a
/// chart's picture it knows only whether it was made from the committed chart, see <see cref="ChartPictures"/>.
/// </summary>
internal static partial class Comparison
{
    /// <summary>Relative: another processor adds up in another order, and nothing that a notebook claims is finer.</summary>
    public const double Tolerance = 1e-9;

    private const int MaxLines = 5;

    /// <summary>What differs in one cell, a line each; nothing when the committed outputs are up to date.</summary>
    public static IEnumerable<string> Differences(Cell cell, IReadOnlyList<JsonObject> fresh, int? executionCount)
    {
        if (cell.ExecutionCount != executionCount)
            yield return $"execution count: committed {Show(cell.ExecutionCount)}, came {Show(executionCount)}";
        foreach (string difference in ChartPictures.Differences(cell.Outputs))
            yield return difference;
        if (cell.HasTag("volatile"))
        {
            string committedKinds = string.Join(", ", cell.Outputs.Select(Kind));
            string freshKinds = string.Join(", ", fresh.Select(Kind));
            if (committedKinds != freshKinds)
                yield return $"kinds of output: committed {Show(committedKinds)}, came {Show(freshKinds)}";
            yield break;
        }

        IReadOnlyList<JsonObject> outputs = ChartPictures.Without(cell.Outputs);
        for (int i = 0; i < Math.Max(outputs.Count, fresh.Count); i++)
        {
            JsonObject? committed = i < outputs.Count ? outputs[i] : null;
            JsonObject? came = i < fresh.Count ? fresh[i] : null;
            if (committed is null || came is null || Kind(committed) != Kind(came))
            {
                yield return $"output {i + 1}: committed {Summary(committed)}, came {Summary(came)}";
                continue;
            }

            foreach (string difference in Differences("", committed, came))
                yield return $"output {i + 1} ({Kind(committed)}){difference}";
        }
    }

    /// <summary>Whether two texts are equal but for numbers that differ by no more than the tolerance.</summary>
    public static bool AreClose(string a, string b)
    {
        if (a == b)
            return true;
        Match inA = Number().Match(a);
        Match inB = Number().Match(b);
        int doneA = 0;
        int doneB = 0;
        for (; inA.Success && inB.Success; inA = inA.NextMatch(), inB = inB.NextMatch())
        {
            if (!a.AsSpan(doneA..inA.Index).SequenceEqual(b.AsSpan(doneB..inB.Index)) || !AreCloseNumbers(inA.ValueSpan, inB.ValueSpan))
                return false;
            doneA = inA.Index + inA.Length;
            doneB = inB.Index + inB.Length;
        }

        return !inA.Success && !inB.Success && a.AsSpan(doneA..).SequenceEqual(b.AsSpan(doneB..));
    }

    private static bool AreCloseNumbers(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.SequenceEqual(b))
            return true;
        double x = double.Parse(a, CultureInfo.InvariantCulture);
        double y = double.Parse(b, CultureInfo.InvariantCulture);
        return double.IsFinite(x) && double.IsFinite(y) && Math.Abs(x - y) <= Tolerance * Math.Max(Math.Abs(x), Math.Abs(y));
    }

    private static IEnumerable<string> Differences(string path, JsonNode? committed, JsonNode? came)
    {
        switch (committed, came)
        {
            case (JsonObject a, JsonObject b):
                foreach (string key in a.Select(each => each.Key).Union(b.Select(each => each.Key)))
                {
                    string place = $"{path}, {key}";
                    if (!a.ContainsKey(key) || !b.ContainsKey(key))
                        yield return $"{place}: committed {(a.ContainsKey(key) ? Show(a[key]) : "nothing")}, came {(b.ContainsKey(key) ? Show(b[key]) : "nothing")}";
                    else
                        foreach (string difference in Differences(place, a[key], b[key]))
                            yield return difference;
                }

                break;
            case (JsonArray a, JsonArray b) when a.Count == b.Count:
                for (int i = 0; i < a.Count; i++)
                {
                    foreach (string difference in Differences($"{path}[{i}]", a[i], b[i]))
                        yield return difference;
                }

                break;
            case (JsonValue a, JsonValue b) when a.GetValueKind() == JsonValueKind.String && b.GetValueKind() == JsonValueKind.String:
                foreach (string difference in TextDifferences(path, a.GetValue<string>(), b.GetValue<string>()))
                    yield return difference;
                break;
            case (JsonValue a, JsonValue b) when a.GetValueKind() == JsonValueKind.Number && b.GetValueKind() == JsonValueKind.Number:
                if (!AreCloseNumbers(a.ToJsonString(), b.ToJsonString()))
                    yield return $"{path}: committed {Show(a)}, came {Show(b)}";
                break;
            default:
                if (!JsonNode.DeepEquals(committed, came))
                    yield return $"{path}: committed {Show(committed)}, came {Show(came)}";
                break;
        }
    }

    private static IEnumerable<string> TextDifferences(string path, string committed, string came)
    {
        if (AreClose(committed, came))
            yield break;
        string[] a = committed.Split('\n');
        string[] b = came.Split('\n');
        int shown = 0;
        int more = 0;
        for (int i = 0; i < Math.Max(a.Length, b.Length); i++)
        {
            string? lineA = i < a.Length ? a[i] : null;
            string? lineB = i < b.Length ? b[i] : null;
            if (lineA is not null && lineB is not null && AreClose(lineA, lineB))
                continue;
            if (++shown > MaxLines)
            {
                more++;
                continue;
            }

            (string? excerptA, string? excerptB) = Excerpts(lineA, lineB);
            yield return $"{path}, line {i + 1}: committed {Show(excerptA)}, came {Show(excerptB)}";
        }

        if (more > 0)
            yield return $"{path}: and {more} more lines";
    }

    /// <summary>Long lines, such as those of a chart's markup, are shown around the first place where they differ.</summary>
    private static (string? A, string? B) Excerpts(string? a, string? b)
    {
        int same = a is null || b is null ? 0 : a.AsSpan().CommonPrefixLength(b);
        int start = Math.Max(0, same - 40);
        return (Excerpt(a, start), Excerpt(b, start));

        static string? Excerpt(string? text, int start)
        {
            if (text is null)
                return null;
            int end = Math.Min(text.Length, start + 120);
            return (start > 0 ? "…" : "") + text[Math.Min(start, end)..end] + (end < text.Length ? "…" : "");
        }
    }

    private static string Kind(JsonObject output) =>
        Outputs.Type(output) switch
        {
            "stream" => $"stream {Outputs.Text(output["name"])}",
            string type when output["data"] is JsonObject data => $"{type} {string.Join(" + ", data.Select(each => each.Key).Order(StringComparer.Ordinal))}",
            string type => type,
        };

    private static string Summary(JsonObject? output)
    {
        if (output is null)
            return "nothing";
        string text = output["text"] is JsonNode stream ? Outputs.Text(stream) : Outputs.DataOf(output).FirstOrDefault().Value ?? Outputs.Text(output["evalue"]);
        return $"{Kind(output)} {Show(Excerpts(text, null).A)}";
    }

    private static string Show(int? number) => number is null ? "null" : $"{number}";

    private static string Show(string? text) => text is null ? "nothing" : JsonSerializer.Serialize(text, Readable);

    private static string Show(JsonNode? node)
    {
        string json = node?.ToJsonString(Readable) ?? "null";
        return json.Length <= 160 ? json : json[..159] + "…";
    }

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [GeneratedRegex(@"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")]
    private static partial Regex Number();
}
