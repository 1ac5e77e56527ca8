using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rnn.Runner.Notebook;

/// <summary>
/// The outputs of cells, as nbformat has them. In memory every text is one string; in the file it is an array of lines.
/// </summary>
internal static class Outputs
{
    public static JsonObject Stream(string name, string text) =>
        new() { ["name"] = name, ["output_type"] = "stream", ["text"] = text };

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
        output["data"] is JsonObject data
            ? data.Select(each => KeyValuePair.Create(each.Key, each.Value is JsonValue v && v.TryGetValue(out string? s) ? s : each.Value?.ToJsonString() ?? ""))
            : [];

    /// <summary>A committed output with its texts joined, so that it can be compared with a fresh one.</summary>
    public static JsonObject Normalise(JsonElement output)
    {
        JsonObject result = [];
        foreach (JsonProperty property in output.EnumerateObject())
        {
            result[property.Name] = property.Name switch
            {
                "text" when JoinLines(property.Value) is string text => text,
                "data" when property.Value.ValueKind == JsonValueKind.Object => NormaliseData(property.Value),
                _ => ToNode(property.Value),
            };
        }

        return result;
    }

    /// <summary>The text of a string or of an array of strings; null for anything else.</summary>
    public static string? JoinLines(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString();
        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(line => line.ValueKind == JsonValueKind.String)
            ? string.Concat(value.EnumerateArray().Select(line => line.GetString()))
            : null;
    }

    /// <summary>Whether two lists of outputs are equal in every character and digit.</summary>
    public static bool AreSame(IReadOnlyList<JsonObject> a, IReadOnlyList<JsonObject> b) =>
        a.Count == b.Count && a.Zip(b).All(pair => JsonNode.DeepEquals(pair.First, pair.Second));

    /// <summary>Writes outputs as Jupyter does: keys in order, texts as arrays of lines, characters as they are.</summary>
    public static byte[] Serialise(IReadOnlyList<JsonObject> outputs, JsonLayout layout)
    {
        StringBuilder json = new();
        JsonArray array = [.. outputs.Select(SplitLines)];
        Write(json, array, layout, 0);
        return Encoding.UTF8.GetBytes(json.ToString());
    }

    private static JsonObject Data(IEnumerable<KeyValuePair<string, string>> data)
    {
        JsonObject result = [];
        foreach ((string mime, string text) in data.OrderBy(each => each.Key, StringComparer.Ordinal))
            result[mime] = IsJson(mime) ? JsonNode.Parse(text) : text;
        return result;
    }

    private static bool IsJson(string mime) => mime == "application/json" || mime.EndsWith("+json", StringComparison.Ordinal);

    private static JsonObject NormaliseData(JsonElement data)
    {
        JsonObject result = [];
        foreach (JsonProperty each in data.EnumerateObject())
            result[each.Name] = !IsJson(each.Name) && JoinLines(each.Value) is string text ? text : ToNode(each.Value);
        return result;
    }

    private static JsonNode? ToNode(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => ToObject(value),
            JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(ToNode)]),
            JsonValueKind.Null => null,
            // A string of its own: one that is no valid Unicode is refused here and not somewhere later.
            JsonValueKind.String => value.GetString(),
            _ => JsonValue.Create(value),
        };

    private static JsonObject ToObject(JsonElement value)
    {
        JsonObject result = [];
        foreach (JsonProperty property in value.EnumerateObject())
            result[property.Name] = ToNode(property.Value);
        return result;
    }

    private static JsonObject SplitLines(JsonObject output)
    {
        JsonObject result = output.DeepClone().AsObject();
        if (result["text"] is JsonValue text)
            result["text"] = Lines(Text(text));
        if (result["data"] is JsonObject data)
        {
            foreach (string mime in data.Select(each => each.Key).ToList())
            {
                if (!IsJson(mime) && data[mime] is JsonValue value)
                    data[mime] = Lines(Text(value));
            }
        }

        return result;
    }

    private static JsonArray Lines(string text)
    {
        JsonArray lines = [];
        for (int start = 0, end; start < text.Length; start = end)
        {
            int newLine = text.IndexOf('\n', start);
            end = newLine < 0 ? text.Length : newLine + 1;
            lines.Add(text[start..end]);
        }

        return lines;
    }

    private static void Write(StringBuilder json, JsonNode? node, JsonLayout layout, int depth)
    {
        switch (node)
        {
            case JsonObject { Count: 0 }:
                json.Append("{}");
                break;
            case JsonArray { Count: 0 }:
                json.Append("[]");
                break;
            case JsonObject @object:
                WriteItems('{', @object, '}', each =>
                {
                    WriteString(json, each.Key);
                    json.Append(layout.Separator);
                    Write(json, each.Value, layout, depth + 1);
                });
                break;
            case JsonArray array:
                WriteItems('[', array, ']', each => Write(json, each, layout, depth + 1));
                break;
            case JsonValue value when value.TryGetValue(out string? text):
                WriteString(json, text);
                break;
            default:
                json.Append(node?.ToJsonString() ?? "null");
                break;
        }

        void WriteItems<T>(char open, IEnumerable<T> items, char close, Action<T> write)
        {
            json.Append(open);
            string next = "";
            foreach (T item in items)
            {
                json.Append(next);
                StartLine(depth + 1);
                write(item);
                next = layout.NewLine is null && layout.Separator.EndsWith(' ') ? ", " : ",";
            }

            StartLine(depth);
            json.Append(close);
        }

        void StartLine(int depth)
        {
            if (layout.NewLine is not null)
                json.Append(layout.NewLine).Append(layout.Indent).Insert(json.Length, layout.Unit, depth);
        }
    }

    /// <summary>Escapes what JSON demands and nothing else: notebooks are read in diffs.</summary>
    private static void WriteString(StringBuilder json, string text)
    {
        json.Append('"');
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            switch (c)
            {
                case '"': json.Append("\\\""); break;
                case '\\': json.Append("\\\\"); break;
                case '\n': json.Append("\\n"); break;
                case '\r': json.Append("\\r"); break;
                case '\t': json.Append("\\t"); break;
                case '\b': json.Append("\\b"); break;
                case '\f': json.Append("\\f"); break;
                default:
                    bool pair = char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
                    if (pair)
                        json.Append(c).Append(text[++i]);
                    else if (c < ' ' || char.IsSurrogate(c))
                        json.Append($"\\u{(int)c:x4}");
                    else
                        json.Append(c);
                    break;
            }
        }

        json.Append('"');
    }
}
