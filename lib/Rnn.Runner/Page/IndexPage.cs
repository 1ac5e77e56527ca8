namespace Rnn.Runner.Page;

/// <summary>The page that leads to the pages of several notebooks that were run at once.</summary>
internal static class IndexPage
{
    public static byte[] Render(IReadOnlyList<IndexEntry> entries, string path)
    {
        string items = string.Concat(entries.Select(entry =>
        {
            (string title, string summary) = MarkdownRenderer.Describe(entry.Notebook);
            string state = entry.Succeeded
                ? $"<span class=\"good\">ran to its end</span> in {Progress.Seconds(entry.Time)}"
                : $"<span class=\"bad\">stopped</span> after {Progress.Seconds(entry.Time)}";
            return $"""
                <li>
                <h2><a href="{Html.Link(path, entry.Page)}">{Html.Encode(title)}</a></h2>
                <p>{Html.Encode(summary)}</p>
                <p class="note">{Html.Encode(entry.Notebook.Name)}: {state}</p>
                </li>

                """;
        }));
        return NotebookPage.Document(
            "Notebooks", "", $"<main>\n<h1>Notebooks</h1>\n<ul class=\"notebooks\">\n{items}</ul>\n</main>\n");
    }
}
