using System.Text.RegularExpressions;

namespace Rnn.Runner.Tests;

/// <summary>The page of notebook 01 as a reader without a network sees it.</summary>
public sealed class PageInBrowserTests
{
    [Fact]
    public async Task Every_chart_of_notebook_01_is_drawn_from_disk_with_the_network_blocked()
    {
        Assert.SkipWhen(Chromium.Path is null, Chromium.Missing);
        using Sandbox sandbox = new();
        string notebook = Path.Combine(Repo.Path("notebooks"), "01-rnn-from-scratch.ipynb");
        (int exitCode, _, string error) = await sandbox.Run(notebook, "--output", "pages");
        Assert.True(exitCode == 0, error);

        string page = sandbox.Read("pages/01-rnn-from-scratch.html");
        Assert.Single(Regex.Matches(page, @"plotly\.js v2\.28\.0"));
        int charts = Regex.Count(page, "<div class=\"rnn-chart\"");
        Assert.InRange(charts, 10, 100);

        string dom = await Chromium.DumpDomAsync(sandbox["pages/01-rnn-from-scratch.html"], TestContext.Current.CancellationToken, Chromium.NoNetwork);
        // plotly.js marks the element that it has drawn into; its drawing is two layers and one for hovering.
        Assert.Equal(charts, Regex.Count(dom, "<div [^>]*class=\"[^\"]*js-plotly-plot"));
        Assert.True(Regex.Count(dom, "<svg class=\"main-svg\"") >= 2 * charts, "a chart has no drawing");
        Assert.All(Regex.Matches(dom, "<p class=\"rnn-chart-note\"[^>]*>"), note => Assert.Contains("hidden", note.Value, StringComparison.Ordinal));
        // Code that scrolls can be scrolled with the keyboard; code that does not is no stop of the tab key.
        Assert.NotEmpty(Regex.Matches(dom, "<pre class=\"highlight\" tabindex=\"0\">"));
        Assert.NotEmpty(Regex.Matches(dom, "<pre class=\"highlight\">"));
    }
}
