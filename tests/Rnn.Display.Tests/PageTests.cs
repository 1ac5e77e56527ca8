using Rnn.Display.Programs;

namespace Rnn.Display.Tests;

/// <summary>The page of a program. There is one of them in a process, so one test tells its whole story.</summary>
[Collection(ProcessWide.Name)]
public sealed class PageTests
{
    [Fact]
    public void A_page_has_what_was_shown_below_its_headings_plotly_js_once_and_each_script_once()
    {
        Page.Heading("A <lesson>", level: 1);
        Page.Heading("Nothing here");
        Page.Heading("Charts");
        Page.Heading("Deeper", level: 3);
        Charts.LossCurve(Samples.Training()).Display();
        Charts.LossCurve("another", ("loss", [2.0, 1])).Display();
        Page.Heading("Explorers");
        Explorers.Softmax([1, 2]).Display();
        Explorers.Softmax([1, 3]).Display();
        Charts.UseOffline().Display();
        Assert.Equal("7\n\n", Said(() =>
        {
            7.Display();
            ((object?)null).Display();
        }));

        string html = Page.ToHtml();
        Assert.Contains("<title>A &lt;lesson&gt;</title>", html, StringComparison.Ordinal);
        Assert.Equal(
            ["A &lt;lesson&gt;", "Charts", "Deeper", "Explorers"],
            System.Text.RegularExpressions.Regex.Matches(html, "<h[1-6]>(.*?)</h[1-6]>").Select(match => match.Groups[1].Value));
        Assert.Equal(2, Count(html, $"<div class=\"{ChartHooks.Chart}\""));
        Assert.Equal(2, Count(html, $"<div class=\"{ExplorerHooks.Explorer}\""));
        // What all explorers share, and what draws this kind.
        Assert.Equal(2, Count(html, $"<script class=\"{ExplorerHooks.Script}\">"));
        Assert.Equal(1, Count(html, "if (!window.Plotly)"));
        Assert.True(AppContext.TryGetSwitch(PlotlyDelivery.PageHasPlotly, out bool isSet) && isSet);
    }

    [Fact]
    public void A_heading_has_words_and_a_level_from_1_to_6()
    {
        Assert.Throws<ArgumentNullException>(() => Page.Heading(null!));
        Assert.Throws<ArgumentException>(() => Page.Heading(" "));
        Assert.Throws<ArgumentOutOfRangeException>(() => Page.Heading("x", level: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Page.Heading("x", level: 7));
    }

    private static int Count(string html, string part) => html.Split(part).Length - 1;

    private static string Said(Action say)
    {
        TextWriter console = Console.Out;
        using StringWriter output = new();
        Console.SetOut(output);
        try
        {
            say();
        }
        finally
        {
            Console.SetOut(console);
        }

        return output.ToString().ReplaceLineEndings("\n");
    }
}
