using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Rnn.Display.Programs;

/// <summary>
/// Where a program without a notebook shows its charts, tables and explorers: one HTML page, beside the program's source. It
/// needs no network.
/// </summary>
/// <remarks>
/// A file-based program is asked for its path; any other program's page stands in the current folder and has its name. A
/// notebook shows things by itself, and has no use for this.
/// </remarks>
public static class Page
{
    private const string Style =
        ":root{color-scheme:light dark}body{background:Canvas;color:CanvasText;font:1rem/1.5 system-ui,sans-serif;"
        + "max-width:46rem;margin:2rem auto;padding:0 1rem}main>div{margin:1.5rem 0}";

    private static readonly Lock Gate = new();

    /// <summary>What is on the page: pieces of HTML, and headings with their levels.</summary>
    private static readonly List<(int Level, string Html)> Pieces = [];

    private static string title = "";

    // The page brings plotly.js, so nobody needs to ask whether the network has it.
    static Page() => AppContext.SetSwitch(PlotlyDelivery.PageHasPlotly, true);

    /// <summary>
    /// Begins a section of the page: what is shown from here on stands below this heading. One that nothing is shown below is
    /// left out.
    /// </summary>
    /// <param name="text">The heading; the first one of level 1 is also the page's title.</param>
    /// <param name="level">1 for a title, 2 for a section, up to 6.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="text"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not from 1 to 6.</exception>
    public static void Heading(string text, int level = 2)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(level, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, 6);
        lock (Gate)
        {
            if (level == 1 && title.Length == 0)
                title = text;
            Pieces.Add((level, $"<h{level}>{Html.Escape(text)}</h{level}>\n"));
        }
    }

    /// <summary>Shows a value: a chart, table or explorer goes into the page, anything else is printed.</summary>
    /// <param name="value">The value.</param>
    public static void Display(this object? value)
    {
        string? html = value switch
        {
            // Never with plotly.js: the page has it.
            Chart chart => chart.ToHtml(null),
            OfflineScript => "",
            IShowsAsHtml shown => shown.ToHtml(),
            _ => null,
        };
        if (html is null)
            Console.WriteLine(value);
        else
            lock (Gate)
                Pieces.Add((0, html));
    }

    /// <summary>
    /// Writes the page, prints where it is, and opens it in the browser: not where the output goes into a file or a pipe, or
    /// where there is no screen.
    /// </summary>
    /// <exception cref="IOException">The page cannot be written.</exception>
    /// <exception cref="InvalidOperationException">plotly.js is not where <c>dotnet build</c> puts it.</exception>
    public static void Open()
    {
        string path = AppContext.GetData("EntryPointFilePath") is string source
            ? Path.ChangeExtension(source, ".html")
            : Path.GetFullPath($"{Assembly.GetEntryAssembly()?.GetName().Name ?? "page"}.html");
        File.WriteAllText(path, ToHtml());
        Console.WriteLine($"The page is {path}");
        if (Console.IsOutputRedirected || Environment.GetEnvironmentVariable("CI") is not null || !HasScreen)
            return;
        try
        {
            Process.Start(new ProcessStartInfo(path) { UseShellExecute = true })?.Dispose();
        }
        catch (Exception e) when (e is ExternalException or InvalidOperationException or FileNotFoundException)
        {
            // No browser: the reader knows where the page is.
        }
    }

    /// <summary>The page so far.</summary>
    internal static string ToHtml()
    {
        lock (Gate)
        {
            string body = ExplorerHooks.WithScriptsOnce(
                string.Concat(Pieces.Where((_, i) => IsNeeded(i)).Select(piece => piece.Html)));
            bool hasCharts = body.Contains($"<div class=\"{ChartHooks.Chart}\"", StringComparison.Ordinal);
            return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + $"<title>{Html.Escape(title.Length > 0 ? title : "Page")}</title>\n<style>{Style}</style>\n"
                + $"{(hasCharts ? OfflineScript.Plotly : "")}</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n";
        }
    }

    private static bool HasScreen => OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
        || Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 }
        || Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is { Length: > 0 };

    /// <summary>Whether a piece is no heading, the title, or a heading that has something below it.</summary>
    private static bool IsNeeded(int index) => Pieces[index].Level < 2
        || Pieces.Skip(index + 1).TakeWhile(piece => piece.Level == 0 || piece.Level > Pieces[index].Level)
            .Any(piece => piece.Level == 0);
}
