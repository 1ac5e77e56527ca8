using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Rnn.Browser.Tests.Site;

/// <summary>Serves the files of a folder below a path of this machine, and nothing else: no list of files, no guess.</summary>
internal sealed class StaticServer : IDisposable
{
    private static readonly Dictionary<string, string> Types = new()
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".json"] = "application/json",
        [".xml"] = "application/xml",
        [".txt"] = "text/plain; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".webp"] = "image/webp",
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".ico"] = "image/x-icon",
        [".pdf"] = "application/pdf",
        [".woff"] = "font/woff",
        [".woff2"] = "font/woff2",
    };

    private readonly HttpListener listener = new();
    private readonly string folder;

    public StaticServer(string folder, string path)
    {
        this.folder = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        using (TcpListener free = new(IPAddress.Loopback, 0))
        {
            free.Start();
            Root = new($"http://{free.LocalEndpoint}{path}");
        }

        listener.Prefixes.Add($"{Root.GetLeftPart(UriPartial.Authority)}/");
        listener.Start();
        _ = Task.Run(ListenAsync);
    }

    /// <summary>Where the folder's files are; ends in a slash.</summary>
    public Uri Root { get; }

    /// <summary>What was asked for and is not there.</summary>
    public ConcurrentQueue<string> Missing { get; } = new();

    public void Dispose() => listener.Close();

    private async Task ListenAsync()
    {
        try
        {
            while (true)
                _ = AnswerAsync(await listener.GetContextAsync());
        }
        catch (Exception e) when (e is ObjectDisposedException or HttpListenerException)
        {
            // The tests have ended.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using HttpListenerResponse response = context.Response;
        try
        {
            Uri address = context.Request.Url!;
            string place = Uri.UnescapeDataString(address.AbsolutePath);
            string file = place.StartsWith(Root.AbsolutePath, StringComparison.Ordinal)
                ? Path.GetFullPath(Path.Combine(folder, place[Root.AbsolutePath.Length..]))
                : "";
            if (place == Root.AbsolutePath)
                file = Path.Combine(folder, "index.html");
            if (!file.StartsWith(folder, StringComparison.Ordinal) || !File.Exists(file))
            {
                Missing.Enqueue(address.AbsolutePath);
                response.StatusCode = (int)HttpStatusCode.NotFound;
                return;
            }

            response.ContentType = Types[Path.GetExtension(file)];
            byte[] bytes = await File.ReadAllBytesAsync(file);
            response.ContentLength64 = bytes.Length;
            await response.OutputStream.WriteAsync(bytes);
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The page was closed before it had all.
        }
    }
}
