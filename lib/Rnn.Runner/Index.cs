using System.Globalization;
using System.Text;

namespace Rnn.Runner;

/// <summary>A notebook of the run, as the index tells of it.</summary>
/// <param name="Notebook">The notebook.</param>
/// <param name="Page">Where its page stands.</param>
/// <param name="Succeeded">Whether it ran to its end.</param>
/// <param name="Time">How long it took.</param>
internal sealed record IndexEntry(NotebookFile Notebook, string Page, bool Succeeded, TimeSpan Time);

/// <summary>The page that leads to the pages of several notebooks that were run at once.</summary>
internal static class Index
{
    public static byte[] Render(IReadOnlyList<IndexEntry> entries, string path)
    {
        StringBuilder html = new("<main>\n<h1>Notebooks</h1>\n<ul class=\"notebooks\">\n");
        foreach (IndexEntry entry in entries)
        {
            (string title, string summary) = MarkdownRenderer.Describe(entry.Notebook);
            string state = entry.Succeeded
                ? $"<span class=\"good\">ran to its end</span> in {Progress.Seconds(entry.Time)}"
                : $"<span class=\"bad\">stopped</span> after {Progress.Seconds(entry.Time)}";
            html.Append(CultureInfo.InvariantCulture, $"""
                <li>
                <h2><a href="{Page.Link(path, entry.Page)}">{Page.Encode(title)}</a></h2>
                <p>{Page.Encode(summary)}</p>
                <p class="note">{Page.Encode(entry.Notebook.Name)}: {state}</p>
                </li>

                """);
        }

        return Page.Document("Notebooks", "", html.Append("</ul>\n</main>\n").ToString());
    }
}
