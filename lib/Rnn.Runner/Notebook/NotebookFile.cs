namespace Rnn.Runner.Notebook;

/// <summary>
/// A notebook of nbformat 4.5 and its bytes. The runner changes outputs and execution counts only, so it keeps the file's
/// bytes and remembers where those two stand in them; whatever else the file holds passes through untouched.
/// </summary>
internal sealed class NotebookFile(string path, string name, byte[] bytes, JsonElement metadata, IReadOnlyList<Cell> cells)
{
    /// <summary>The full path.</summary>
    public string Path => path;

    /// <summary>The path as messages show it.</summary>
    public string Name => name;

    public string Folder => System.IO.Path.GetDirectoryName(path)!;

    public JsonElement Metadata => metadata;

    public IReadOnlyList<Cell> Cells => cells;

    public ReadOnlySpan<byte> Bytes => bytes;

    public IEnumerable<Cell> CodeCells => cells.Where(cell => cell.IsCode);

    /// <summary>How the messages of the runner name a cell.</summary>
    public string NameOf(Cell cell) => $"{name}, cell {cell.Number} ({cell.Id})";

    /// <summary>Does something with one of the cells; where that fails, <see cref="PlaceOf"/> names it.</summary>
    public T InCell<T>(Cell cell, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e)
        {
            e.Data[typeof(Cell)] ??= NameOf(cell);
            throw;
        }
    }

    /// <summary>The cell in which something went wrong, if it was in one, and else the notebook.</summary>
    public string PlaceOf(Exception exception) => exception.Data[typeof(Cell)] as string ?? name;

    /// <exception cref="NotebookException">The file is missing or is no notebook of nbformat 4.5 or later 4.x.</exception>
    public static NotebookFile Read(string path, string name)
    {
        try
        {
            return Parse(File.ReadAllBytes(path), path, name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string reason = Directory.Exists(path) ? "a folder, not a notebook" : File.Exists(path) ? e.Message : "no such file";
            throw new NotebookException($"{name}: {reason}") { IsNotebook = false };
        }
    }

    /// <exception cref="NotebookException">The bytes are no notebook.</exception>
    public static NotebookFile Parse(byte[] bytes, string path, string name)
    {
        (JsonElement metadata, IReadOnlyList<Cell> cells) = new NotebookParser(bytes, name).Parse();
        return new NotebookFile(path, name, bytes, metadata, cells);
    }

    /// <summary>
    /// The file's bytes with new outputs and counts in place of the committed ones. Where the new ones say the same,
    /// the committed bytes stay, whatever their formatting.
    /// </summary>
    public byte[] With(IReadOnlyDictionary<string, (IReadOnlyList<JsonObject> Outputs, int? ExecutionCount)> results)
    {
        (string indent, string newLine) = Layout();
        return Spliced(CodeCells
            .Where(cell => results.ContainsKey(cell.Id))
            .SelectMany(cell => Edits(cell, results[cell.Id].Outputs, results[cell.Id].ExecutionCount)));

        IEnumerable<(Range Place, string Text)> Edits(Cell cell, IReadOnlyList<JsonObject> outputs, int? count)
        {
            if (cell.ExecutionCount != count)
                yield return (cell.ExecutionCountRange, count is int number ? $"{number}" : "null");
            if (!Outputs.AreSame(cell.Outputs, outputs))
                yield return (cell.OutputsRange, Outputs.Serialise(outputs, indent, newLine));
        }
    }

    /// <summary>The file's bytes with other texts in some places.</summary>
    public byte[] Spliced(IEnumerable<(Range Place, string Text)> edits)
    {
        MemoryStream result = new();
        int done = 0;
        foreach ((Range place, string text) in edits.OrderBy(edit => edit.Place.Start.Value))
        {
            result.Write(bytes.AsSpan(done..place.Start));
            result.Write(Encoding.UTF8.GetBytes(text));
            done = place.End.Value;
        }

        result.Write(bytes.AsSpan(done..));
        return result.ToArray();
    }

    /// <summary>
    /// One step of indentation, as the file's second line has it, and the line end; no indentation where all stands on one line.
    /// </summary>
    private (string Indent, string NewLine) Layout()
    {
        int lineEnd = bytes.IndexOf((byte)'\n');
        ReadOnlySpan<byte> second = lineEnd < 0 ? [] : bytes.AsSpan(lineEnd + 1);
        string indent = Encoding.UTF8.GetString(second[..Math.Max(0, second.IndexOfAnyExcept(" \t"u8))]);
        return (indent, lineEnd > 0 && bytes[lineEnd - 1] == '\r' ? "\r\n" : "\n");
    }
}
