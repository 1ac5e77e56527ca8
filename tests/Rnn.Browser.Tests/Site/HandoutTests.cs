using PuppeteerSharp.Media;

namespace Rnn.Browser.Tests.Site;

/// <summary>What a workshop prints: the handout and the cheat sheet, as PDF for whoever wants them.</summary>
public sealed partial class HandoutTests(BrowserFixture browser)
{
    /// <summary>Of the narrower and of the lower of the two papers, within the margins, in pixels.</summary>
    private const int WidthOfA4 = 710, HeightOfLetter = 970;

    [Fact]
    public async Task The_cheat_sheet_fits_on_one_page()
    {
        Assert.Equal(1, Pages(await PrintAsync("cheat-sheet", PaperFormat.Letter)));
        byte[] pdf = await PrintAsync("cheat-sheet", PaperFormat.A4);
        Assert.Equal(1, Pages(pdf));
        Keep("cheat-sheet.pdf", pdf);
    }

    /// <summary>A computer's own fonts may move a part to the next page.</summary>
    [Fact]
    public async Task The_handout_has_few_pages()
    {
        Assert.InRange(Pages(await PrintAsync("handout", PaperFormat.Letter)), 4, 6);
        byte[] pdf = await PrintAsync("handout", PaperFormat.A4);
        Assert.InRange(Pages(pdf), 4, 6);
        Keep("handout.pdf", pdf);
    }

    [Fact]
    public async Task The_handout_has_every_part_of_the_plan_with_its_picture_and_the_ten_questions_with_their_answers()
    {
        string plan = File.ReadAllText(Repo.Path("notebooks", "README.md"));
        string[] parts = [.. Part.Matches(plan).Select((match, i) => $"{i + 1}. {match.Groups["name"].Value}")];
        Assert.Equal(5, parts.Length);

        await using BrowserPage page = await browser.OpenAsync(BuiltSite.PathOf("handout.html"), WidthOfA4);
        await page.Page.EmulateMediaTypeAsync(MediaType.Print);
        string[] headings = await page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('.handout h2')].map(e => e.innerText)");
        int[] pictures = await page.EvaluateAsync<int[]>(
            "[...document.querySelectorAll('.handout section section')]"
                + ".map(e => [...e.querySelectorAll('img')].filter(each => each.naturalWidth > 0).length)");
        int[] questions = await page.EvaluateAsync<int[]>(
            "['ten-questions', 'answers'].map(id => document.querySelectorAll(`section:has(> #${id}) li`).length)");
        int formulas = await page.EvaluateAsync<int>("document.querySelectorAll('section:has(> #the-formulas) .formula').length");
        double[] heights = await page.EvaluateAsync<double[]>(
            "[...document.querySelectorAll('.handout section section')].map(e => e.getBoundingClientRect().height)");
        Assert.Equal([.. parts, "Ten questions", "Answers", "The formulas", "What next?"], headings);
        Assert.Equal([1, 1, 1, 1, 1, 0, 0, 0, 0], pictures);
        Assert.Equal([10, 10], questions);
        Assert.Equal(6, formulas);
        Assert.All(heights, height => Assert.InRange(height, 30, HeightOfLetter));
    }

    private async Task<byte[]> PrintAsync(string name, PaperFormat paper)
    {
        await using BrowserPage page = await browser.OpenAsync(BuiltSite.PathOf($"{name}.html"));
        return await page.Page.PdfDataAsync(new() { Format = paper });
    }

    private static void Keep(string name, byte[] pdf) => File.WriteAllBytes(Repo.Path("artifacts", name), pdf);

    private static int Pages(byte[] pdf) => PdfPage.Count(Encoding.Latin1.GetString(pdf));

    [GeneratedRegex(@"^\| \d+ \| \*\*(?<name>[^*]+)\*\* \|", RegexOptions.Multiline)] private static partial Regex Part { get; }

    [GeneratedRegex(@"/Type\s*/Page\b")] private static partial Regex PdfPage { get; }
}
