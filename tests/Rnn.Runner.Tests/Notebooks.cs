using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rnn.Runner.Tests;

/// <summary>Small notebooks as text, laid out as Jupyter does.</summary>
internal static class Notebooks
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, IndentSize = 1, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(params JsonObject[] cells) =>
        new JsonObject
        {
            ["cells"] = new JsonArray([.. cells.Select((cell, i) => Identified(cell, $"cell-{i + 1}"))]),
            ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" } },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        }.ToJsonString(Layout) + "\n";

    public static JsonObject Code(string source, params string[] tags) =>
        new()
        {
            ["cell_type"] = "code",
            ["execution_count"] = null,
            ["id"] = null,
            ["metadata"] = tags.Length == 0 ? [] : new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => JsonValue.Create(tag))]) },
            ["outputs"] = new JsonArray(),
            ["source"] = source,
        };

    public static JsonObject Markdown(string source) =>
        new() { ["cell_type"] = "markdown", ["id"] = null, ["metadata"] = new JsonObject(), ["source"] = source };

    public static NotebookFile Parse(string json) => NotebookFile.Parse(Encoding.UTF8.GetBytes(json), Path.GetFullPath("n.ipynb"), "n.ipynb");

    private static JsonObject Identified(JsonObject cell, string id)
    {
        cell["id"] ??= id;
        return cell;
    }
}

/// <summary>A folder for a test, and the runner's own program, run in it.</summary>
internal sealed class Sandbox : IDisposable
{
    public Sandbox() => Folder = Directory.CreateTempSubdirectory("rnn-runner-tests-").FullName;

    public string Folder { get; }

    /// <summary>For the runner, beside what the tests themselves run in.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public string this[string name] => Path.Combine(Folder, name);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public string Read(string name) => File.ReadAllText(this[name]);

    public JsonNode ReadCell(string name, int index) => JsonNode.Parse(Read(name))!["cells"]![index]!;

    /// <summary>Starts the runner in the folder.</summary>
    /// <param name="deafToInterrupts">As a shell starts what ends in an ampersand.</param>
    /// <param name="arguments">The runner's arguments.</param>
    public Process Start(bool deafToInterrupts, params string[] arguments)
    {
        string[] command = ["dotnet", typeof(NotebookFile).Assembly.Location, .. arguments];
        if (deafToInterrupts)
            command = ["sh", "-c", "trap '' INT; exec \"$@\"", "sh", .. command];
        ProcessStartInfo start = new(command[0], command[1..])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach ((string name, string value) in Environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public async Task<(int ExitCode, string Output, string Error)> Run(params string[] arguments)
    {
        using Process process = Start(deafToInterrupts: false, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
