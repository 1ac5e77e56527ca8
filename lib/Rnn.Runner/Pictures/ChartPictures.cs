using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rnn.Runner.Host;
using Rnn.Runner.Notebook;

namespace Rnn.Runner.Pictures;

/// <summary>
/// The pictures that a committed notebook's charts show where no script runs, as in GitHub's preview. A picture stands in
/// the place of the chart's description, which becomes its alternative text, and carries the hash of the chart that it was made
/// from. So a chart without its picture is again what the library gave, and whoever compares two charts needs no browser.
/// </summary>
internal static partial class ChartPictures
{
    /// <summary>In bytes of the notebook. pictures.js takes the best quality that stays below it.</summary>
    public const int Largest = 25_000;

    /// <summary>Outputs as the library gave them.</summary>
    public static IReadOnlyList<JsonObject> Without(IReadOnlyList<JsonObject> outputs) => [.. outputs.Select(output => Replace(output, Without))];

    /// <summary>What is wrong with the pictures of committed outputs, a line each.</summary>
    public static IEnumerable<string> Differences(IReadOnlyList<JsonObject> committed)
    {
        for (int i = 0; i < committed.Count; i++)
        {
            foreach (string chart in ChartsOf(committed[i]))
            {
                if (Picture().Match(chart) is not { Success: true } picture)
                    yield return $"output {i + 1}: the chart has no picture";
                else if (picture.Groups["hash"].Value != Hash(chart))
                    yield return $"output {i + 1}: the picture was made from another chart";
            }
        }
    }

    /// <summary>
    /// Fresh outputs with their charts' pictures: the committed ones where a chart has not changed, new ones for the others.
    /// </summary>
    /// <exception cref="PictureException">There is no browser, or it did not draw them.</exception>
    public static Dictionary<string, IReadOnlyList<JsonObject>> Add(
        NotebookFile notebook, IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> fresh, Progress progress)
    {
        Dictionary<string, string> pictures = notebook.CodeCells.SelectMany(cell => cell.Outputs).SelectMany(ChartsOf)
            .Select(chart => (Picture().Match(chart), Hash(chart)))
            .Where(each => each.Item1.Success && each.Item1.Groups["hash"].Value == each.Item2)
            .DistinctBy(each => each.Item2)
            .ToDictionary(each => each.Item2, each => each.Item1.Value);
        string[] lacking = [.. fresh.Values.SelectMany(outputs => outputs).SelectMany(ChartsOf).Distinct().Where(chart => !pictures.ContainsKey(Hash(chart)))];
        if (lacking.Length > 0)
        {
            progress.Line($"{notebook.Name}: {lacking.Length} {(lacking.Length == 1 ? "picture" : "pictures")} to be drawn, with {Chromium.Path ?? "no browser"}");
            foreach ((string chart, string picture) in lacking.Zip(Draw(notebook, lacking)))
                pictures.Add(Hash(chart), picture);
        }

        return fresh.ToDictionary(each => each.Key, each => (IReadOnlyList<JsonObject>)[.. each.Value.Select(output => Replace(output, With))]);

        string With(string chart) => Description().Replace(chart, _ => pictures[Hash(chart)]);
    }

    /// <summary>The img elements for some charts.</summary>
    private static string[] Draw(NotebookFile notebook, IReadOnlyList<string> charts)
    {
        string plotly = PlotlyJs.Element(notebook) ?? throw new PictureException($"the charts' pictures cannot be made: {PlotlyJs.Missing}");
        using TemporaryFolder folder = new();
        string page = Path.Combine(folder.Path, "charts.html");
        File.WriteAllText(page, $"""
            <!DOCTYPE html>
            <meta charset="utf-8">
            <body style="margin: 0; background: white; color: black" data-largest="{Largest}">
            {plotly}
            {string.Join('\n', charts)}
            <script>{Resource.Text("pictures.js")}</script>
            """);
        Drawn[] drawn = JsonSerializer.Deserialize<Drawn[]>(Open(page), JsonSerializerOptions.Web)!;
        return [.. charts.Zip(drawn, (chart, picture) => picture.Error is null
            ? $"<img alt=\"{Description().Match(chart).Groups["text"].Value}\" data-rnn-chart=\"{Hash(chart)}\" width=\"{picture.Width}\" height=\"{picture.Height}\" "
                + $"style=\"max-width:100%;height:auto\" src=\"{picture.Source}\">"
            : throw new PictureException($"the picture of a chart cannot be made: {picture.Error}"))];
    }

    /// <summary>What pictures.js says on the page.</summary>
    private static string Open(string page)
    {
        // Ctrl+C must not leave a browser behind.
        using CancellationTokenSource stop = new();
        using IDisposable atExit = CleanUp.OnExit(stop.Cancel);
        try
        {
            string dom = Chromium.DumpDomAsync(page, stop.Token, Chromium.NoNetwork).GetAwaiter().GetResult();
            return Said().Match(dom) is { Success: true } said
                ? WebUtility.HtmlDecode(said.Groups[1].Value)
                : throw new PictureException($"the charts' pictures cannot be made: {Chromium.Path} has not drawn them all");
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException or System.ComponentModel.Win32Exception)
        {
            throw new PictureException($"the charts' pictures cannot be made: {e.Message}");
        }
    }

    /// <summary>All charts that an output shows.</summary>
    private static IEnumerable<string> ChartsOf(JsonObject output) =>
        output["data"]?["text/html"] is JsonNode html ? Chart().Matches(Outputs.Text(html)).Select(match => match.Value) : [];

    private static JsonObject Replace(JsonObject output, Func<string, string> replacement)
    {
        if (!ChartsOf(output).Any())
            return output;
        JsonObject result = output.DeepClone().AsObject();
        result["data"]!["text/html"] = Chart().Replace(Outputs.Text(output["data"]!["text/html"]), match => replacement(match.Value));
        return result;
    }

    private static string Without(string chart) => Picture().Replace(chart, "<p>${text}</p>");

    /// <summary>A chart's mark, with or without its picture.</summary>
    private static string Hash(string chart) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Without(chart))))[..16];

    private sealed record Drawn(int Width, int Height, string? Source, string? Error);

    /// <summary>The library's HTML of one chart, see Rnn.Display.Chart.</summary>
    [GeneratedRegex("""<div class="rnn-chart" .*?</script>\n</div>""", RegexOptions.Singleline)]
    private static partial Regex Chart();

    [GeneratedRegex("""(?<=<div class="rnn-chart-static">)<p>(?<text>[^<]*)</p>""")]
    private static partial Regex Description();

    [GeneratedRegex("""(?<=<div class="rnn-chart-static">)<img alt="(?<text>[^"]*)" data-rnn-chart="(?<hash>[^"]*)"[^>]*>""")]
    private static partial Regex Picture();

    [GeneratedRegex("""<pre id="pictures">(.*?)</pre>""", RegexOptions.Singleline)]
    private static partial Regex Said();
}
