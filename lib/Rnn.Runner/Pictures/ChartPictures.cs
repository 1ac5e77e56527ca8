using System.Security.Cryptography;
using PuppeteerSharp;

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
    public static IReadOnlyList<JsonObject> Without(IReadOnlyList<JsonObject> outputs) => Replace(outputs, Without);

    /// <summary>What is wrong with the pictures of committed outputs, a line each.</summary>
    public static IEnumerable<string> Differences(IReadOnlyList<JsonObject> committed) =>
        from output in committed.Index()
        from chart in ChartsOf(output.Item)
        where PictureOf(chart) is null
        let problem = Picture.IsMatch(chart) ? "the picture was made from another chart" : "the chart has no picture"
        select $"output {output.Index + 1}: {problem}";

    /// <summary>
    /// Fresh outputs with their charts' pictures: the committed ones where a chart has not changed, new ones for the others.
    /// </summary>
    /// <exception cref="PictureException">There is no browser, or it did not draw them.</exception>
    public static Dictionary<string, IReadOnlyList<JsonObject>> Add(
        NotebookFile notebook, IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> fresh, Progress progress)
    {
        Dictionary<string, string> pictures = [];
        foreach (string chart in notebook.CodeCells.SelectMany(cell => cell.Outputs).SelectMany(ChartsOf))
        {
            if (PictureOf(chart) is string picture)
                pictures[Without(chart)] = picture;
        }

        string[] lacking = [.. fresh.Values.SelectMany(each => each).SelectMany(ChartsOf).Distinct().Except(pictures.Keys)];
        if (lacking.Length > 0)
        {
            string what = lacking.Length == 1 ? "picture" : "pictures";
            progress.Line($"{notebook.Name}: {lacking.Length} {what} to be drawn, with {Chromium.Path ?? "no browser"}");
            foreach ((string chart, string picture) in lacking.Zip(DrawAsync(notebook, lacking).GetAwaiter().GetResult()))
                pictures.Add(chart, picture);
        }

        return fresh.ToDictionary(each => each.Key, each => Replace(each.Value, With));

        string With(string chart) => ChartHooks.Description.Replace(chart, _ => pictures[chart]);
    }

    /// <summary>The img elements for some charts.</summary>
    private static async Task<IEnumerable<string>> DrawAsync(NotebookFile notebook, string[] charts)
    {
        try
        {
            string plotly = PlotlyJs.Element(notebook) ?? throw new PictureException(PlotlyJs.Missing);
            Launcher launcher = new();
            // Ctrl+C waits until neither the browser nor its files are left.
            using IDisposable atExit = CleanUp.OnExit(
                () => Task.WaitAny([launcher.Process?.KillAsync() ?? Task.CompletedTask], TimeSpan.FromSeconds(5)));
            await using IBrowser browser = await Chromium.LaunchAsync(launcher);
            await using IPage page = await browser.NewPageAsync();
            await page.SetContentAsync($"""
                <!DOCTYPE html>
                <meta charset="utf-8">
                <body style="margin: 0; background: white; color: black">
                {plotly}
                {string.Join('\n', charts)}
                """);
            if (!await page.EvaluateExpressionAsync<bool>("'Plotly' in window"))
                throw new PictureException(PlotlyJs.Damaged);
            string[] attributes = await page.EvaluateFunctionAsync<string[]>(Resource.Text("pictures.js"), Largest);
            return charts.Zip(attributes, (chart, drawn) =>
                $"<img alt=\"{ChartHooks.Description.Match(chart).Groups["text"]}\" data-rnn-chart=\"{Hash(chart)}\" {drawn}>");
        }
        catch (Exception e) when (e is PuppeteerException or ProcessException or PictureException or TimeoutException
            or ObjectDisposedException)
        {
            // After the first line, the rest is a stack trace.
            string why = e.Message.Split('\n')[0].Replace("Evaluation failed: Error: ", "", StringComparison.Ordinal);
            // Whatever is no answer of the page's script is the browser's end, at one moment or another.
            if (e is PuppeteerException and not EvaluationFailedException or ObjectDisposedException)
                why = $"{Chromium.Path} ended while it drew them; run 'write' again ({why.TrimEnd('.')})";
            throw new PictureException($"the charts' pictures cannot be made: {why}");
        }
    }

    /// <summary>All charts that an output shows.</summary>
    private static IEnumerable<string> ChartsOf(JsonObject output) =>
        ChartHooks.OneChart.Matches(Outputs.Text(output["data"]?["text/html"])).Select(match => match.Value);

    private static IReadOnlyList<JsonObject> Replace(IReadOnlyList<JsonObject> outputs, Func<string, string> replacement) =>
        [.. outputs.Select(output => ChartsOf(output).Any() ? Replace(output, replacement) : output)];

    private static JsonObject Replace(JsonObject output, Func<string, string> replacement)
    {
        JsonObject result = output.DeepClone().AsObject();
        JsonNode data = result["data"]!;
        data["text/html"] = ChartHooks.OneChart.Replace(Outputs.Text(data["text/html"]), match => replacement(match.Value));
        return result;
    }

    private static string Without(string chart) => Picture.Replace(chart, "<p>${text}</p>");

    /// <summary>A chart's mark, with or without its picture.</summary>
    private static string Hash(string chart) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Without(chart))))[..16];

    /// <summary>The picture in a chart if it was made from that chart, else null.</summary>
    private static string? PictureOf(string chart) =>
        Picture.Match(chart) is { Success: true } picture && picture.Groups["hash"].Value == Hash(chart) ? picture.Value : null;

    [GeneratedRegex($"""(?<=<div class="{ChartHooks.Static}">)<img alt="(?<text>[^"]*)" data-rnn-chart="(?<hash>[^"]*)"[^>]*>""")]
    private static partial Regex Picture { get; }
}
