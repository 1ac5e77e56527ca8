using System.Collections.Concurrent;

namespace Rnn.Browser.Tests;

/// <summary>A page in the browser, with a note of all that went wrong on it.</summary>
public sealed class BrowserPage : IAsyncDisposable
{
    private readonly Func<string, string?> serve;

    internal BrowserPage(IPage page, Func<string, string?> serve)
    {
        (Page, this.serve) = (page, serve);
        page.Console += (_, e) =>
        {
            if (e.Message.Type == ConsoleType.Error)
                ConsoleErrors.Enqueue($"{e.Message.Text} ({e.Message.Location?.URL})");
        };
        page.PageError += (_, e) => Exceptions.Enqueue(e.Message);
        page.AddRequestInterceptor(AnswerAsync);
    }

    public IPage Page { get; }

    /// <summary>What was asked of the web.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>What was read from the disk.</summary>
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

    /// <summary>Closes the page and what belongs to it.</summary>
    public async ValueTask DisposeAsync() => await Page.BrowserContext.CloseAsync();

    private static string Script(string name) => File.ReadAllText(Repo.Path("tests", "Rnn.Browser.Tests", name));

    private Task AnswerAsync(IRequest request)
    {
        string scheme = request.Url.Split(':')[0];
        if (scheme == "file")
            Files.Enqueue(request.Url);
        if (scheme is "file" or "data" or "blob")
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
