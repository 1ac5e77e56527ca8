using System.Text.RegularExpressions;

namespace Rnn.Display.Tests;

public sealed class ChartHooksTests
{
    private static readonly string[] Names = HookNames.Of(typeof(ChartHooks));

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
}
