namespace Rnn.Runner;
internal static class Page
{
    public static byte[] Render(NotebookFile notebook, IReadOnlyDictionary<string, CellResult> results) => [];
}
