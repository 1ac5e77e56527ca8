using System.Net.Http;

namespace Rnn.Display;

/// <summary>
/// Whether charts have to bring plotly.js along. A session asks once, in the background, whether it can be had from where the
/// kernel is; where it cannot, the first chart brings it, and all others of the page draw with that.
/// </summary>
/// <param name="handler">What asks.</param>
internal sealed class PlotlyDelivery(HttpMessageHandler handler)
{
    /// <summary>An AppContext switch: set where whoever shows the outputs has plotly.js, so that nobody needs to ask.</summary>
    public const string PageHasPlotly = "Rnn.Display.PageHasPlotly";

    /// <summary>In milliseconds from the beginning of the session: what has not answered by then is not there.</summary>
    public const int Patience = 1000;

    private static readonly Lazy<PlotlyDelivery?> Only = new(() =>
        AppContext.TryGetSwitch(PageHasPlotly, out bool isSet) && isSet ? null : new(new SocketsHttpHandler()));

    private readonly long end = Environment.TickCount64 + Patience;
    private readonly Task<bool> answer = Task.Run(() => AskAsync(handler));
    private string? bearer;

    /// <summary>This session's, which begins to ask when this is first called; null where nobody needs to.</summary>
    public static PlotlyDelivery? Session => Only.Value;

    /// <summary>The page has been given plotly.js in another way.</summary>
    public void IsDone() => Interlocked.CompareExchange(ref bearer, "", null);

    /// <summary>Whether a chart brings plotly.js: the first one, and that one again if its cell is run again.</summary>
    /// <param name="chart">The chart's id.</param>
    public bool IsNeededBy(string chart) =>
        !IsReachable() && (Interlocked.CompareExchange(ref bearer, chart, null) ?? chart) == chart;

    private bool IsReachable() =>
        Task.WaitAny([answer], (int)Math.Clamp(end - Environment.TickCount64, 0, Patience)) == 0
        && answer is { IsCompletedSuccessfully: true, Result: true };

    private static async Task<bool> AskAsync(HttpMessageHandler handler)
    {
        using HttpClient client = new(handler) { Timeout = TimeSpan.FromMilliseconds(Patience) };
        using HttpRequestMessage question = new(HttpMethod.Head, ChartHooks.PlotlyAddress);
        using HttpResponseMessage response = await client.SendAsync(question, HttpCompletionOption.ResponseHeadersRead);
        return response.IsSuccessStatusCode;
    }
}
