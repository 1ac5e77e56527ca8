using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using static Rnn.Display.Tests.Samples;

namespace Rnn.Display.Tests;

public sealed class HtmlTests
{
    private const string Nasty = "</script><b onclick=\"x()\">'a' & $b$ %{y} \u2028 é";

    [Fact]
    public void A_charts_html_is_one_div_with_a_text_the_figure_and_one_script()
    {
        string html = Charts.LossCurve(Training()).ToHtml();
        Assert.StartsWith("<div class=\"rnn-chart\" id=\"rnn-chart-", html);
        Assert.EndsWith("</div>", html);
        Assert.Equal(2, Regex.Count(html, "<script"));
        Assert.Equal(2, Regex.Count(html, "</script>"));
        Assert.Single(Regex.Matches(html, "<script>"));
        // The only addresses in it: plotly.js, and what it says when that is out of reach.
        Assert.Single(Regex.Matches(html, "https?://"));
        Assert.Contains("https://cdn.jsdelivr.net/npm/plotly.js-dist-min@2.28.0/plotly.min.js", html);
        Assert.Contains("Charts.UseOffline()", html);
        Assert.DoesNotContain("\r", html);
        Assert.DoesNotContain("//", Regex.Replace(html, "https://", ""));
    }

    [Fact]
    public void Texts_cannot_break_out_of_the_html_or_the_script()
    {
        Chart chart = Charts.HeatMap(Matrix(1, 1), Nasty, Nasty, Nasty, [Nasty], [Nasty], Nasty);
        string html = chart.ToHtml();
        Assert.Equal(2, Regex.Count(html, "</script>"));
        Assert.DoesNotContain("<b ", html);
        Assert.Contains("aria-label=\"Heat map: &lt;/script&gt;&lt;b onclick=&quot;x()&quot;&gt;&#39;a&#39; &amp; $b$", html);
        // plotly.js reads tags and entities in texts; as entities they show as they are.
        string inPlotly = Nasty.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
        JsonElement trace = Assert.Single(Traces(chart));
        Assert.Equal(inPlotly, Layout(chart).Text("title.text"));
        Assert.Equal(inPlotly, Layout(chart).Text("xaxis.title.text"));
        Assert.Equal([inPlotly], trace.Texts("x"));
        Assert.DoesNotContain("%{y} \u2028", trace.Text("hovertemplate"));
        Assert.False(Figure(chart).At("config.typesetMath").GetBoolean());
    }

    [Fact]
    public void The_pinned_hash_is_that_of_Plotly_NETs_own_plotly_js()
    {
        string hash = Convert.ToBase64String(SHA384.HashData(Encoding.UTF8.GetBytes(PlotlyJs)));
        Assert.Contains($"sha384-{hash}", Charts.LossCurve(Training()).ToHtml());
        Assert.StartsWith($"/**\n* plotly.js v{ChartHooks.PlotlyVersion}\n", PlotlyJs);
    }

    [Fact]
    public void Offline_plotly_js_stands_in_one_script_that_no_AMD_loader_sees()
    {
        string html = Charts.UseOffline().ToHtml();
        Assert.Contains(
            "if (!window.Plotly) (function () { var define, exports, module;\n" + PlotlyJs + "\n}).call(window);</script>", html);
        // Nothing in it would end the script early.
        Assert.DoesNotMatch("(?i)<(/?script|!--)", PlotlyJs);
        Assert.Equal(html, Charts.UseOffline().ToHtml());
    }
}
