namespace Rnn.Runner.Site;

/// <summary>The page of terms: each row of its table gets an anchor, so that a link and the search can lead to it.</summary>
internal static partial class Terms
{
    /// <param name="html">The text of the page.</param>
    public static string WithAnchors(string html)
    {
        HashSet<string> ids = [];
        return Row.Replace(html, match =>
        {
            string words = WebUtility.HtmlDecode(Markup.Replace(match.Groups["term"].Value, ""));
            string id = Gap.Replace(words.ToLowerInvariant(), "-").Trim('-');
            // X and x are two terms.
            while (!ids.Add(id))
                id += "-2";
            return $"<tr id=\"term-{id}\">{match.Groups["cell"].Value}";
        });
    }

    [GeneratedRegex("<tr>(?<cell>\\s*<td>(?<term>.*?)</td>)", RegexOptions.Singleline)] private static partial Regex Row { get; }

    /// <summary>Tags, and the TeX that a formula carries for whoever copies it.</summary>
    [GeneratedRegex("<annotation.*?</annotation>|<[^>]+>", RegexOptions.Singleline)] private static partial Regex Markup { get; }

    [GeneratedRegex(@"[^\p{L}\p{N}]+")] private static partial Regex Gap { get; }
}
