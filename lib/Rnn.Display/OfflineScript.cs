namespace Rnn.Display;

/// <summary>
/// plotly.js itself, as an output: all charts of the page are drawn with it, those above and those below, without network.
/// Made by <see cref="Charts.UseOffline"/>.
/// </summary>
[TypeFormatterSource(typeof(HtmlFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class OfflineScript : IShowsAsHtml
{
    internal OfflineScript() { }

    /// <summary>plotly.js in a script element.</summary>
    /// <exception cref="InvalidOperationException">It is not where <c>dotnet build</c> puts it.</exception>
    // It is a UMD script: with define, exports and module hidden, it becomes the global Plotly in every editor.
    internal static string Plotly =>
        "<script>if (!window.Plotly) (function () { var define, exports, module;\n" +
        $"{File.ReadAllText(PlotlyBridge.Built(ChartHooks.PlotlyFile))}\n}}).call(window);</script>\n";

    /// <summary>A sentence, plotly.js in a script (3.6 MB), and the script that draws the waiting charts.</summary>
    public string ToHtml()
    {
        PlotlyDelivery.Session?.IsDone();
        return VersoTerminal.Text(this)
            ?? $"<p class=\"{ChartHooks.Offline}\">{ToString()}</p>\n{Plotly}<script>\n{Scripts.Chart}\n</script>\n";
    }

    /// <summary>What it does, in one line.</summary>
    public override string ToString() =>
        $"plotly.js {ChartHooks.PlotlyVersion} is part of this output: the charts of this notebook need no network now.";
}
