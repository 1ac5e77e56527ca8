using System.Collections.Concurrent;

namespace Rnn.Runner.Site;

/// <summary>
/// What outputs carry with them so that each stands alone, put where a site needs it once: scripts, styles and pictures become
/// files. A figure keeps its place and its picture; figures.js fetches the rest when it comes into view.
/// </summary>
internal sealed partial class Figures(Assets assets, string plotly)
{
    // Pages are made beside each other.
    private readonly ConcurrentDictionary<string, bool> styles = [];

    /// <summary>The style sheets that outputs have brought, for one that all pages share.</summary>
    public string Styles => string.Join('\n', styles.Keys.Order(StringComparer.Ordinal));

    /// <summary>The HTML of a page's cells, light.</summary>
    /// <param name="html">The cells.</param>
    /// <param name="toAssets">The way from the page to the assets: <c>../assets</c>.</param>
    public string Lighten(string html, string toAssets)
    {
        html = FigureHooks.OneFigure.Replace(html, match => Waiting(match.Value));
        html = Style.Replace(html, match =>
        {
            styles[match.Groups["text"].Value] = true;
            return "";
        });
        return Data.Replace(html, match =>
        {
            byte[] bytes = Convert.FromBase64String(match.Groups["base64"].Value);
            string extension = match.Groups["type"].Value switch { "svg+xml" => "svg", "jpeg" => "jpg", string type => type };
            // A drawing says its size itself; the page must know it before it is there.
            string size = extension == "svg" && Size.Match(Encoding.UTF8.GetString(bytes)) is { Success: true } found
                ? $" width=\"{found.Groups["width"]}\" height=\"{found.Groups["height"]}\""
                : "";
            return $"src=\"{toAssets}/{assets.Add($"picture.{extension}", bytes)}\"{size} loading=\"lazy\" decoding=\"async\"";
        });
    }

    /// <summary>A figure without scripts: the names of the files that bring it to life stand in its attributes.</summary>
    private string Waiting(string figure)
    {
        bool isChart = FigureHooks.IsChart(figure);
        string kind = isChart ? ChartHooks.Chart : ExplorerHooks.Explorer;
        List<string> scripts = isChart ? [plotly] : [];
        string data = "";
        figure = Script.Replace(figure, match =>
        {
            string text = match.Groups["text"].Value;
            if (match.Groups["json"].Success)
                data = text;
            else
                scripts.Add(assets.Add(isChart ? "chart.js" : "explorer.js", text));
            return "";
        });
        string name = assets.Add("figure.js", $"rnnFigure({JsonSerializer.Serialize(data)});\n");
        // The page keeps room for it, so that nothing moves when it wakes.
        string height = Height.Match(figure) is { Success: true } match ? $"--height:{match.Groups[1].Value}px;" : "";
        return $"<div class=\"figure\" data-kind=\"{kind}\" data-figure=\"{name}\" data-scripts=\"{string.Join(' ', scripts)}\""
            + StyleStart.Replace(figure[$"<div class=\"{kind}\"".Length..], start => start.Value + height, 1);
    }

    [GeneratedRegex(
        """<script(?<json> type="application/json")?[^>]*>\n?(?<text>.*?)\n?</script>\n""", RegexOptions.Singleline)]
    private static partial Regex Script { get; }

    [GeneratedRegex("<img [^>]*?\\bheight=\"(\\d+)")] private static partial Regex Height { get; }

    [GeneratedRegex("^\\s*<svg [^>]*?viewBox=\"0 0 (?<width>\\d+) (?<height>\\d+)\"")] private static partial Regex Size { get; }

    [GeneratedRegex("style=\"")] private static partial Regex StyleStart { get; }

    [GeneratedRegex("<style>(?<text>.*?)</style>\n?", RegexOptions.Singleline)] private static partial Regex Style { get; }

    [GeneratedRegex("""src="data:image/(?<type>[a-z+]+);base64,(?<base64>[^"]+)""" + "\"")]
    private static partial Regex Data { get; }
}
