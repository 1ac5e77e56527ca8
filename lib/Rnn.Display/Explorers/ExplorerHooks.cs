using System.Text.RegularExpressions;

namespace Rnn.Display;

/// <summary>
/// What an explorer's HTML is recognised by, as <see cref="ChartHooks"/> is for charts. Scripts and style sheets spell the same
/// names.
/// </summary>
internal static partial class ExplorerHooks
{
    /// <summary>Class of an explorer's element.</summary>
    public const string Explorer = "rnn-explorer";

    /// <summary>Attribute of that element: which explorer it is.</summary>
    public const string Kind = "data-explorer";

    /// <summary>Class of what stands there where no script runs: the description, or the runner's picture.</summary>
    public const string Static = "rnn-explorer-static";

    /// <summary>Class of the sentence that says why an explorer is not drawn; hidden while there is nothing to say.</summary>
    public const string Note = "rnn-explorer-note";

    /// <summary>Class of its scripts: a page needs each of them once.</summary>
    public const string Script = "rnn-explorer-script";

    /// <summary>HTML with the first copy of each script alone: it draws all that the page holds.</summary>
    public static string WithScriptsOnce(string html)
    {
        HashSet<string> scripts = [];
        return OneScript.Replace(html, script => scripts.Add(script.Value) ? script.Value : "");
    }

    /// <summary>One of those scripts.</summary>
    [GeneratedRegex($"""<script class="{Script}">.*?</script>\n""", RegexOptions.Singleline)]
    public static partial Regex OneScript { get; }
}
