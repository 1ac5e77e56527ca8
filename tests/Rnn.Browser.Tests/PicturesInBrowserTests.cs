using System.Net;
using Rnn.Runner.Pictures;
using static Rnn.Testing.Notebooks;

namespace Rnn.Browser.Tests;

/// <summary>The pictures that 'write' puts into a notebook for readers without scripts, and what 'check' says of them.</summary>
public sealed partial class PicturesInBrowserTests(BrowserFixture browser)
{
    private const string Description = "Bar chart: Two &quot;bars&quot; &amp; more. x: letter, 2 labels; y: size from 1 to 2.5.";

    private static readonly string References =
        $"""
        #r "{Library("Rnn", "MathNet.Numerics.dll")}"
        #r "{Library("Rnn", "Rnn.dll")}"
        #r "{Library("Rnn.Display", "Rnn.Display.dll")}"
        using Rnn.Display;
        """;

    /// <summary>Two charts, one of them twice, one in a volatile cell.</summary>
    private static readonly string Charts = Of(
        Code($$"""
            {{References}}
            Chart bars = Charts.Bars(new[] { "a", "b" }, new[] { 1.0, 2.5 }, "Two \"bars\" & more", "letter", "size");
            bars
            """),
        Code("bars", "volatile"),
        Code("Charts.Histogram(Enumerable.Range(0, 99).Select(i => i * 0.5 % 7), \"Halves\", \"value\")"),
        Code("\"text\""));

    [Fact]
    public async Task Written_charts_have_a_picture_that_a_second_write_keeps_and_a_check_compares_without_a_browser()
    {
        Assert.SkipWhen(Chromium.Path is null, Chromium.Missing);
        using Sandbox sandbox = new();
        sandbox.Write("charts.ipynb", Charts);
        (int exitCode, string output, string error) = await sandbox.Run("write", "charts.ipynb", "--output", "pages");
        Assert.True(exitCode == 0, error);
        Assert.Single(Regex.Matches(output, @"charts\.ipynb: 2 pictures to be drawn, with .+"));
        string written = sandbox.Read("charts.ipynb");

        Match[] pictures = [.. Enumerable.Range(0, 3).Select(i => Assert.Single(Picture.Matches(HtmlOf(sandbox, i))))];
        Assert.Equal(pictures[0].Value, pictures[1].Value);
        Assert.NotEqual(pictures[0].Groups["hash"].Value, pictures[2].Groups["hash"].Value);
        Assert.Equal(Description, pictures[0].Groups["alt"].Value);
        Assert.All(pictures, picture => Assert.Equal("720 420", $"{picture.Groups["width"]} {picture.Groups["height"]}"));
        Assert.All(pictures, picture => Assert.InRange(picture.Length, 2000, FigurePictures.Largest + 500));

        // The page draws its charts itself.
        Assert.DoesNotContain("data-rnn-chart", sandbox.Read("pages/charts.html"), StringComparison.Ordinal);

        sandbox.Environment["CHROME_BIN"] = "/nowhere/chromium";
        (exitCode, output, error) = await sandbox.Run("write", "charts.ipynb", "--output", "pages");
        Assert.True(exitCode == 0, error);
        Assert.Contains("charts.ipynb: unchanged", output, StringComparison.Ordinal);
        Assert.Equal(written, sandbox.Read("charts.ipynb"));

        sandbox.Write("without.ipynb", new Regex("<img alt=[^>]*>").Replace(written, $"<p>{Description}</p>", 1));
        sandbox.Write("close.ipynb", written.Replace("2.5]", "2.50000000001]", StringComparison.Ordinal));
        (exitCode, output, error) = await sandbox.Run("check", "charts.ipynb", "without.ipynb", "close.ipynb");
        Assert.Equal(1, exitCode);
        Assert.Contains("charts.ipynb: up to date", output, StringComparison.Ordinal);
        Assert.Equal(
            [
                "without.ipynb, cell 1 (cell-1): output 1: the chart has no picture",
                "close.ipynb, cell 1 (cell-1): output 1: the picture was made from another chart",
                "close.ipynb, cell 2 (cell-2): output 1: the picture was made from another chart",
            ],
            error.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => !line.Contains(": stale, ", StringComparison.Ordinal)));

        // What a reader without network and without plotly.js sees: the picture, and below it what it is.
        const string Head = "<!DOCTYPE html><meta charset=\"utf-8\">";
        await using BrowserPage without = await browser.OpenAsync(Head + HtmlOf(sandbox, 0));
        string dom = await without.Page.GetContentAsync();
        Assert.Contains("<div class=\"rnn-chart-static\"><img ", dom, StringComparison.Ordinal);
        const string Note = "<p class=\"rnn-chart-note\">A still picture of the chart.";
        Assert.Contains(Note, dom, StringComparison.Ordinal);

        // With plotly.js, the picture gives way.
        NotebookFile notebook = NotebookFile.Read(sandbox["charts.ipynb"], "charts.ipynb");
        await using BrowserPage with = await browser.OpenAsync(Head + PlotlyJs.Element(notebook) + HtmlOf(sandbox, 0));
        dom = await with.Page.GetContentAsync();
        Assert.Contains("<div class=\"rnn-chart-static\" style=\"display: none;\"><img ", dom, StringComparison.Ordinal);
        Assert.Contains("<svg class=\"main-svg\"", dom, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explorers_among_charts_have_pictures_that_are_kept_as_long_as_they_do_not_change()
    {
        Assert.SkipWhen(Chromium.Path is null, Chromium.Missing);
        using Sandbox sandbox = new();
        string[] cells =
        [
            """
            Chart bars = Charts.Bars(new[] { "a", "b" }, new[] { 0.5, 3 }, "Bars", "letter", "size");
            Explorer softmax = Explorers.Softmax([1, 2], "no", "\"yes\" & <more>");
            HTML(string.Join("\n", Explorers.Softmax([0]).ToHtml(), bars.ToHtml(), softmax.ToHtml(), bars.ToHtml()))
            """,
            "softmax",
        ];
        sandbox.Write("mixed.ipynb", Of(Code($"{References}\n{cells[0]}"), Code(cells[1])));
        (int exitCode, string output, string error) = await sandbox.Run("write", "mixed.ipynb", "--output", "pages");
        Assert.True(exitCode == 0, error);
        Assert.Contains("mixed.ipynb: 3 pictures to be drawn, with ", output, StringComparison.Ordinal);
        string written = sandbox.Read("mixed.ipynb");

        Match[] pictures = [.. Picture.Matches(HtmlOf(sandbox, 0, "mixed.ipynb")).Cast<Match>()];
        Assert.Equal(
            [
                Explorers.Softmax([0]).ToString(),
                "Bar chart: Bars. x: letter, 2 labels; y: size from 0.5 to 3.",
                Explorers.Softmax([1, 2], "no", "\"yes\" & <more>").ToString(),
                "Bar chart: Bars. x: letter, 2 labels; y: size from 0.5 to 3.",
            ],
            pictures.Select(picture => WebUtility.HtmlDecode(picture.Groups["alt"].Value)));
        Assert.Equal(pictures[2].Value, Assert.Single(Picture.Matches(HtmlOf(sandbox, 1, "mixed.ipynb"))).Value);
        Assert.All(pictures, picture => Assert.Equal("720", picture.Groups["width"].Value));
        Assert.All(pictures, picture => Assert.InRange(picture.Length, 2000, FigurePictures.Largest + 500));
        // Two classes take more room than one.
        Assert.True(HeightOf(pictures[2]) > HeightOf(pictures[0]) + 20);

        (exitCode, _, error) = await sandbox.Run("portable", "copies", "mixed.ipynb");
        Assert.True(exitCode == 0, error);
        Assert.Equal(pictures[2].Value, Assert.Single(Picture.Matches(HtmlOf(sandbox, 1, "copies/mixed.ipynb"))).Value);

        sandbox.Write("close.ipynb", written.Replace("[1,2]", "[1,2.00000000001]", StringComparison.Ordinal));
        string browserOfMachine = Chromium.Path;
        sandbox.Environment["CHROME_BIN"] = "/nowhere/chromium";
        (exitCode, output, error) = await sandbox.Run("write", "mixed.ipynb", "--output", "pages");
        Assert.True(exitCode == 0, error);
        Assert.Contains("mixed.ipynb: unchanged", output, StringComparison.Ordinal);
        (exitCode, output, error) = await sandbox.Run("check", "mixed.ipynb", "close.ipynb");
        Assert.Equal(1, exitCode);
        Assert.Contains("mixed.ipynb: up to date", output, StringComparison.Ordinal);
        Assert.Equal(
            [
                "close.ipynb, cell 1 (cell-1): output 1: the picture was made from another explorer",
                "close.ipynb, cell 2 (cell-2): output 1: the picture was made from another explorer",
            ],
            error.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => !line.Contains(": stale, ", StringComparison.Ordinal)));

        sandbox.Environment["CHROME_BIN"] = browserOfMachine;
        sandbox.Write("mixed.ipynb", written.Replace("[1, 2]", "[1, 2.5]", StringComparison.Ordinal));
        (exitCode, output, error) = await sandbox.Run("write", "mixed.ipynb", "--output", "pages");
        Assert.True(exitCode == 0, error);
        Assert.Contains("mixed.ipynb: 1 picture to be drawn, with ", output, StringComparison.Ordinal);
        Match[] remade = [.. Picture.Matches(HtmlOf(sandbox, 0, "mixed.ipynb")).Cast<Match>()];
        Assert.Equal([true, true, false, true], pictures.Zip(remade, (a, b) => a.Value == b.Value));

        // Drawn once more, it is the same to the last bit.
        sandbox.Write("mixed.ipynb", sandbox.Read("mixed.ipynb").Replace("[1, 2.5]", "[1, 2]", StringComparison.Ordinal));
        (exitCode, _, error) = await sandbox.Run("write", "mixed.ipynb", "--output", "pages");
        Assert.True(exitCode == 0, error);
        Assert.Equal(written, sandbox.Read("mixed.ipynb"));

        static int HeightOf(Match picture) => int.Parse(picture.Groups["height"].Value, null);
    }

    [Theory]
    [InlineData("\"logits\":", "\"scores\":", "This explorer could not be drawn: .+")]
    [InlineData("window.rnnExplorers[", "window.nothing[", "the explorer 'softmax' stays undrawn, and does not say why")]
    public async Task An_explorer_that_is_not_drawn_is_told_of_and_the_notebook_stays_as_it_is(
        string part, string fault, string expected)
    {
        Assert.SkipWhen(Chromium.Path is null, Chromium.Missing);
        using Sandbox sandbox = new();
        string cell = $"""HTML(Explorers.Softmax([1, 2]).ToHtml().Replace({Quoted(part)}, {Quoted(fault)}))""";
        string before = Of(Code($"{References}\n{cell}"));
        sandbox.Write("broken.ipynb", before);
        (int exitCode, _, string error) = await sandbox.Run("write", "broken.ipynb", "--output", "pages");
        Assert.Equal(1, exitCode);
        Assert.Matches($@"\Abroken\.ipynb: not refreshed: the pictures cannot be made: {expected}\s*\z", error);
        Assert.Equal(before, sandbox.Read("broken.ipynb"));

        static string Quoted(string text) => $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>In one line, and the notebook stays as it is.</summary>
    [Theory]
    [InlineData("plotly.js is cut", @"plotly/plotly\.min\.js is damaged; delete it and run 'dotnet build'")]
    [InlineData("plotly.js is empty", @"plotly/plotly\.min\.js is damaged; delete it and run 'dotnet build'")]
    [InlineData("no browser starts", @"\S+ did not start; '\S+ --headless --dump-dom about:blank' may show why")]
    [InlineData("the browser dies", @"\S+ (did not start; .*|ended while it drew them; run 'write' again \(.+\))")]
    [InlineData("its heir holds the pipe", @"\S+ (did not start; .*|ended while it drew them; run 'write' again \(.+\))")]
    public async Task What_keeps_pictures_from_being_made_is_told(string fault, string expected)
    {
        Assert.SkipWhen(Chromium.Path is null, Chromium.Missing);
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The browsers that fail are shell scripts.");
        using Sandbox sandbox = new();
        string bin = Repo.Path("lib", "Rnn.Display", "bin");
        foreach (string file in Directory.EnumerateFiles(bin, "*", SearchOption.AllDirectories))
        {
            string copy = sandbox[$"lib/{Path.GetRelativePath(bin, file)}"];
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        const string Plotly = "lib/plotly/plotly.min.js";
        string script = sandbox.Read(Plotly);
        sandbox.Write(Plotly, fault switch
        {
            "plotly.js is cut" => script[..^9999],
            "plotly.js is empty" => "",
            // It would draw for ever.
            "the browser dies" or "its heir holds the pipe" => $"{script}; while (true);",
            _ => script,
        });
        if (fault is "no browser starts" or "the browser dies" or "its heir holds the pipe")
        {
            const string DieSoon = "(sleep 2; kill -9 $$) < /dev/null > /dev/null 2>&1 3>&- 4>&- &";
            string end = fault switch
            {
                "no browser starts" => "exit 3",
                "the browser dies" => DieSoon,
                _ => $"sleep 200 < /dev/null > /dev/null 2>&1 &\n{DieSoon}",
            };
            string browser = sandbox.Write("browser.sh", $"#!/bin/sh\n{end}\nexec {Chromium.Path} \"$@\"\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(browser, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            sandbox.Environment["CHROME_BIN"] = browser;
        }

        string library = Library("Rnn.Display", "Rnn.Display.dll");
        string before = Charts.Replace(library, "lib/Rnn.Display.dll", StringComparison.Ordinal);
        sandbox.Write("charts.ipynb", before);
        (int exitCode, _, string error) = await sandbox.Run("write", "charts.ipynb", "--output", "pages");
        Assert.Equal(1, exitCode);
        Assert.Matches($@"\Acharts\.ipynb: not refreshed: the pictures cannot be made: {expected}\s*\z", error);
        Assert.Equal(before, sandbox.Read("charts.ipynb"));
    }

    private static string HtmlOf(Sandbox sandbox, int cell, string notebook = "charts.ipynb")
    {
        JsonNode lines = sandbox.ReadCell(notebook, cell)["outputs"]![0]!["data"]!["text/html"]!;
        return string.Concat(lines.AsArray().Select(line => (string?)line));
    }

    private static string Library(string project, string file) => Repo.Path("lib", project, "bin", file).Replace('\\', '/');

    [GeneratedRegex(
        """<img alt="(?<alt>[^"]*)" data-rnn-chart="(?<hash>[0-9a-f]{16})" width="(?<width>\d+)" height="(?<height>\d+)" """
        + """style="[^"]*" src="data:image/webp;base64,[^"]+">""")]
    private static partial Regex Picture { get; }
}
