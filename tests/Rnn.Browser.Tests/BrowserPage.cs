using System.Collections.Concurrent;
using Deque.AxeCore.Commons;

namespace Rnn.Browser.Tests;

/// <summary>A page in the browser, with a note of all that went wrong on it.</summary>
public sealed class BrowserPage : IAsyncDisposable
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private readonly Func<string, string?> serve;

    private readonly string own;

    internal BrowserPage(IPage page, Func<string, string?> serve, string own)
    {
        (Page, this.serve, this.own) = (page, serve, own);
        page.Console += (_, e) =>
        {
            if (e.Message.Type == ConsoleType.Error)
                ConsoleErrors.Enqueue($"{e.Message.Text} ({e.Message.Location?.URL})");
        };
        page.PageError += (_, e) => Exceptions.Enqueue(e.Message);
        page.AddRequestInterceptor(AnswerAsync);
    }

    public IPage Page { get; }

    /// <summary>What was asked of others.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>What was loaded from where the page may load from.</summary>
    public ConcurrentQueue<string> Files { get; } = new();

    public ConcurrentQueue<string> ConsoleErrors { get; } = new();

    /// <summary>Those that no script caught.</summary>
    public ConcurrentQueue<string> Exceptions { get; } = new();

    /// <summary>The value of a JavaScript expression.</summary>
    public Task<T> EvaluateAsync<T>(string expression) => Page.EvaluateExpressionAsync<T>(expression);

    /// <summary>The value of a script of this folder.</summary>
    public Task<T> EvaluateScriptAsync<T>(string name) => EvaluateAsync<T>(Script(name));

    /// <summary>
    /// Waits until each chart and explorer is drawn or says why it is not. Where that takes too long, the test finds out which of
    /// them failed.
    /// </summary>
    public async Task UntilDrawnAsync()
    {
        try
        {
            await Page.WaitForFunctionAsync(Script("settled.js"), new WaitForFunctionOptions { Timeout = 60_000 });
            // What the drawing sets off happens within the next frame or two.
            await Page.EvaluateFunctionAsync(
                "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))");
        }
        catch (WaitTaskTimeoutException)
        {
        }
    }

    /// <summary>Fails if a script has failed.</summary>
    public void MustHaveNoError()
    {
        Found.Nothing("errors on the console", ConsoleErrors);
        Found.Nothing("exceptions", Exceptions);
    }

    /// <summary>Fails if the page has to be moved sideways.</summary>
    /// <param name="width">Of the window; not innerWidth: a phone zooms out until a wide page fits.</param>
    public async Task MustFitAsync(int width) =>
        Found.Nothing("wider than the window", await EvaluateAsync<string[]>(
            $$"""
            document.documentElement.scrollWidth <= {{width}} ? [] : ['document', ...[...document.querySelectorAll('body *')]
                .filter(e => e.getBoundingClientRect().right > {{width}} + 0.5 && !e.children.length)
                .map(e => e.outerHTML.slice(0, 200))]
            """));

    /// <summary>
    /// What keeps readers out, as axe finds it: what is serious or critical. It need not load style sheets once more, which a
    /// page from disk would not let it.
    /// </summary>
    /// <param name="part">A selector of what is looked at.</param>
    /// <param name="colours">Whether contrasts are looked at, too, which takes as long as all the rest.</param>
    public async Task<string[]> BarriersAsync(string part = "html", bool colours = true)
    {
        if (!await EvaluateAsync<bool>("'axe' in window"))
            await Page.EvaluateExpressionAsync(Axe);
        return await EvaluateAsync<string[]>(
            $$"""
            axe.run('{{part}}', {
                preload: false, rules: { 'color-contrast': { enabled: {{(colours ? "true" : "false")}} } }
            }).then(result => result.violations
                .filter(rule => ['serious', 'critical'].includes(rule.impact))
                .flatMap(rule => rule.nodes.map(node => `${rule.id} (${rule.impact}): ${node.html.slice(0, 300)}`)))
            """);
    }

    /// <summary>Closes the page and what belongs to it.</summary>
    public async ValueTask DisposeAsync() => await Page.BrowserContext.CloseAsync();

    private static string Script(string name) => File.ReadAllText(Repo.Path("tests", "Rnn.Browser.Tests", name));

    private Task AnswerAsync(IRequest request)
    {
        bool isOwn = request.Url.StartsWith(own, StringComparison.Ordinal);
        if (isOwn)
            Files.Enqueue(request.Url);
        if (isOwn || request.Url.Split(':')[0] is "data" or "blob")
            return request.ContinueAsync();
        Requests.Enqueue(request.Url);
        return serve(request.Url) is not string script
            ? request.AbortAsync()
            : request.RespondAsync(new()
            {
                Body = script,
                ContentType = "application/javascript; charset=utf-8",
                // The hash of a script from elsewhere is only checked, and the script only run, where its server allows that.
                Headers = new() { ["Access-Control-Allow-Origin"] = "*" },
            });
    }
}
