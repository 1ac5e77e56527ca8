using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Rnn.Runner.Notebook;

/// <summary>
/// A notebook of nbformat 4.5 and its bytes. The runner changes outputs and execution counts only, so it keeps the file's
/// bytes and remembers where those two stand in them; whatever else the file holds passes through untouched.
/// </summary>
internal sealed partial class NotebookFile
{
    private static readonly byte[] Utf8Bom = [0xEF, 0xBB, 0xBF];

    private readonly byte[] bytes;

    private NotebookFile(string path, string name, byte[] bytes, JsonElement metadata, IReadOnlyList<Cell> cells)
    {
        Path = path;
        Name = name;
        this.bytes = bytes;
        Metadata = metadata;
        Cells = cells;
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>The path as messages show it.</summary>
    public string Name { get; }

    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    public JsonElement Metadata { get; }

    public IReadOnlyList<Cell> Cells { get; }

    public ReadOnlySpan<byte> Bytes => bytes;

    public IEnumerable<Cell> CodeCells => Cells.Where(cell => cell.IsCode);

    /// <summary>How the messages of the runner name a cell.</summary>
    public string NameOf(Cell cell) => $"{Name}, cell {cell.Number} ({cell.Id})";

    /// <exception cref="NotebookException">The file is missing or is no notebook of nbformat 4.5 or later 4.x.</exception>
    public static NotebookFile Read(string path, string name)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            bool isFolder = Directory.Exists(path);
            throw new NotebookException($"{name}: {(isFolder ? "a folder, not a notebook" : File.Exists(path) ? e.Message : "no such file")}");
        }

        return Parse(bytes, path, name);
    }

    /// <exception cref="NotebookException">The bytes are no notebook.</exception>
    public static NotebookFile Parse(byte[] bytes, string path, string name)
    {
        Parser parser = new(bytes, name);
        (JsonElement metadata, List<Cell> cells) = parser.Parse();
        return new NotebookFile(path, name, bytes, metadata, cells);
    }

    /// <summary>
    /// The file's bytes with new outputs and counts in place of the committed ones. Where the new ones say the same,
    /// the committed bytes stay, whatever their formatting.
    /// </summary>
    public byte[] With(IReadOnlyDictionary<string, (IReadOnlyList<JsonObject> Outputs, int? ExecutionCount)> results)
    {
        return Splice(CodeCells
            .Where(cell => results.ContainsKey(cell.Id))
            .SelectMany(cell => Edits(cell, results[cell.Id].Outputs, results[cell.Id].ExecutionCount)));

        IEnumerable<(ByteRange Range, Func<byte[]> Bytes)> Edits(Cell cell, IReadOnlyList<JsonObject> outputs, int? count)
        {
            if (cell.ExecutionCount != count)
                yield return (cell.ExecutionCountRange, () => Encoding.UTF8.GetBytes(count is int number ? $"{number}" : "null"));
            if (!Outputs.AreSame(cell.Outputs, outputs))
                yield return (cell.OutputsRange, () => Outputs.Serialise(outputs, LayoutAt(cell.OutputsRange)));
        }
    }

    /// <summary>
    /// The file's bytes for a copy that runs in another folder. In its code, paths become absolute: those of #r lines, and each
    /// quoted text that is the path of a file, or begins with that of a folder where $"…{…}" puts together the rest. In its
    /// prose, pictures are looked for from the other folder.
    /// </summary>
    public byte[] CopyFor(string folder) =>
        Splice(Cells.Select(cell => (cell.SourceRange, (Func<byte[]>)(() =>
        {
            // On the JSON itself, where quotes and backslashes of the code have a backslash before them.
            string json = Encoding.UTF8.GetString(bytes[cell.SourceRange.Start..cell.SourceRange.End]);
            return Encoding.UTF8.GetBytes(cell.IsCode
                ? QuotedText().Replace(json, match => match.Groups["before"].Value + Absolute(match) + match.Groups["after"].Value)
                : Picture().Replace(json, match => match.Groups["before"].Value + RelativeTo(folder, match.Groups["path"].Value)));
        }))));

    private string Absolute(Match quoted)
    {
        string text = quoted.Groups["text"].Value;
        string path = text.Replace(@"\\", "/", StringComparison.Ordinal);
        bool isLibrary = quoted.Groups["reference"].Success && path.EndsWith(".dll", StringComparison.Ordinal);
        return isLibrary || File.Exists(System.IO.Path.Combine(Folder, path)) || IsBelowFolder(path)
            // Slashes, which every system takes, and which no string of C# has to escape.
            ? System.IO.Path.GetFullPath(System.IO.Path.Combine(Folder, path)).Replace('\\', '/')
            : text;
    }

    private string RelativeTo(string folder, string picture)
    {
        string path = System.IO.Path.GetFullPath(System.IO.Path.Combine(Folder, Uri.UnescapeDataString(picture)));
        return File.Exists(path)
            ? string.Join('/', System.IO.Path.GetRelativePath(folder, path).Split(System.IO.Path.DirectorySeparatorChar).Select(Uri.EscapeDataString))
            : picture;
    }

    private bool IsBelowFolder(string text)
    {
        int hole = text.IndexOf('{', StringComparison.Ordinal);
        int slash = hole < 0 ? -1 : text.LastIndexOf('/', hole);
        return slash > 0 && Directory.Exists(System.IO.Path.Combine(Folder, text[..slash]));
    }

    private byte[] Splice(IEnumerable<(ByteRange Range, Func<byte[]> Bytes)> edits)
    {
        MemoryStream result = new();
        int done = 0;
        foreach ((ByteRange range, Func<byte[]> replacement) in edits.OrderBy(edit => edit.Range.Start))
        {
            result.Write(bytes.AsSpan(done..range.Start));
            result.Write(replacement());
            done = range.End;
        }

        result.Write(bytes.AsSpan(done..));
        return result.ToArray();
    }

    /// <summary>Reads from the bytes around a value how the file is laid out: line ends, indentation, space after a colon.</summary>
    private JsonLayout LayoutAt(ByteRange value)
    {
        ReadOnlySpan<byte> before = bytes.AsSpan(0, value.Start);
        int lineStart = before.LastIndexOf((byte)'\n') + 1;
        string line = Encoding.UTF8.GetString(before[lineStart..]);
        string separator = SeparatorBeforeValue().Match(line) is { Success: true } match ? match.Value : ": ";

        string? newLine = null;
        string indent = "";
        string unit = " ";
        // Only where the key begins its own line is the file indented at all; else everything goes on that one line.
        if (lineStart > 0 && KeyBeginsLine().Match(line) is { Success: true } key)
        {
            newLine = lineStart > 1 && bytes[lineStart - 2] == '\r' ? "\r\n" : "\n";
            indent = key.Groups[1].Value;
            // A code cell's keys stand three levels deep: notebook, cells, cell.
            unit = indent.Length % 3 == 0 ? indent[..(indent.Length / 3)] : " ";
        }

        return new JsonLayout(newLine, indent, unit, separator);
    }

    [GeneratedRegex("""\s*:\s*$""")]
    private static partial Regex SeparatorBeforeValue();

    [GeneratedRegex("""^([ \t]*)"outputs"\s*:\s*$""")]
    private static partial Regex KeyBeginsLine();

    [GeneratedRegex("""(?<before>(?<reference>#r\s+)?\\")(?<text>(?:[^"\\]|\\\\)+)(?<after>\\")""")]
    private static partial Regex QuotedText();

    [GeneratedRegex(@"(?<before>!\[[^\]]*\]\()(?<path>[^)\s""\\]+)")]
    private static partial Regex Picture();

    private sealed class Parser(byte[] bytes, string name)
    {
        /// <summary>What other tools keep in a notebook may be nested deeper than the reader expects.</summary>
        private static readonly JsonReaderOptions Deep = new() { MaxDepth = 512 };

        private readonly int bom = bytes.AsSpan().StartsWith(Utf8Bom) ? Utf8Bom.Length : 0;
        private readonly HashSet<string> ids = [];
        private int codeCells;
        private string defaultLanguage = "C#";

        /// <summary>Where the value that is being looked at starts.</summary>
        private int position;

        public (JsonElement Metadata, List<Cell> Cells) Parse()
        {
            try
            {
                return ParseNotebook();
            }
            catch (JsonException e)
            {
                // The reader's message ends in its own zero-based idea of the place, counted after any byte order mark.
                int line = (int)(e.LineNumber ?? 0);
                int lineStart = bom;
                for (int i = 0; i < line; i++)
                    lineStart = Array.IndexOf(bytes, (byte)'\n', lineStart) + 1;
                string text = e.Message.Split(" LineNumber:")[0].Split(" Path:")[0];
                throw Error(lineStart + (int)(e.BytePositionInLine ?? 0), $"not valid JSON: {text}");
            }
            catch (InvalidOperationException)
            {
                // What the reader throws for half a surrogate pair or bytes that are no UTF-8.
                throw Error(position, "not valid JSON: a string that is not valid Unicode");
            }
        }

        private (JsonElement Metadata, List<Cell> Cells) ParseNotebook()
        {
            Utf8JsonReader reader = new(bytes.AsSpan(bom), Deep);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw Error(bom, "no notebook: its JSON is not an object");

            Dictionary<string, (ByteRange Range, JsonElement Value)> properties = ReadObject(ref reader, "$");
            // Anything after the closing brace is an error of JSON.
            reader.Read();

            if (!properties.TryGetValue("nbformat", out (ByteRange Range, JsonElement Value) format)
                || !properties.TryGetValue("cells", out (ByteRange Range, JsonElement Value) cells))
                throw Error(bom, "no notebook: it has no \"nbformat\" and \"cells\"");
            int major = Integer(format, "$.nbformat");
            int minor = properties.TryGetValue("nbformat_minor", out (ByteRange Range, JsonElement Value) minorValue)
                ? Integer(minorValue, "$.nbformat_minor")
                : 0;
            if (major != 4 || minor < 5)
                throw Error(format.Range.Start, $"nbformat {major}.{minor}: the runner reads nbformat 4.5 and later 4.x; save the notebook anew in its editor");
            (ByteRange _, JsonElement metadata) = Required(properties, "metadata", JsonValueKind.Object, "$", bom);
            defaultLanguage = TextAt(metadata, "polyglot_notebook", "kernelInfo", "defaultKernelName") ?? TextAt(metadata, "kernelspec", "language") ?? "C#";
            if (cells.Value.ValueKind != JsonValueKind.Array)
                throw Error(cells.Range.Start, "$.cells must be an array");

            List<Cell> result = [];
            Utf8JsonReader cellReader = new(bytes.AsSpan(cells.Range.Start..cells.Range.End), Deep);
            cellReader.Read();
            while (cellReader.Read() && cellReader.TokenType != JsonTokenType.EndArray)
                result.Add(ParseCell(ref cellReader, cells.Range.Start, $"$.cells[{result.Count}]"));
            return (metadata, result);
        }

        private Cell ParseCell(ref Utf8JsonReader reader, int offset, string path)
        {
            int start = offset + (int)reader.TokenStartIndex;
            position = start;
            if (reader.TokenType != JsonTokenType.StartObject)
                throw Error(start, $"{path} must be an object");
            Dictionary<string, (ByteRange Range, JsonElement Value)> properties = ReadObject(ref reader, path, offset);

            string type = Required(properties, "cell_type", JsonValueKind.String, path, start).Value.GetString()!;
            if (type is not ("code" or "markdown" or "raw"))
                throw Error(properties["cell_type"].Range.Start, $"{path}.cell_type is \"{type}\"; it must be code, markdown or raw");
            string id = Required(properties, "id", JsonValueKind.String, path, start).Value.GetString()!;
            if (!CellId().IsMatch(id))
                throw Error(properties["id"].Range.Start, $"{path}.id is \"{id}\"; it must be 1 to 64 letters, digits, - or _");
            if (!ids.Add(id))
                throw Error(properties["id"].Range.Start, $"{path}.id is \"{id}\", as is an earlier cell's; ids must differ");
            JsonElement metadata = Required(properties, "metadata", JsonValueKind.Object, path, start).Value;
            string source = Source(properties, path, start);
            if (type != "code")
            {
                JsonElement? attachments = properties.TryGetValue("attachments", out (ByteRange Range, JsonElement Value) a) ? a.Value : null;
                return new Cell { Type = type, Id = id, Source = source, SourceRange = properties["source"].Range, Metadata = metadata, Attachments = attachments };
            }

            string language = TextAt(metadata, "polyglot_notebook", "kernelName") ?? TextAt(metadata, "dotnet_interactive", "language") ?? defaultLanguage;
            if (!language.Equals("csharp", StringComparison.OrdinalIgnoreCase) && !language.Equals("C#", StringComparison.OrdinalIgnoreCase))
                throw Error(start, $"{path} (id \"{id}\") is in {language}; the runner runs C# only");

            (ByteRange outputsRange, JsonElement outputs) = Required(properties, "outputs", JsonValueKind.Array, path, start);
            position = outputsRange.Start;
            List<JsonObject> normalised = [];
            foreach (JsonElement output in outputs.EnumerateArray())
            {
                if (output.ValueKind != JsonValueKind.Object
                    || !output.TryGetProperty("output_type", out JsonElement kind)
                    || kind.ValueKind != JsonValueKind.String)
                    throw Error(outputsRange.Start, $"{path}.outputs[{normalised.Count}] must be an object with an \"output_type\"");
                normalised.Add(Outputs.Normalise(output));
            }

            if (!properties.TryGetValue("execution_count", out (ByteRange Range, JsonElement Value) count))
                throw Error(start, $"{path} has no \"execution_count\"");
            return new Cell
            {
                Type = type,
                Id = id,
                Number = ++codeCells,
                Source = source,
                SourceRange = properties["source"].Range,
                Metadata = metadata,
                Outputs = normalised,
                OutputsRange = outputsRange,
                ExecutionCount = count.Value.ValueKind == JsonValueKind.Null ? null : Integer(count, $"{path}.execution_count"),
                ExecutionCountRange = count.Range,
            };
        }

        private string Source(Dictionary<string, (ByteRange Range, JsonElement Value)> properties, string path, int start)
        {
            if (!properties.TryGetValue("source", out (ByteRange Range, JsonElement Value) source))
                throw Error(start, $"{path} has no \"source\"");
            position = source.Range.Start;
            return Outputs.JoinLines(source.Value)
                ?? throw Error(source.Range.Start, $"{path}.source must be a string or an array of strings");
        }

        private (ByteRange Range, JsonElement Value) Required(
            Dictionary<string, (ByteRange Range, JsonElement Value)> properties, string key, JsonValueKind kind, string path, int start)
        {
            if (!properties.TryGetValue(key, out (ByteRange Range, JsonElement Value) value))
                throw Error(start, $"{path} has no \"{key}\"");
            position = value.Range.Start;
            if (value.Value.ValueKind != kind)
                throw Error(value.Range.Start, $"{path}.{key} must be {(kind == JsonValueKind.String ? "a" : "an")} {kind.ToString().ToLowerInvariant()}");
            return value;
        }

        private int Integer((ByteRange Range, JsonElement Value) value, string path) =>
            value.Value.ValueKind == JsonValueKind.Number && value.Value.TryGetInt32(out int integer)
                ? integer
                : throw Error(value.Range.Start, $"{path} must be an integer");

        private static string? TextAt(JsonElement element, params ReadOnlySpan<string> path)
        {
            foreach (string key in path)
            {
                if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(key, out element))
                    return null;
            }

            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }

        /// <summary>Reads an object's properties with the place of each value; the reader stands on its opening brace.</summary>
        private Dictionary<string, (ByteRange Range, JsonElement Value)> ReadObject(ref Utf8JsonReader reader, string path, int? offset = null)
        {
            int shift = offset ?? bom;
            Dictionary<string, (ByteRange Range, JsonElement Value)> properties = [];
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                position = shift + (int)reader.TokenStartIndex;
                string key = reader.GetString()!;
                int keyStart = position;
                reader.Read();
                int start = shift + (int)reader.TokenStartIndex;
                JsonElement value = JsonElement.ParseValue(ref reader);
                int end = shift + (int)reader.BytesConsumed;
                if (!properties.TryAdd(key, (new ByteRange(start, end), value)))
                    throw Error(keyStart, $"{path} has \"{key}\" twice");
            }

            return properties;
        }

        private NotebookException Error(int position, string message)
        {
            position = Math.Clamp(position, 0, bytes.Length);
            ReadOnlySpan<byte> before = bytes.AsSpan(0, position);
            int line = before.Count((byte)'\n') + 1;
            int lineStart = Math.Max(before.LastIndexOf((byte)'\n') + 1, Math.Min(bom, position));
            int column = Encoding.UTF8.GetCharCount(before[lineStart..]) + 1;
            return new NotebookException($"{name}, line {line}, column {column}: {message}");
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex CellId();
}
