namespace Rnn.Display;

/// <summary>
/// What a chart's HTML is recognised by. The runner makes pictures of charts and puts plotly.js into pages, tests look for both:
/// they compile this file, since only notebooks load Rnn.Display.dll. Scripts and style sheets spell the same names.
/// </summary>
internal static class ChartHooks
{
    /// <summary>Class of a chart's element; its id begins with it too.</summary>
    public const string Chart = "rnn-chart";

    /// <summary>Class of what stands there where no script runs: the description, or the runner's picture of the chart.</summary>
    public const string Static = "rnn-chart-static";

    /// <summary>Class of the sentence that says why a chart is not drawn; hidden as long as there is nothing to say.</summary>
    public const string Note = "rnn-chart-note";

    /// <summary>Attribute of a chart's element that a script has begun to draw.</summary>
    public const string Drawn = "data-rnn-drawn";

    /// <summary>Class of the sentence in an output that brings plotly.js along.</summary>
    public const string Offline = "rnn-offline";

    public const string PlotlyVersion = "2.28.0";

    /// <summary>Where a page that does not have plotly.js gets it from.</summary>
    public const string PlotlyAddress = $"https://cdn.jsdelivr.net/npm/plotly.js-dist-min@{PlotlyVersion}/plotly.min.js";

    /// <summary>plotly.js on this machine, relative to the folder of Rnn.Display.dll.</summary>
    public const string PlotlyFile = "plotly/plotly.min.js";
}
