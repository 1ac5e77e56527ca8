using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using PuppeteerSharp.Input;
using Rnn.Runner.Page;
using Rnn.Runner.Pictures;
using static Rnn.Testing.Notebooks;

namespace Rnn.Browser.Tests;

/// <summary>A page of attacks in a browser that could reach what they call.</summary>
public sealed class HostilePageTests : IAsyncDisposable
{
    private readonly CancellationTokenSource end = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> heard = new();
    private readonly ITestOutputHelper log;
    private readonly Task listening;

    public HostilePageTests(ITestOutputHelper log)
    {
        this.log = log;
        listener.Start();
        listening = ListenAsync();
    }

    private string Address => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/x";

    [Fact]
    public async Task Nothing_runs_loads_or_leads_away_from_a_page_of_attacks()
    {
        using Sandbox sandbox = new();
        NotebookFile notebook = Parse(Attacks.Notebook(Address));
        JsonObject[] outputs = Attacks.Outputs(Address);
        CellResult result = new(outputs, 1);
        string page = sandbox["attacks.html"];
        await File.WriteAllBytesAsync(
            page,
            NotebookPage.Render(
                notebook, notebook.CodeCells.ToDictionary(cell => cell.Id, _ => result), page, new HashSet<string>(), _ => { }),
            TestContext.Current.CancellationToken);
        (int attacked, string[] pages, string[] dialogs) = await VisitAsync(page);
        Assert.Equal(0, attacked);
        Assert.Equal([new Uri(page).AbsoluteUri], pages);
        Assert.Empty(dialogs);
        Assert.Empty(heard);
        log.WriteLine($"{Attacks.Markdown(Address).Length} attacks in markdown, {outputs.Length} in outputs, nothing heard");
    }

    /// <summary>The listener hears, and what an attack would do is seen, where nothing is removed.</summary>
    [Theory]
    [InlineData("<script>window.attacked=1</script><img src=\"URL\">", true)]
    [InlineData("<img src=x onerror=\"window.attacked=1\"><iframe src=\"URL\"></iframe>", true)]
    [InlineData("<meta http-equiv=\"refresh\" content=\"0;url=URL\">", false)]
    [InlineData("<form action=\"URL\"><input autofocus onfocus=\"this.form.submit()\"></form>", false)]
    public async Task What_is_not_removed_is_seen_and_heard(string attack, bool stays)
    {
        using Sandbox sandbox = new();
        string page = sandbox.Write(
            "control.html", $"<!DOCTYPE html><title>x</title>{attack.Replace("URL", Address, StringComparison.Ordinal)}");
        (int attacked, string[] pages, _) = await VisitAsync(page);
        Assert.Equal(stays ? 1 : 0, attacked);
        Assert.Equal(stays, pages[0] == new Uri(page).AbsoluteUri);
        Assert.NotEmpty(heard);
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await listening;
        listener.Dispose();
        end.Dispose();
    }

    /// <summary>Opens a page, reads it to its end, and puts the focus on all that takes it; nothing is clicked.</summary>
    private static async Task<(int Attacked, string[] Pages, string[] Dialogs)> VisitAsync(string file)
    {
        Assert.SkipWhen(Chromium.Path is null, Chromium.Missing);
        // Unlike the others' browser, this one may reach what is on this machine.
        LaunchOptions options = new() { ExecutablePath = Chromium.Path, Pipe = true, Args = ["--no-sandbox", "--disable-gpu"] };
        await using IBrowser browser = await new Launcher().LaunchAsync(options);
        await using IPage page = (await browser.PagesAsync())[0];
        ConcurrentQueue<string> dialogs = new();
        page.Dialog += async (_, e) =>
        {
            dialogs.Enqueue(e.Dialog.Message);
            await e.Dialog.Dismiss();
        };
        await page.GoToAsync(new Uri(file).AbsoluteUri);
        await Task.Delay(1000, TestContext.Current.CancellationToken);
        for (int i = 0; i < 40; i++)
        {
            await page.Mouse.WheelAsync(0, 1000);
            await page.Keyboard.PressAsync(Key.Tab);
        }

        await Task.Delay(1000, TestContext.Current.CancellationToken);
        int attacked = await page.EvaluateExpressionAsync<int>("window.attacked ? 1 : 0");
        string[] pages = [.. (await browser.PagesAsync()).Select(each => each.Url)];
        return (attacked, pages, [.. dialogs]);
    }

    private async Task ListenAsync()
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                using TcpClient client = await listener.AcceptTcpClientAsync(end.Token);
                heard.Enqueue($"{client.Client.RemoteEndPoint}");
                await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), end.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // The test has ended, or the browser has heard enough.
            }
        }
    }
}
