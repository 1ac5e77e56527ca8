using System.Text.RegularExpressions;

namespace Rnn.Runner.Tests;

/// <summary>The page of notebook 01 as a reader without a network sees it.</summary>
public sealed class PageInBrowserTests(BrowserFixture browser)
{
    [Fact]
    public async Task Every_chart_of_notebook_01_is_drawn_from_disk_with_the_network_blocked()
    {
        Assert.SkipWhen(Chromium.Path is null, Chromium.Missing);
        using Sandbox sandbox = new();
        string notebook = Repo.Path("notebooks", "01-rnn-from-scratch.ipynb");
        (int exitCode, _, string error) = await sandbox.Run(notebook, "--output", "pages");
        Assert.True(exitCode == 0, error);

        string file = sandbox.Read("pages/01-rnn-from-scratch.html");
        Assert.Single(Regex.Matches(file, @"plotly\.js v2\.28\.0"));
        int charts = Regex.Count(file, "<div class=\"rnn-chart\"");
        Assert.InRange(charts, 10, 100);

        await using BrowserPage page = await browser.OpenAsync(sandbox["pages/01-rnn-from-scratch.html"]);
        string dom = await page.Page.GetContentAsync();
        // plotly.js marks the element that it has drawn into; its drawing is two layers and one for hovering.
        Assert.Equal(charts, Regex.Count(dom, "<div [^>]*class=\"[^\"]*js-plotly-plot"));
        Assert.True(Regex.Count(dom, "<svg class=\"main-svg\"") >= 2 * charts, "a chart has no drawing");
        MatchCollection notes = Regex.Matches(dom, "<p class=\"rnn-chart-note\"[^>]*>");
        Assert.All(notes, note => Assert.Contains("hidden", note.Value, StringComparison.Ordinal));
        // Code that scrolls can be scrolled with the keyboard; code that does not is no stop of the tab key.
        Assert.NotEmpty(Regex.Matches(dom, "<pre class=\"highlight\" tabindex=\"0\">"));
        Assert.NotEmpty(Regex.Matches(dom, "<pre class=\"highlight\">"));
    }
}
