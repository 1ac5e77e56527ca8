using static Rnn.Testing.Notebooks;

namespace Rnn.Runner.Tests;

/// <summary>The pictures that 'write' puts into a notebook for readers without scripts, and what 'check' says of them.</summary>
public sealed class PicturesTests
{
    private const string Nowhere = "/nowhere/chromium";
    private static readonly string[] Parts =
    [
        "<div class=\"rnn-chart\" id=\"a\">\n<div class=\"rnn-chart-static\">",
        "</div>\n<script>1</script>\n<script>\n2\n</script>\n</div>",
    ];

    private static readonly string Chart = string.Join("<p>x &quot;y&quot;</p>", Parts);

    private static readonly string Explorer = OfExplorer(Chart);

    [Fact]
    public async Task Without_a_browser_a_notebook_that_needs_pictures_stays_as_it_is()
    {
        using Sandbox sandbox = new();
        string charts = Of(Code($"HTML(@\"{Chart.Replace("\"", "\"\"", StringComparison.Ordinal)}\")"));
        sandbox.Write("charts.ipynb", charts);
        sandbox.Environment["CHROME_BIN"] = Nowhere;
        (int exitCode, _, string error) = await sandbox.Run("write", "charts.ipynb", "--output", "pages");
        Assert.Equal(1, exitCode);
        Assert.Equal(
            $"charts.ipynb: not refreshed: the pictures cannot be made: CHROME_BIN is '{Nowhere}', "
                + "and no such file exists; set it to the program of Chromium, Chrome or Edge, or unset it",
            error.Trim());
        Assert.Equal(charts, sandbox.Read("charts.ipynb"));
    }

    [Fact]
    public void A_chart_or_explorer_without_its_picture_is_what_the_library_gave()
    {
        const string Img =
            "<img alt=\"x &quot;y&quot;\" data-rnn-chart=\"0123456789abcdef\" width=\"1\" height=\"1\" src=\"data:,\">";
        string pictured = string.Join(Img, Parts);
        JsonObject text = Outputs.Stream("stdout", pictured);
        JsonObject[] outputs = [Html($"<p>one</p>{pictured}<p>two</p>{OfExplorer(pictured)}{pictured}"), text, Html("no chart")];
        JsonObject[] expected = [Html($"<p>one</p>{Chart}<p>two</p>{Explorer}{Chart}"), text, Html("no chart")];
        Assert.True(Outputs.AreSame(expected, FigurePictures.Without(outputs)));
        Assert.True(Outputs.AreSame(expected, FigurePictures.Without(expected)));
        // The hash is none of theirs.
        string[] figures = ["chart", "explorer", "chart"];
        Assert.Equal(
            figures.Select(figure => $"output 1: the picture was made from another {figure}"),
            FigurePictures.Differences(outputs));
        Assert.Equal(
            figures.Select(figure => $"output 1: the {figure} has no picture"), FigurePictures.Differences(expected));
    }

    [Fact]
    public void A_figure_that_takes_the_room_of_an_output_alone_needs_no_picture()
    {
        string large = Explorer.Replace("<script>1", $"<script>{new string('1', FigurePictures.LargestWithPicture)}");
        Assert.Empty(FigurePictures.Differences([Html(large)]));
        Assert.Single(FigurePictures.Differences([Html(large), Html(Explorer)]));
        Assert.True(Outputs.AreSame([Html(large)], FigurePictures.Without([Html(large)])));
    }

    private static string OfExplorer(string chart) => chart.Replace("rnn-chart", "rnn-explorer", StringComparison.Ordinal)
        .Replace("data-rnn-explorer", "data-rnn-chart", StringComparison.Ordinal);

    private static JsonObject Html(string html) => Outputs.Display([KeyValuePair.Create("text/html", html)]);
}
