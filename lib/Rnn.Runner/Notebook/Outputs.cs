using System.Text.Encodings.Web;

namespace Rnn.Runner.Notebook;

/// <summary>
/// The outputs of cells, as nbformat has them. In memory every text is one string; in the file it is an array of lines.
/// </summary>
internal static partial class Outputs
{
    public static JsonObject Stream(string name, string text) =>
        new() { ["name"] = name, ["output_type"] = "stream", ["text"] = Whole(text) };

    /// <summary>What <c>display</c> shows.</summary>
    public static JsonObject Display(IEnumerable<KeyValuePair<string, string>> data) =>
        new() { ["data"] = Data(data), ["metadata"] = new JsonObject(), ["output_type"] = "display_data" };

    /// <summary>What a cell's last expression gives.</summary>
    public static JsonObject Result(IEnumerable<KeyValuePair<string, string>> data, int executionCount) =>
        new()
        {
            ["data"] = Data(data),
            ["execution_count"] = executionCount,
            ["metadata"] = new JsonObject(),
            ["output_type"] = "execute_result",
        };

    /// <summary>What a failed cell leaves on the page; it is never written into a notebook.</summary>
    public static JsonObject Error(string name, string message) =>
        new() { ["ename"] = name, ["evalue"] = message, ["output_type"] = "error", ["traceback"] = new JsonArray() };

    public static string Type(JsonObject output) => Text(output["output_type"]);

    public static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : "";

    /// <summary>The texts of an output by mime type.</summary>
    public static IEnumerable<KeyValuePair<string, string>> DataOf(JsonObject output) =>
        (output["data"] as JsonObject ?? []).Select(each => KeyValuePair.Create(
            each.Key,
            each.Value is JsonValue value && value.TryGetValue(out string? text) ? text : each.Value?.ToJsonString() ?? ""));

    /// <summary>A committed output with its texts joined, so that it can be compared with a fresh one.</summary>
    public static JsonObject Normalise(JsonElement output) =>
        ToObject(output, (key, value) => key switch
        {
            "text" => ToTextNode(value),
            "data" when value.ValueKind == JsonValueKind.Object =>
                ToObject(value, (mime, each) => IsJson(mime) ? ToNode(each) : ToTextNode(each)),
            _ => ToNode(value),
        });

    /// <summary>The text of a string or of an array of strings; null for anything else.</summary>
    public static string? JoinLines(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString();
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(line => line.ValueKind != JsonValueKind.String))
            return null;
        return string.Concat(value.EnumerateArray().Select(line => line.GetString()));
    }

    /// <summary>Whether two lists of outputs are equal in every character and digit.</summary>
    public static bool AreSame(IReadOnlyList<JsonObject> a, IReadOnlyList<JsonObject> b) =>
        a.Count == b.Count && a.Zip(b).All(pair => JsonNode.DeepEquals(pair.First, pair.Second));

    /// <summary>
    /// Outputs as the value of a cell's "outputs", as Jupyter writes them: keys in order, texts as arrays of lines, characters
    /// as they are.
    /// </summary>
    /// <param name="outputs">The outputs.</param>
    /// <param name="indent">One step of indentation; when empty, all stands on one line.</param>
    /// <param name="newLine">The line end.</param>
    public static string Serialise(IReadOnlyList<JsonObject> outputs, string indent, string newLine)
    {
        using MemoryStream json = new();
        JsonWriterOptions layout = new()
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Indented = indent.Length > 0,
            IndentCharacter = indent.StartsWith('\t') ? '\t' : ' ',
            IndentSize = Math.Min(indent.Length, 127),
            NewLine = "\n",
        };
        using (Utf8JsonWriter writer = new(json, layout))
            new JsonArray([.. outputs.Select(SplitLines)]).WriteTo(writer);

        // The writer escapes emoji and U+2028 too, but notebooks are read in diffs.
        string text = Escape.Replace(
            Encoding.UTF8.GetString(json.ToArray()),
            match => match.Groups[1].Success ? $"{(char)Convert.ToUInt16(match.Groups[1].Value, 16)}" : match.Value);
        // It begins at the margin; in the file, a code cell's keys are indented by three steps. Line ends within texts are
        // escaped, so every other one is layout.
        return text.Replace("\n", $"{newLine}{indent}{indent}{indent}", StringComparison.Ordinal);
    }

    private static JsonObject Data(IEnumerable<KeyValuePair<string, string>> data)
    {
        JsonObject result = [];
        foreach ((string mime, string text) in data.OrderBy(each => each.Key, StringComparer.Ordinal))
            result[mime] = IsJson(mime) ? JsonNode.Parse(text) : Whole(text);
        return result;
    }

    /// <summary>Half a surrogate pair, which no file can hold, becomes the sign for that.</summary>
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static bool IsJson(string mime) => mime == "application/json" || mime.EndsWith("+json", StringComparison.Ordinal);

    private static JsonNode? ToTextNode(JsonElement value) => JoinLines(value) is string text ? text : ToNode(value);

    private static JsonNode? ToNode(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => ToObject(value, (_, each) => ToNode(each)),
            JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(ToNode)]),
            JsonValueKind.Null => null,
            // A string of its own: one that is no valid Unicode is refused here and not somewhere later.
            JsonValueKind.String => value.GetString(),
            _ => JsonValue.Create(value),
        };

    /// <summary>Of properties with the same key the last one counts, as it does for Jupyter.</summary>
    private static JsonObject ToObject(JsonElement value, Func<string, JsonElement, JsonNode?> convert)
    {
        JsonObject result = [];
        foreach (JsonProperty property in value.EnumerateObject())
            result[property.Name] = convert(property.Name, property.Value);
        return result;
    }

    private static JsonObject SplitLines(JsonObject output)
    {
        JsonObject result = output.DeepClone().AsObject();
        if (result["text"] is JsonValue text)
            result["text"] = Lines(Text(text));
        if (result["data"] is JsonObject data)
        {
            foreach ((string mime, JsonNode? value) in data.Where(each => !IsJson(each.Key) && each.Value is JsonValue).ToList())
                data[mime] = Lines(Text(value));
        }

        return result;
    }

    private static JsonArray Lines(string text)
    {
        string[] lines = text.Split('\n');
        return [.. lines.Select((line, i) => i < lines.Length - 1 ? line + "\n" : line).Where(line => line.Length > 0)];
    }

    /// <summary>An escape sequence; in the group, the number of a character that JSON takes as it is.</summary>
    [GeneratedRegex(@"\\(?:u((?!00[01])[0-9A-Fa-f]{4})|.)")] private static partial Regex Escape { get; }
}
