using System.Net;
using System.Text.RegularExpressions;
using ColorCode;

namespace Rnn.Runner.Page;

/// <summary>Code in colours.</summary>
internal static partial class Highlighter
{
    /// <summary>Code as HTML with a class for each kind of word; the style sheet gives those their colours.</summary>
    public static string ToHtml(string code, string language)
    {
        if (Languages.FindById(language) is not ILanguage known)
            return $"<pre><code>{Html.Encode(code)}</code></pre>";
        string html = new HtmlClassFormatter().GetHtmlString(code, known);
        // Its own frame is a div with a pre and a line break at either end.
        string inner = Frame().Match(html) is { Success: true } match ? match.Groups[1].Value : Html.Encode(code);
        inner = NumericReference().Replace(inner, reference => WebUtility.HtmlDecode(reference.Value));
        return $"<pre class=\"highlight\"><code>{inner}</code></pre>";
    }

    [GeneratedRegex("^<div[^>]*>\\s*<pre>\\r?\\n?(.*?)\\r?\\n?</pre>\\s*</div>\\s*$", RegexOptions.Singleline)]
    private static partial Regex Frame();

    [GeneratedRegex(@"&#\d{3,};")]
    private static partial Regex NumericReference();
}
