using System.Net;
using System.Text.RegularExpressions;

namespace Rnn.Display.Tests;

public sealed class FigureHooksTests
{
    [Fact]
    public void One_chart_or_explorer_is_found_among_others_and_its_description_in_it()
    {
        IEnumerable<(string? Description, string Html)> charts =
            Samples.AllKinds().Select(sample => sample.Chart).Append(Charts.LossCurve("</p> & \"'", ("a", [1])))
                .Select(chart => ((string?)chart.ToString(), chart.ToHtml()));
        IEnumerable<(string? Description, string Html)> explorers =
            new[] { Explorers.Softmax([1, 2, 3]), Explorers.Softmax([1, -1], "</p> & \"'", "</script>\n</div>") }
                .Select(explorer => ((string?)explorer.ToString(), explorer.ToHtml()));
        (string? Description, string Html)[] figures = [.. explorers, .. charts, .. explorers];
        string page = $"<p>Before</p>\n{string.Join('\n', figures.Select(figure => figure.Html))}\n<div>After</div>";
        Match[] found = [.. FigureHooks.OneFigure.Matches(page).Cast<Match>()];
        Assert.Equal(figures.Select(figure => figure.Html), found.Select(match => match.Value));
        Assert.Equal(
            figures.Select(figure => figure.Description),
            found.Select(match => WebUtility.HtmlDecode(
                Assert.Single(FigureHooks.Description.Matches(match.Value)).Groups["text"].Value)));
    }

    [Fact]
    public void An_explorers_two_scripts_are_found_in_it()
    {
        string[] scripts =
            [.. ExplorerHooks.OneScript.Matches(Explorers.Softmax([1, 2, 3]).ToHtml()).Select(match => match.Value)];
        Assert.Equal(2, scripts.Length);
        Assert.StartsWith("<script class=\"rnn-explorer-script\">\n(window.rnnExplorers ??= {})", scripts[0]);
        Assert.All(scripts, script => Assert.EndsWith("\n</script>\n", script));
    }
}
