using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Rnn.Display.Tests;

/// <summary>Stands in for the CDN: serves plotly.js over TLS on this machine and notes every path that is asked for.</summary>
internal sealed class PlotlyCdn : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly X509Certificate2 certificate;
    private readonly byte[] body;
    private readonly Task serving;

    public PlotlyCdn(string script)
    {
        body = Encoding.UTF8.GetBytes(script);
        using RSA key = RSA.Create(2048);
        var request = new CertificateRequest("CN=cdn.jsdelivr.net", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        // Windows serves no certificate whose key is only in memory.
        certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
        listener.Start();
        serving = ServeAsync();
    }

    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>For the browser: the CDN is here, and every other host is unknown.</summary>
    public string[] BrowserArguments =>
    [
        "--ignore-certificate-errors",
        $"--host-resolver-rules=MAP cdn.jsdelivr.net:443 127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}, MAP * ~NOTFOUND",
    ];

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await serving;
        certificate.Dispose();
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                _ = AnswerAsync(await listener.AcceptTcpClientAsync(stop.Token));
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            using TcpClient open = client;
            await using var stream = new SslStream(client.GetStream());
            await stream.AuthenticateAsServerAsync(certificate);
            using var reader = new StreamReader(stream, leaveOpen: true);
            string? first = await reader.ReadLineAsync(stop.Token);
            while (await reader.ReadLineAsync(stop.Token) is { Length: > 0 })
            {
            }
            if (first is null)
                return;
            Requests.Enqueue(first.Split(' ')[1]);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                "HTTP/1.1 200 OK\r\nContent-Type: application/javascript; charset=utf-8\r\nAccess-Control-Allow-Origin: *\r\n" +
                $"Cache-Control: max-age=3600\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n"), stop.Token);
            await stream.WriteAsync(body, stop.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // The browser opens connections that it then does not use.
        }
    }
}
