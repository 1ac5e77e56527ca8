namespace Rnn.Runner.Notebook;

/// <summary>One cell, as the file has it.</summary>
internal sealed record Cell
{
    /// <summary>code, markdown or raw.</summary>
    public required string Type { get; init; }

    public required string Id { get; init; }

    /// <summary>1 for the notebook's first code cell, and so on; 0 for other cells.</summary>
    public int Number { get; init; }

    public required string Source { get; init; }

    /// <summary>Where the source stands in the file's bytes.</summary>
    public Range SourceRange { get; init; }

    public required JsonElement Metadata { get; init; }

    /// <summary>The pictures that a markdown cell carries with it, by name, each by mime type.</summary>
    public JsonElement? Attachments { get; init; }

    /// <summary>A code cell's committed outputs; see <see cref="Notebook.Outputs.Normalise"/>.</summary>
    public IReadOnlyList<JsonObject> Outputs { get; init; } = [];

    public int? ExecutionCount { get; init; }

    /// <summary>Where the outputs stand in the file's bytes.</summary>
    public Range OutputsRange { get; init; }

    /// <summary>Where the execution count stands in the file's bytes.</summary>
    public Range ExecutionCountRange { get; init; }

    public bool IsCode => Type == "code";

    /// <summary>Jupyter does not execute a cell without text, and gives it no number.</summary>
    public bool IsBlank => string.IsNullOrWhiteSpace(Source);

    /// <summary>Whether the file asks editors not to show the source at first.</summary>
    public bool IsFolded =>
        Metadata.TryGetProperty("jupyter", out JsonElement jupyter)
        && jupyter.ValueKind == JsonValueKind.Object
        && jupyter.TryGetProperty("source_hidden", out JsonElement hidden)
        && hidden.ValueKind == JsonValueKind.True;

    public bool HasTag(string tag) =>
        Metadata.TryGetProperty("tags", out JsonElement tags)
        && tags.ValueKind == JsonValueKind.Array
        && tags.EnumerateArray().Any(each => each.ValueKind == JsonValueKind.String && each.ValueEquals(tag));
}
