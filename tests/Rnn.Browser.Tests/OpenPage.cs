using System.Collections.Concurrent;
using System.Text.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Rnn.Browser.Tests;

/// <summary>A page in the browser, with a note of all that went wrong on it.</summary>
public sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly Func<string, string?> serve;

    internal OpenPage(IBrowserContext context, IPage page, Func<string, string?> serve)
    {
        this.context = context;
        Page = page;
        this.serve = serve;
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                ConsoleErrors.Enqueue($"{message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => PageErrors.Enqueue(error);
        page.Request += (_, request) =>
        {
            if (request.Url.Split(':')[0] is not ("file" or "data" or "blob"))
                Requests.Enqueue(request.Url);
        };
    }

    public IPage Page { get; }

    /// <summary>What was asked of the web.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public ConcurrentQueue<string> ConsoleErrors { get; } = new();

    /// <summary>Exceptions that no script caught.</summary>
    public ConcurrentQueue<string> PageErrors { get; } = new();

    public ValueTask DisposeAsync() => context.DisposeAsync();

    internal async Task GoToAsync(string address, bool untilDrawn)
    {
        await Page.RouteAsync("http*://**/*", async route =>
        {
            if (serve(route.Request.Url) is string script)
                await route.FulfillAsync(new()
                {
                    Body = script,
                    ContentType = "application/javascript; charset=utf-8",
                    // The hash of a script from elsewhere is only checked, and the script only run, where its server allows that.
                    Headers = [new("Access-Control-Allow-Origin", "*")],
                });
            else
                await route.AbortAsync();
        });
        await Page.GotoAsync(address);
        if (!untilDrawn)
            return;
        try
        {
            await Page.WaitForFunctionAsync(
                """
                () => [...document.querySelectorAll('.rnn-chart')].every(chart =>
                    !chart.querySelector('.rnn-chart-note').hidden ||
                    chart.querySelector('.main-svg') && getComputedStyle(chart.querySelector('.rnn-chart-static')).display === 'none')
                """,
                options: new() { Timeout = 30_000 });
        }
        catch (TimeoutException)
        {
            // The test finds out which of them did not get there.
        }
    }

    /// <summary>All charts, as they stand on the page now.</summary>
    public Task<ShownChart[]> ChartsAsync() => EvaluateAsync<ShownChart[]>(ShownChart.Read);

    /// <summary>The value of a JavaScript expression.</summary>
    public async Task<T> EvaluateAsync<T>(string expression) =>
        JsonSerializer.Deserialize<T>(await Page.EvaluateAsync<string>($"JSON.stringify({expression})"), JsonSerializerOptions.Web)!;

    /// <summary>What makes the document scroll sideways: the innermost elements that reach over its right edge; else nothing.</summary>
    public Task<string[]> WiderThanTheWindowAsync()
    {
        // Not innerWidth: a phone zooms out until a wide page fits.
        int width = Page.ViewportSize!.Width;
        return EvaluateAsync<string[]>(
            $$"""
            document.documentElement.scrollWidth <= {{width}} ? [] : ['document', ...[...document.querySelectorAll('body *')]
                .filter(e => e.getBoundingClientRect().right > {{width}} + 0.5 && !e.children.length).map(e => e.outerHTML.slice(0, 200))]
            """);
    }

    /// <summary>What axe calls serious or critical: rule, element, and why.</summary>
    public async Task<string[]> AccessibilityViolationsAsync()
    {
        AxeResult result = await Page.RunAxe();
        return
        [
            .. from violation in result.Violations
               where violation.Impact is "serious" or "critical"
               from node in violation.Nodes
               select $"{violation.Id} ({violation.Impact}): {node.Html}",
        ];
    }
}
