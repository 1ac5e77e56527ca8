namespace Rnn.Runner.Notebook;

/// <summary>Reads a notebook's cells from its bytes and says, of a malformed one, what is wrong and where.</summary>
internal sealed partial class NotebookParser(byte[] bytes, string name)
{
    /// <summary>What other tools keep in a notebook may be nested deeper than the reader expects.</summary>
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 512 };

    private readonly int bom = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
    private readonly HashSet<string> ids = [];
    private int codeCells;
    private string defaultLanguage = "C#";

    /// <summary>Where the value that is being looked at starts.</summary>
    private int position;

    /// <exception cref="NotebookException">The bytes are no notebook.</exception>
    public (JsonElement Metadata, IReadOnlyList<Cell> Cells) Parse()
    {
        try
        {
            JsonElement root = JsonDocument.Parse(bytes.AsMemory(bom), Deep).RootElement;
            return ParseNotebook(root);
        }
        catch (JsonException e)
        {
            // The reader's message ends in its own zero-based idea of the place, counted after any byte order mark.
            position = bom;
            for (long line = e.LineNumber ?? 0; line > 0; line--)
                position = Array.IndexOf(bytes, (byte)'\n', position) + 1;
            position += (int)(e.BytePositionInLine ?? 0);
            throw Error($"not valid JSON: {e.Message.Split(" LineNumber:")[0]}", isNotebook: false);
        }
        catch (InvalidOperationException)
        {
            // What the reader throws for half a surrogate pair or bytes that are no UTF-8.
            throw Error("not valid JSON: a string that is not valid Unicode");
        }
    }

    private (JsonElement Metadata, IReadOnlyList<Cell> Cells) ParseNotebook(JsonElement notebook)
    {
        LookAt(notebook);
        if (notebook.ValueKind != JsonValueKind.Object)
            throw Error("no notebook: its JSON is not an object", isNotebook: false);
        if (!notebook.TryGetProperty("nbformat", out JsonElement format) || !notebook.TryGetProperty("cells", out _))
            throw Error("no notebook: it has no \"nbformat\" and \"cells\"", at: notebook, isNotebook: false);
        RefuseHalfPairs(notebook);
        RefuseTwice(notebook, "$");
        int minor = notebook.TryGetProperty("nbformat_minor", out JsonElement value) ? Integer(value, "$.nbformat_minor") : 0;
        int major = Integer(format, "$.nbformat");
        if (major != 4 || minor < 5)
            throw Error($"nbformat {major}.{minor}: the runner reads 4.5 and later 4.x; save the notebook again in its editor");
        JsonElement metadata = Get(notebook, "$", "metadata", JsonValueKind.Object);
        defaultLanguage = TextAt(metadata, "polyglot_notebook", "kernelInfo", "defaultKernelName")
            ?? TextAt(metadata, "kernelspec", "language")
            ?? defaultLanguage;
        JsonElement cells = Get(notebook, "$", "cells", JsonValueKind.Array);
        return (metadata, [.. cells.EnumerateArray().Select((cell, i) => ParseCell(cell, $"$.cells[{i}]"))]);
    }

    private Cell ParseCell(JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw Error($"{path} must be an object", at: json);
        RefuseTwice(json, path);
        string type = Get(json, path, "cell_type", JsonValueKind.String).GetString()!;
        if (type is not ("code" or "markdown" or "raw"))
            throw Error($"{path}.cell_type is \"{type}\"; it must be code, markdown or raw");
        string id = Get(json, path, "id", JsonValueKind.String).GetString()!;
        if (!CellId.IsMatch(id))
            throw Error($"{path}.id is \"{id}\"; it must be 1 to 64 letters, digits, - or _");
        if (!ids.Add(id))
            throw Error($"{path}.id is \"{id}\", as is an earlier cell's; ids must differ");
        JsonElement source = Get(json, path, "source");
        Cell cell = new()
        {
            Type = type,
            Id = id,
            Source = Outputs.JoinLines(source) ?? throw Error($"{path}.source must be a string or an array of strings"),
            SourceRange = RangeOf(source),
            Metadata = Get(json, path, "metadata", JsonValueKind.Object),
            Attachments = json.TryGetProperty("attachments", out JsonElement attachments) ? attachments : null,
        };
        if (!cell.IsCode)
            return cell;

        string language = TextAt(cell.Metadata, "polyglot_notebook", "kernelName")
            ?? TextAt(cell.Metadata, "dotnet_interactive", "language")
            ?? defaultLanguage;
        if (language.ToLowerInvariant() is not ("csharp" or "c#"))
            throw Error($"{path} (id \"{id}\") is in {language}; the runner runs C# only", at: json);
        JsonElement count = Get(json, path, "execution_count");
        JsonElement outputs = Get(json, path, "outputs", JsonValueKind.Array);
        return cell with
        {
            Number = ++codeCells,
            Outputs = [.. outputs.EnumerateArray().Select((output, i) => TextAt(output, "output_type") is null
                ? throw Error($"{path}.outputs[{i}] must be an object with an \"output_type\"")
                : Outputs.Normalise(output))],
            OutputsRange = RangeOf(outputs),
            ExecutionCount = count.ValueKind == JsonValueKind.Null ? null : Integer(count, $"{path}.execution_count"),
            ExecutionCountRange = RangeOf(count),
        };
    }

    /// <summary>Reads every text of the file once, wherever it stands, so that none fails later.</summary>
    private void RefuseHalfPairs(JsonElement element)
    {
        LookAt(element);
        if (element.ValueKind == JsonValueKind.String)
            _ = element.GetString();
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement each in element.EnumerateArray())
                RefuseHalfPairs(each);
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty each in element.EnumerateObject())
            {
                LookAt(each.Value);
                _ = each.Name;
                RefuseHalfPairs(each.Value);
            }
        }
    }

    private void RefuseTwice(JsonElement element, string path)
    {
        HashSet<string> keys = [];
        foreach (JsonProperty property in element.EnumerateObject())
        {
            LookAt(property.Value);
            if (!keys.Add(property.Name))
                throw Error($"{path} has \"{property.Name}\" twice");
        }
    }

    private JsonElement Get(JsonElement owner, string path, string key, JsonValueKind? kind = null)
    {
        if (!owner.TryGetProperty(key, out JsonElement value))
            throw Error($"{path} has no \"{key}\"", at: owner);
        LookAt(value);
        if (kind is null || value.ValueKind == kind)
            return value;
        throw Error($"{path}.{key} must be {(kind == JsonValueKind.String ? "a" : "an")} {kind.ToString()!.ToLowerInvariant()}");
    }

    private int Integer(JsonElement value, string path)
    {
        LookAt(value);
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int integer)
            ? integer
            : throw Error($"{path} must be an integer");
    }

    private static string? TextAt(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (string key in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(key, out element))
                return null;
        }

        return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
    }

    private void LookAt(JsonElement value) => position = RangeOf(value).Start.Value;

    /// <summary>Where a value stands in the file's bytes, which its document has not copied.</summary>
    private Range RangeOf(JsonElement value)
    {
        ReadOnlySpan<byte> json = JsonMarshal.GetRawUtf8Value(value);
        bytes.AsSpan().Overlaps(json, out int start);
        return start..(start + json.Length);
    }

    /// <summary>An error of a value, or of that which is being looked at.</summary>
    private NotebookException Error(string message, JsonElement? at = null, bool isNotebook = true)
    {
        if (at is JsonElement value)
            LookAt(value);
        ReadOnlySpan<byte> before = bytes.AsSpan(0, position);
        int line = before.Count((byte)'\n') + 1;
        int lineStart = Math.Max(before.LastIndexOf((byte)'\n') + 1, Math.Min(bom, position));
        int column = Encoding.UTF8.GetCharCount(before[lineStart..]) + 1;
        // It may quote the file, where anything can stand.
        string quoted = Control.Replace(message.Length <= 200 ? message : $"{message[..200]}…", " ");
        return new NotebookException($"{name}, line {line}, column {column}: {quoted}") { IsNotebook = isNotebook };
    }

    [GeneratedRegex(@"[\p{Cc}\p{Cs}]")] private static partial Regex Control { get; }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")] private static partial Regex CellId { get; }
}
