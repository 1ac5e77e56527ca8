using System.Text.Encodings.Web;

namespace Rnn.Testing;

/// <summary>Small notebooks as text, laid out as Jupyter does.</summary>
internal static class Notebooks
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(params JsonObject[] cells) =>
        new JsonObject
        {
            ["cells"] = new JsonArray([.. cells.Select((cell, i) => Identified(cell, $"cell-{i + 1}"))]),
            ["metadata"] = new JsonObject
            {
                ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" },
            },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        }.ToJsonString(Layout) + "\n";

    public static JsonObject Code(string source, params string[] tags) =>
        new()
        {
            ["cell_type"] = "code",
            ["execution_count"] = null,
            ["id"] = null,
            ["metadata"] = tags.Length == 0
                ? []
                : new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => JsonValue.Create(tag))]) },
            ["outputs"] = new JsonArray(),
            ["source"] = source,
        };

    public static JsonObject Markdown(string source) =>
        new() { ["cell_type"] = "markdown", ["id"] = null, ["metadata"] = new JsonObject(), ["source"] = source };

    public static NotebookFile Parse(string json) =>
        NotebookFile.Parse(Encoding.UTF8.GetBytes(json), Path.GetFullPath("n.ipynb"), "n.ipynb");

    private static JsonObject Identified(JsonObject cell, string id)
    {
        cell["id"] ??= id;
        return cell;
    }
}
