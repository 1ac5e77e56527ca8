using System.Text.Encodings.Web;

namespace Rnn.Runner.Site;

/// <summary>
/// What can be found in the course: headings, prose and terms; not code and what it prints. The browser gets it with search.js
/// when somebody first searches.
/// </summary>
internal static partial class SearchIndex
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The script that searches, with what it searches in.</summary>
    public static string Script(IEnumerable<SitePage> pages) =>
        $"{Resource.Text("search.js")}\nrnnSearch({JsonSerializer.Serialize(pages.Select(Entry), Compact)});\n";

    private static object[] Entry(SitePage page) =>
        [page.Place, page.Part == Part.Solutions ? page.Title : page.Name, Sections(page).ToArray()];

    /// <summary>Anchor, heading and text of each section; the first, down to the first heading, has no anchor.</summary>
    private static IEnumerable<string[]> Sections(SitePage page)
    {
        string text = Unsearched.Replace(page.Body, "");
        MatchCollection starts = Start.Matches(text);
        yield return ["", page.Title, Plain(starts.Count > 0 ? text[..starts[0].Index] : text)];
        for (int i = 0; i < starts.Count; i++)
        {
            int from = starts[i].Index + starts[i].Length;
            yield return
            [
                starts[i].Groups["id"].Value, Plain(starts[i].Groups["heading"].Value),
                Plain(i + 1 < starts.Count ? text[from..starts[i + 1].Index] : text[from..]),
            ];
        }
    }

    private static string Plain(string html) =>
        Blanks.Replace(WebUtility.HtmlDecode(Inline.Replace(html, match => IsBlock(match.Value) ? " " : "")), " ").Trim();

    private static bool IsBlock(string tag) => !InlineName.IsMatch(tag);

    /// <summary>Code and what it shows, titles, formulas on lines of their own, and the TeX of all others.</summary>
    [GeneratedRegex(
        """<section class="cell code".*?</section>|<(?:h1|math display|annotation|pre).*?</(?:h1|math|annotation|pre)>""",
        RegexOptions.Singleline)]
    private static partial Regex Unsearched { get; }

    /// <summary>A heading, or a row of the page of terms with its first cell.</summary>
    [GeneratedRegex(
        """<(?:h[23]|tr) id="(?<id>[^"]+)">\s*(?:<td>)?(?<heading>.*?)</(?:h[23]|td)>""", RegexOptions.Singleline)]
    private static partial Regex Start { get; }

    [GeneratedRegex("<[^>]+>")] private static partial Regex Inline { get; }

    [GeneratedRegex("^</?(?:a|b|code|em|i|m[a-z]+|semantics|span|strong|sub|sup)[ >]")]
    private static partial Regex InlineName { get; }

    [GeneratedRegex(@"\s+")] private static partial Regex Blanks { get; }
}
