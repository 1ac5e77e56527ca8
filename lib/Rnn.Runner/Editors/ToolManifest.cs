namespace Rnn.Runner.Editors;

/// <summary>
/// The list of tools that the Polyglot Notebooks extension keeps, its kernel among them. The extension has the SDK make it and
/// then looks for .config/dotnet-tools.json; since .NET 10, the SDK writes dotnet-tools.json. On its next start the extension
/// finds none, asks the SDK again, which refuses, and no kernel can be chosen.
/// </summary>
internal sealed class ToolManifest(Editor editor)
{
    private const string FileName = "dotnet-tools.json";

    private const string Empty =
        """
        {
          "version": 1,
          "isRoot": true,
          "tools": {}
        }

        """;

    private readonly string folder = Path.Combine(editor.UserFolder, "globalStorage", "ms-dotnettools.dotnet-interactive-vscode");

    private string Right => Path.Combine(folder, ".config", FileName);

    private string Beside => Path.Combine(folder, FileName);

    public ManifestState State() =>
        File.Exists(Right) ? IsList(Right) ? ManifestState.Right : ManifestState.Broken
        : !File.Exists(Beside) ? ManifestState.Missing
        : IsList(Beside) ? ManifestState.Misplaced : ManifestState.Broken;

    /// <summary>Puts the list where the extension looks, and touches nothing else; returns the state that it was in.</summary>
    public ManifestState Mend()
    {
        ManifestState state = State();
        if (state is ManifestState.Misplaced or ManifestState.Missing)
            Directory.CreateDirectory(Path.GetDirectoryName(Right)!);
        if (state == ManifestState.Misplaced)
            File.Move(Beside, Right);
        else if (state == ManifestState.Missing)
            AtomicFile.Write(Right, Encoding.UTF8.GetBytes(Empty));
        return state;
    }

    private static bool IsList(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(path)) is JsonObject list && list["tools"] is JsonObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
