using System.Security.Cryptography;
using PuppeteerSharp;

namespace Rnn.Runner.Pictures;

/// <summary>
/// The pictures that a committed notebook's charts and explorers, its figures, show where no script runs, as in GitHub's
/// preview. A picture stands in the place of the figure's description, which becomes its alternative text, and carries the hash
/// of the figure that it was made from. So a figure without its picture is again what the library gave, and whoever compares two
/// figures needs no browser.
/// </summary>
internal static partial class FigurePictures
{
    /// <summary>Of a chart, in bytes of the notebook. picture.js takes the best quality that stays below it.</summary>
    public const int Largest = 25_000;

    /// <summary>Of an explorer: it is higher, and full of numbers.</summary>
    public const int LargestOfExplorer = 60_000;

    /// <summary>A figure, in characters, that takes all the room that an output has: it keeps its description.</summary>
    public const int LargestWithPicture = 200_000;

    /// <summary>WebP's quality to begin with; a notebook shows several explorers, which cost most of its bytes.</summary>
    private const int Quality = 70, QualityOfExplorer = 25;

    /// <summary>Outputs as the library gave them.</summary>
    public static IReadOnlyList<JsonObject> Without(IReadOnlyList<JsonObject> outputs) => Replace(outputs, Without);

    /// <summary>What is wrong with the pictures of committed outputs, a line each.</summary>
    public static IEnumerable<string> Differences(IReadOnlyList<JsonObject> committed) =>
        from output in committed.Index()
        from figure in FiguresOf(output.Item)
        where PictureOf(figure) is null
        let kind = FigureHooks.IsChart(figure) ? "chart" : "explorer"
        let problem = Picture.IsMatch(figure) ? $"the picture was made from another {kind}" : $"the {kind} has no picture"
        select $"output {output.Index + 1}: {problem}";

    /// <summary>
    /// Fresh outputs with their figures' pictures: the committed ones where a figure has not changed, new ones for the others.
    /// </summary>
    /// <exception cref="PictureException">There is no browser, or it did not draw them.</exception>
    public static Dictionary<string, IReadOnlyList<JsonObject>> Add(
        NotebookFile notebook, IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> fresh, Progress progress)
    {
        Dictionary<string, string> pictures = [];
        foreach (string figure in notebook.CodeCells.SelectMany(cell => cell.Outputs).SelectMany(FiguresOf))
        {
            if (PictureOf(figure) is string picture)
                pictures[Without(figure)] = picture;
        }

        string[] lacking = [.. fresh.Values.SelectMany(each => each).SelectMany(FiguresOf).Distinct().Except(pictures.Keys)];
        if (lacking.Length > 0)
        {
            string what = lacking.Length == 1 ? "picture" : "pictures";
            progress.Line($"{notebook.Name}: {lacking.Length} {what} to be drawn, with {Chromium.Path ?? "no browser"}");
            foreach ((string figure, string picture) in DrawAsync(notebook, lacking).GetAwaiter().GetResult())
                pictures.Add(figure, picture);
        }

        return fresh.ToDictionary(each => each.Key, each => Replace(each.Value, With));

        string With(string figure) =>
            HasRoom(figure) ? FigureHooks.Description.Replace(figure, _ => pictures[figure]) : figure;
    }

    /// <summary>The img elements for some figures, by figure.</summary>
    private static async Task<Dictionary<string, string>> DrawAsync(NotebookFile notebook, string[] figures)
    {
        string[] charts = [.. figures.Where(FigureHooks.IsChart)], explorers = [.. figures.Except(charts)];
        try
        {
            string plotly = charts.Length == 0 ? "" : PlotlyJs.Element(notebook) ?? throw new PictureException(PlotlyJs.Missing);
            Launcher launcher = new();
            // Ctrl+C waits until neither the browser nor its files are left.
            using IDisposable atExit = CleanUp.OnExit(
                () => Task.WaitAny([launcher.Process?.KillAsync() ?? Task.CompletedTask], TimeSpan.FromSeconds(5)));
            await using IBrowser browser = await Chromium.LaunchAsync(launcher);
            Dictionary<string, string> pictures = [];
            if (charts.Length > 0)
            {
                await using IPage page = await OpenAsync(browser, plotly + string.Join('\n', charts));
                if (!await page.EvaluateExpressionAsync<bool>("'Plotly' in window"))
                    throw new PictureException(PlotlyJs.Damaged);
                string[] drawings = await page.EvaluateFunctionAsync<string[]>(Resource.Text("drawings.js"));
                foreach ((string chart, string drawing) in charts.Zip(drawings))
                    pictures.Add(chart, await PictureAsync(page, chart, drawing));
            }

            foreach (string explorer in explorers)
            {
                // Its own page, so that its pixels do not depend on what stands above it.
                await using IPage page = await OpenAsync(browser, explorer);
                IElementHandle drawn = await page.QuerySelectorAsync($".{ExplorerHooks.Explorer}");
                if (await drawn.EvaluateFunctionAsync<string?>(Resource.Text("undrawn.js")) is string why)
                    throw new PictureException(why);
                string photo = $"data:image/png;base64,{await drawn.ScreenshotBase64Async()}";
                pictures.Add(explorer, await PictureAsync(page, explorer, photo));
            }

            return pictures;
        }
        catch (Exception e) when (e is PuppeteerException or ProcessException or PictureException or TimeoutException
            or ObjectDisposedException)
        {
            // After the first line, the rest is a stack trace.
            string why = e.Message.Split('\n')[0].Replace("Evaluation failed: Error: ", "", StringComparison.Ordinal);
            // Whatever is no answer of a page's script is the browser's end, at one moment or another.
            if (e is PuppeteerException and not EvaluationFailedException or ObjectDisposedException)
                why = $"{Chromium.Path} ended while it drew them; run 'write' again ({why.TrimEnd('.')})";
            throw new PictureException($"the pictures cannot be made: {why}");
        }
    }

    /// <summary>A page that shows some figures as wide as they get, in light colours.</summary>
    private static async Task<IPage> OpenAsync(IBrowser browser, string figures)
    {
        IPage page = await browser.NewPageAsync();
        await page.SetContentAsync($"""
            <!DOCTYPE html>
            <meta charset="utf-8">
            <body style="margin: 0; background: white; color: black; font-family: system-ui, sans-serif">
            {figures}
            """);
        return page;
    }

    /// <param name="page">Where it is made: any.</param>
    /// <param name="figure">What it is of.</param>
    /// <param name="drawing">How that looks: a picture's address.</param>
    private static async Task<string> PictureAsync(IPage page, string figure, string drawing)
    {
        (int largest, int quality) = FigureHooks.IsChart(figure) ? (Largest, Quality) : (LargestOfExplorer, QualityOfExplorer);
        string attributes = await page.EvaluateFunctionAsync<string>(Resource.Text("picture.js"), drawing, largest, quality);
        string description = FigureHooks.Description.Match(figure).Groups["text"].Value;
        return $"<img alt=\"{description}\" data-rnn-chart=\"{Hash(figure)}\" {attributes}>";
    }

    private static bool HasRoom(string figure) => Without(figure).Length <= LargestWithPicture;

    /// <summary>All figures that an output shows and that have a picture, or should.</summary>
    private static IEnumerable<string> FiguresOf(JsonObject output) =>
        FigureHooks.OneFigure.Matches(Outputs.Text(output["data"]?["text/html"])).Select(match => match.Value).Where(HasRoom);

    private static IReadOnlyList<JsonObject> Replace(IReadOnlyList<JsonObject> outputs, Func<string, string> replacement) =>
        [.. outputs.Select(output => FiguresOf(output).Any() ? Replace(output, replacement) : output)];

    private static JsonObject Replace(JsonObject output, Func<string, string> replacement)
    {
        JsonObject result = output.DeepClone().AsObject();
        JsonNode data = result["data"]!;
        data["text/html"] = FigureHooks.OneFigure.Replace(Outputs.Text(data["text/html"]), match => replacement(match.Value));
        return result;
    }

    private static string Without(string figure) => Picture.Replace(figure, "<p>${text}</p>");

    /// <summary>A figure's mark, with or without its picture.</summary>
    private static string Hash(string figure) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Without(figure))))[..16];

    /// <summary>The picture in a figure if it was made from that figure, else null.</summary>
    private static string? PictureOf(string figure) =>
        Picture.Match(figure) is { Success: true } picture && picture.Groups["hash"].Value == Hash(figure) ? picture.Value : null;

    [GeneratedRegex($"""{FigureHooks.BeforeDescription}<img alt="(?<text>[^"]*)" data-rnn-chart="(?<hash>[^"]*)"[^>]*>""")]
    private static partial Regex Picture { get; }
}
