namespace Rnn.Runner.Site;

/// <summary>A text as a notebook of one cell, so that it becomes a page as notebooks do.</summary>
internal static class MarkdownFile
{
    /// <exception cref="NotebookException">There is no such file.</exception>
    public static NotebookFile Read(string path) =>
        File.Exists(path)
            ? Of(File.ReadAllText(path), path)
            : throw new NotebookException($"{Repository.Shorten(path)}: no such file") { IsNotebook = false };

    /// <param name="text">The text.</param>
    /// <param name="path">Where it stands, or where it might: its links start from there.</param>
    public static NotebookFile Of(string text, string path)
    {
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
                ["source"] = text,
            }),
        };
        return NotebookFile.Parse(Encoding.UTF8.GetBytes(notebook.ToJsonString()), path, Repository.Shorten(path));
    }
}
