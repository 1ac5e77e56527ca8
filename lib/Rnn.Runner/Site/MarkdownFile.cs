namespace Rnn.Runner.Site;

/// <summary>A text as a notebook of one cell, so that it becomes a page as notebooks do.</summary>
internal static class MarkdownFile
{
    /// <exception cref="NotebookException">There is no such file.</exception>
    public static NotebookFile Read(string path)
    {
        string name = Repository.Shorten(path);
        if (!File.Exists(path))
            throw new NotebookException($"{name}: no such file") { IsNotebook = false };
        JsonObject notebook = new()
        {
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
            ["metadata"] = new JsonObject(),
            ["cells"] = new JsonArray(new JsonObject
            {
                ["cell_type"] = "markdown",
                ["id"] = "text",
                ["metadata"] = new JsonObject(),
                ["source"] = File.ReadAllText(path),
            }),
        };
        return NotebookFile.Parse(Encoding.UTF8.GetBytes(notebook.ToJsonString()), path, name);
    }
}
