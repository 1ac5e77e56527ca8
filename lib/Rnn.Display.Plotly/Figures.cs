using System.Globalization;
using DynamicObj;
using Microsoft.FSharp.Collections;
using Plotly.NET;
using Plotly.NET.LayoutObjects;

namespace Rnn.Display.Plotly;

/// <summary>
/// Draws figures with Plotly.NET and gives them as the JSON that plotly.js takes:
/// <c>{"data": [...], "layout": {...}, "config": {...}}</c>.
/// </summary>
/// <remarks>
/// <para>
/// Why Plotly.NET, when the names below are plotly.js's own and System.Text.Json could write the same JSON? Because it brings
/// plotly.js itself, in one pinned version that NuGet restores like everything else: the repository holds no script of 3.6 MB,
/// the build downloads none, and <c>Charts.UseOffline()</c> has one to show. It is also the library with which readers draw
/// charts of their own in a notebook, and this file shows how to use its objects from C#.
/// </para>
/// <para>
/// Rnn.Display finds these methods by name, from another load context: only BCL types may stand in their signatures.
/// Arguments are checked over there. Text colours and grid lines are missing on purpose: chart.js chooses them where the chart
/// is drawn, from the background it finds there.
/// </para>
/// </remarks>
public static class Figures
{
    // Each has a contrast of at least 3 : 1 on white and on #1e1e1e; the first four are Okabe and Ito's, which colour-blind
    // readers tell apart. Dashes, markers and patterns differ too, so that nobody needs the colours.
    private static readonly string[] Colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#A6761D", "#7F7F7F"];
    private static readonly string[] Dashes = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"];
    private static readonly string[] Symbols = ["circle", "square", "diamond", "triangle-up", "cross", "x"];
    private static readonly string[] Patterns = ["", "/", "x", "-", ".", "+"];

    private static readonly string[] UselessButtons = ["lasso2d", "select2d"];

    private static readonly string[] Mantissas = ["1", "2", "5"];

    private const string Transparent = "rgba(0,0,0,0)";

    public static string Lines(
        string[] names, double[][] x, double[][] y, string title, string xAxis, string yAxis, bool logX, bool logY)
    {
        Trace[] traces = [.. names.Select((name, i) => new Trace("scatter").With(
            ("name", Plain(name)),
            ("x", Numbers(x[i])),
            ("y", Numbers(y[i])),
            ("mode", Few(y[i]) ? "lines+markers" : "lines"),
            // The first is often the noisy one (the loss of a single sequence): thin, with the smoother ones drawn over it.
            ("line", Properties(
                ("color", Cycle(Colours, i)),
                ("dash", Cycle(Dashes, i)),
                ("width", i == 0 && names.Length > 1 ? 1.5 : 2.5))),
            ("marker", Few(y[i]) ? Properties(("symbol", Cycle(Symbols, i)), ("size", 7)) : null)))];
        LinearAxis xs = Axis(xAxis, logX), ys = Axis(yAxis, logY);
        if (logX)
            LabelLogarithms(xs, x);
        if (logY)
            LabelLogarithms(ys, y);
        // A few sizes on a logarithmic axis: these are the numbers to read off.
        if (logX && x.All(values => values.Length <= 12))
            Label(xs, [.. x.SelectMany(values => values).Distinct().Order()]);
        return Json(traces, Layout(title, xs, ys, names.Length > 1).With(("hovermode", "x unified")));

        static bool Few(double[] values) => values.Length <= 40;
    }

    public static string Bars(string[] labels, string[] names, double[][] values, string title, string xAxis, string yAxis)
    {
        (object? positions, LinearAxis axis) = Categories(xAxis, labels);
        Trace[] traces = [.. names.Select((name, i) => new Trace("bar").With(
            ("name", Plain(name)),
            ("x", positions),
            ("y", Numbers(values[i])),
            ("marker", Properties(("color", Cycle(Colours, i)), ("pattern", i == 0 ? null : Pattern(i))))))];
        return Json(traces, Layout(title, axis, Axis(yAxis), names.Length > 1).With(("barmode", "group")));

        static object Pattern(int i) => Properties(("shape", Cycle(Patterns, i)), ("fillmode", "overlay"), ("solidity", 0.25));
    }

    public static string Histogram(double[] edges, int[] counts, string[] binTexts, string title, string xAxis, string yAxis)
    {
        Trace trace = new Trace("bar").With(
            ("x", counts.Select((_, i) => edges[i] + (edges[i + 1] - edges[i]) / 2).ToArray()),
            ("y", counts),
            ("width", edges[1] - edges[0]),
            ("marker", Properties(("color", Colours[0]))),
            ("hovertext", binTexts.Select(Plain).ToArray()),
            ("hoverinfo", "text"));
        return Json([trace], Layout(title, Axis(xAxis), Axis(yAxis), legend: false).With(("bargap", 0)));
    }

    /// <param name="rows">One array a row; row 0 is drawn at the top.</param>
    public static string HeatMap(
        double[][] rows, string title, string rowAxis, string columnAxis, string[]? rowLabels, string[]? columnLabels,
        string unit, bool diverging)
    {
        int columns = rows[0].Length;
        double min = rows.Min(row => row.Min()), max = rows.Max(row => row.Max());
        double reach = Math.Max(Math.Abs(min), Math.Abs(max));
        (double from, double to) = diverging ? (-reach, reach) : (Math.Min(0, min), Math.Max(0, max));
        if (from == to)
            (from, to) = (from - (diverging ? 1 : 0), to + 1);

        (object? y, LinearAxis yAxis) = Categories(rowAxis, rowLabels);
        (object? x, LinearAxis xAxis) = Categories(columnAxis, columnLabels);
        foreach ((LinearAxis axis, int count) in new[] { (yAxis, rows.Length), (xAxis, columns) })
        {
            axis.With(("showgrid", false), ("zeroline", false), ("ticks", ""));
            // Rows and columns are counted; between them there are no ticks.
            if (count <= 20 && axis.TryGetPropertyValue("tickvals") is null)
                axis.With(("tick0", 0), ("dtick", 1));
        }
        yAxis.With(("autorange", "reversed"));
        int height = Math.Clamp(170 + 32 * rows.Length, 260, 420);
        if (rowLabels is { Length: > 20 and <= 60 })
        {
            // Each label is wanted, so each gets a line of its own.
            yAxis.With(("dtick", 1));
            height = Math.Max(height, 112 + 17 * rows.Length);
        }

        // Small matrices show their numbers, on colours that are light enough for black text.
        bool numbers = rows.Length <= 14 && columns <= 12;
        object[][] scale = (diverging, numbers) switch
        {
            (true, false) => BlueWhiteRed,
            (true, true) => PaleBlueWhiteRed,
            (false, false) => WhiteBlue,
            (false, true) => WhitePaleBlue,
        };

        Trace trace = new Trace("heatmap").With(
            ("z", rows.Select(Numbers).ToArray()),
            ("x", x),
            ("y", y),
            ("zmin", from),
            ("zmax", to),
            ("zmid", diverging ? 0.0 : null),
            ("colorscale", scale),
            ("colorbar", Properties(
                // A word a line: the bar is narrow.
                ("title", Properties(("text", Plain(unit).Replace(" ", "<br>")), ("side", "top"))),
                ("outlinewidth", 0),
                ("exponentformat", "power"),
                // Below their ticks, so that the highest does not touch the title.
                ("ticklabelposition", "outside bottom"),
                ("thickness", 16))),
            ("xgap", columns <= 40 ? 1 : null),
            ("ygap", rows.Length <= 40 ? 1 : null),
            ("texttemplate", numbers ? $"%{{z:{NumberFormat(rows, reach)}}}" : null),
            ("textfont", numbers ? Properties(("color", "#111111")) : null),
            ("hovertemplate", $"{InTemplate(rowAxis)} %{{y}}, {InTemplate(columnAxis)} %{{x}}: %{{z:.6~g}}<extra></extra>"));
        return Json([trace], Layout(title, xAxis, yAxis, legend: false, height));
    }

    // ColorBrewer's RdBu, reversed: blue is negative, red is positive, white is nothing; safe for colour-blind readers.
    private static readonly object[][] BlueWhiteRed = Scale(
        "#053061", "#2166ac", "#4393c3", "#92c5de", "#d1e5f0", "#f7f7f7", "#fddbc7", "#f4a582", "#d6604d", "#b2182b", "#67001f");

    // ColorBrewer's Blues.
    private static readonly object[][] WhiteBlue = Scale("#f7fbff", "#c6dbef", "#6baed6", "#2171b5", "#08306b");

    private static readonly object[][] PaleBlueWhiteRed =
        Scale("#4393c3", "#92c5de", "#d1e5f0", "#f7f7f7", "#fddbc7", "#f4a582", "#d6604d");

    private static readonly object[][] WhitePaleBlue = Scale("#f7fbff", "#c6dbef", "#9ecae1", "#6baed6", "#4292c6");

    private static object[][] Scale(params string[] colours) =>
        [.. colours.Select((colour, i) => new object[] { i / (colours.Length - 1.0), colour })];

    private static string Json(Trace[] traces, Layout layout)
    {
        // Plotly.NET's defaults would add a template of 7 kB to every chart.
        GenericChart chart = GenericChart.ofTraceObjects(false, ListModule.OfSeq(traces));
        // No MathJax, where a page has it: a $ in a title is a $.
        Config config = new Config().With(
            ("displaylogo", false),
            ("displayModeBar", "hover"),
            ("modeBarButtonsToRemove", UselessButtons),
            ("typesetMath", false));
        return GenericChart.toJson(GenericChart.setConfig(config, GenericChart.setLayout(layout, chart)));
    }

    private static Layout Layout(string title, LinearAxis xAxis, LinearAxis yAxis, bool legend, int height = 420)
    {
        // Below the plot, where it can cover no data.
        object below = Properties(("orientation", "h"), ("yref", "container"), ("y", 0), ("yanchor", "bottom"), ("x", 0));
        return new Layout().With(
            ("title", Properties(("text", Plain(title)), ("x", 0.02), ("xanchor", "left"), ("y", 1), ("yanchor", "top"),
                ("pad", Properties(("t", 22))), ("font", Properties(("size", 16))))),
            ("width", 720),
            ("height", height),
            ("margin", Properties(("l", 64), ("r", 24), ("t", 56), ("b", 56))),
            ("font", Properties(("size", 13))),
            ("paper_bgcolor", Transparent),
            ("plot_bgcolor", Transparent),
            ("showlegend", legend),
            ("legend", legend ? below : null),
            ("xaxis", xAxis),
            ("yaxis", yAxis));
    }

    private static LinearAxis Axis(string title, bool log = false) => new LinearAxis().With(
        ("title", Properties(("text", Plain(title)), ("standoff", 10))),
        ("automargin", true),
        ("type", log ? "log" : "linear"),
        ("exponentformat", "power"));

    /// <summary>
    /// By itself, plotly.js would write 2 and 5 between 10 and 100 for 20 and 50, beside powers of ten. Over up to three decades
    /// numbers are written in full, over more there are powers only. (Within less than a decade it labels no powers.)
    /// </summary>
    private static void LabelLogarithms(LinearAxis axis, double[][] values)
    {
        double from = Math.Log10(values.Min(each => each.Min())), to = Math.Log10(values.Max(each => each.Max()));
        if (to - from is >= 0.7 and <= 3)
            Label(axis, [.. Enumerable.Range((int)Math.Floor(from) - 1, (int)(to - from) + 4)
                .SelectMany(power => Mantissas.Select(digits => double.Parse($"{digits}E{power}", CultureInfo.InvariantCulture)))
                .Where(double.IsNormal)]);
        else if (to - from is > 3 and <= 8)
            axis.With(("dtick", 1));
    }

    private static void Label(LinearAxis axis, double[] ticks) =>
        axis.With(("tickmode", "array"), ("tickvals", Numbers(ticks)), ("ticktext", ticks.Select(InFull).ToArray()));

    private static string InFull(double value)
    {
        string text = value.ToString("0.####E+0", CultureInfo.InvariantCulture);
        int exponent = text.IndexOf('E', StringComparison.Ordinal);
        return value is >= 1e-4 and < 1e6
            ? value.ToString(CultureInfo.InvariantCulture)
            : $"{text[..exponent]}×10<sup>{text[exponent..].TrimStart('E', '+')}</sup>";
    }

    /// <summary>
    /// An axis with a label per position; without labels the positions are counted. Labels that occur twice (the letters of a
    /// name) would be one and the same category to plotly.js; they become the ticks of a numeric axis instead.
    /// </summary>
    private static (object? Positions, LinearAxis Axis) Categories(string title, string[]? labels)
    {
        if (labels is null)
            return (null, Axis(title));
        string[] texts = [.. labels.Select(Plain)];
        if (texts.Distinct().Count() == texts.Length)
            return (texts, Axis(title).With(("type", "category")));
        int[] positions = [.. Enumerable.Range(0, texts.Length)];
        return (positions, Axis(title).With(("tickmode", "array"), ("tickvals", positions), ("ticktext", texts)));
    }

    /// <summary>Whole numbers are written without ".0".</summary>
    private static Array Numbers(double[] values) =>
        values.All(value => Math.Abs(value) < int.MaxValue && value == Math.Truncate(value))
            ? Array.ConvertAll(values, value => (int)value)
            : values;

    /// <summary>
    /// For the numbers in the cells, as d3 formats them: two significant digits for the largest, as many decimals for all.
    /// </summary>
    private static string NumberFormat(double[][] rows, double largest) =>
        rows.All(row => Numbers(row) is int[]) ? "d" :
        largest is >= 1e5 or < 1e-4 ? ".1e" :
        $".{Math.Clamp(1 - (int)Math.Floor(Math.Log10(largest)), 0, 5)}f";

    /// <summary>Text is text: plotly.js would read tags and entities in it.</summary>
    private static string Plain(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    /// <summary>In a hover template, %{ would begin a value.</summary>
    private static string InTemplate(string text) => Plain(text).Replace("%{", "% {");

    private static string Cycle(string[] values, int i) => values[i % values.Length];

    private static DynamicObj.DynamicObj Properties(params (string Name, object? Value)[] properties) =>
        new DynamicObj.DynamicObj().With(properties);

    /// <summary>
    /// Plotly.NET's typed setters take F# options, dozens of them per call and none to be left out in C#; its objects also take
    /// plotly.js's own property names. A null value leaves the property out.
    /// </summary>
    private static T With<T>(this T target, params (string Name, object? Value)[] properties) where T : DynamicObj.DynamicObj
    {
        foreach ((string name, object? value) in properties)
        {
            if (value is not null)
                target.SetProperty(name, value);
        }
        return target;
    }
}
