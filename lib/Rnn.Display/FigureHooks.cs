using System.Text.RegularExpressions;

namespace Rnn.Display;

/// <summary>
/// How charts and explorers, the figures of a notebook, are found in HTML: both are laid out alike, see
/// <see cref="ChartHooks"/> and <see cref="ExplorerHooks"/>.
/// </summary>
internal static partial class FigureHooks
{
    /// <summary>What stands before the description of a figure, or before its picture: a pattern.</summary>
    public const string BeforeDescription = $"""(?<=<div class="(?:{ChartHooks.Static}|{ExplorerHooks.Static})">)""";

    /// <summary>One whole chart or explorer.</summary>
    [GeneratedRegex(
        $"""<div class="(?:{ChartHooks.Chart}|{ExplorerHooks.Explorer})" .*?</script>\n</div>""", RegexOptions.Singleline)]
    public static partial Regex OneFigure { get; }

    /// <summary>Whether a figure is a chart, and not an explorer.</summary>
    public static bool IsChart(string figure) =>
        figure.StartsWith($"<div class=\"{ChartHooks.Chart}\"", StringComparison.Ordinal);

    /// <summary>The description inside a figure; its <c>text</c> is HTML, good as an attribute's value too.</summary>
    [GeneratedRegex($"{BeforeDescription}<p>(?<text>[^<]*)</p>")] public static partial Regex Description { get; }
}
