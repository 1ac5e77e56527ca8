using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Rnn.Display.Tests;

public sealed class ChartHooksTests
{
    private static readonly string[] Names =
    [
        .. typeof(ChartHooks).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!),
    ];

    [Fact]
    public void Every_hook_is_spelt_as_the_outputs_and_their_scripts_spell_it()
    {
        string chart = Charts.LossCurve(Samples.Training()).ToHtml(), offline = Charts.UseOffline().ToHtml();
        string offlineSentence = offline[..offline.IndexOf('\n')];
        MatchCollection spelt = Regex.Matches(chart + offlineSentence, @"\b(data-)?rnn-[a-z]+(-[a-z]+)*\b");
        Assert.Equal(Names.Where(name => name.Contains("rnn-")).Order(), spelt.Select(match => match.Value).Distinct().Order());
        Assert.Contains($"'{ChartHooks.PlotlyAddress}'", chart);
        Assert.Contains($"plotly.js {ChartHooks.PlotlyVersion} ", offlineSentence);
    }

    [Fact]
    public void One_chart_is_found_among_others_and_its_description_in_it()
    {
        Chart[] charts = [.. Samples.AllKinds().Select(sample => sample.Chart), Charts.LossCurve("</p> & \"'", ("a", [1]))];
        string page = $"<p>Before</p>\n{string.Join('\n', charts.Select(chart => chart.ToHtml()))}\n<div>After</div>";
        Match[] found = [.. ChartHooks.OneChart.Matches(page).Cast<Match>()];
        Assert.Equal(charts.Select(chart => chart.ToHtml()), found.Select(match => match.Value));
        Assert.Equal(
            charts.Select(chart => chart.ToString()),
            found.Select(match => WebUtility.HtmlDecode(
                Assert.Single(ChartHooks.Description.Matches(match.Value)).Groups["text"].Value)));
    }
}
