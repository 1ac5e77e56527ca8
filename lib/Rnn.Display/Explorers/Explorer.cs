using System.Text.Encodings.Web;

namespace Rnn.Display;

/// <summary>
/// A figure to play with, which answers to mouse, finger and keyboard: as HTML in a notebook (VS Code, Jupyter, Verso) or a page,
/// as one sentence where there is only text. Made by <see cref="Explorers"/>.
/// </summary>
/// <remarks>
/// The HTML needs nothing around it, no network, no kernel and no library. It is one <c>div</c> of class <c>rnn-explorer</c>
/// with, inside it, a description that stands where no script runs (class <c>rnn-explorer-static</c>; in committed notebooks it
/// is a picture, which the runner makes), the numbers as JSON in full precision, and two scripts: the one that all explorers
/// share and the one of its kind. A page runs each of them once, however many explorers it holds. <c>data-explorer</c> says the
/// kind. Every control is an <c>input</c>, a <c>select</c> or a <c>button</c> with <c>data-control</c>; every number that is
/// shown has <c>data-readout</c>, and its full value in <c>data-value</c>. Equal arguments give equal HTML.
/// </remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class Explorer : IShowsAsHtml
{
    // Others write six letters for each plus sign of base64.
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string kind;
    private readonly string data;
    private readonly string description;

    /// <param name="kind">Which: the name of its script.</param>
    /// <param name="description">One sentence or more, in one line: what it shows, and what there is to try.</param>
    /// <param name="data">What its script reads.</param>
    internal Explorer(string kind, string description, object data)
    {
        // A label or a text in it may have lines of its own.
        (this.kind, this.description) = (kind, description.ReplaceLineEndings(" "));
        // It stands in a script element, which nothing in it may end.
        this.data = JsonSerializer.Serialize(data, Compact).Replace("<", "\\u003C", StringComparison.Ordinal);
    }

    /// <summary>The explorer as a piece of HTML that comes to life in any page.</summary>
    public string ToHtml() =>
        VersoTerminal.Text(this) ?? $"""
        <div class="{ExplorerHooks.Explorer}" {ExplorerHooks.Kind}="{kind}" data-rnn-scripts="{Scripts.ExplorerVersion}"
         role="group" aria-label="{Html.Escape(description)}" style="max-width:720px">
        <div class="{ExplorerHooks.Static}"><p>{Html.Escape(description)}</p></div>
        <p class="{ExplorerHooks.Note}" hidden></p>
        <script type="application/json">{data}</script>
        <script class="{ExplorerHooks.Script}">
        {Scripts.ExplorerKit}
        </script>
        <script class="{ExplorerHooks.Script}">
        {Scripts.Explorer(kind)}
        </script>
        </div>
        """.ReplaceLineEndings("\n");

    /// <summary>What the explorer shows and what there is to try, in one line.</summary>
    public override string ToString() => description;
}
