using System.Diagnostics;

namespace Rnn.Testing;

/// <summary>Opens a page in headless Chromium, Chrome or Edge, by the command line that all of them share.</summary>
internal static class Chromium
{
    /// <summary>For a skipped test: a newcomer needs only the SDK.</summary>
    public const string Missing =
        "No Chromium, Chrome or Edge was found on PATH or in the usual places; this test needs one (Debian: apt-get install chromium; or set CHROME_BIN).";

    /// <summary>Every host name is unknown: a page that needs the network fails.</summary>
    public const string NoNetwork = "--host-resolver-rules=MAP * ~NOTFOUND";

    private static readonly Lazy<string?> Found = new(Find);

    /// <summary>The browser's executable, or null.</summary>
    public static string? Path => Found.Value;

    /// <summary>The page's DOM as HTML, after its scripts and timers of the next 6 seconds (of virtual time) have run.</summary>
    public static Task<string> DumpDomAsync(string file, CancellationToken cancellationToken, params string[] arguments) =>
        RunAsync(cancellationToken, ["--dump-dom", "--virtual-time-budget=6000", .. arguments, new Uri(file).AbsoluteUri]);

    /// <summary>What the browser printed.</summary>
    public static async Task<string> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        string profile = Directory.CreateTempSubdirectory("rnn-chromium-").FullName;
        try
        {
            var start = new ProcessStartInfo(Path ?? throw new InvalidOperationException(Missing))
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = System.Text.Encoding.UTF8,
            };
            string[] always =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--hide-scrollbars", $"--user-data-dir={profile}",
            ];
            foreach (string argument in always.Concat(arguments))
                start.ArgumentList.Add(argument);

            using Process process = Process.Start(start)!;
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(TimeSpan.FromMinutes(3));
            try
            {
                // Both at once: a full pipe would stop the browser.
                Task<string> output = process.StandardOutput.ReadToEndAsync(timeout.Token);
                Task<string> errors = process.StandardError.ReadToEndAsync(timeout.Token);
                await process.WaitForExitAsync(timeout.Token);
                await errors;
                return await output;
            }
            finally
            {
                if (!process.HasExited)
                    process.Kill(entireProcessTree: true);
            }
        }
        finally
        {
            try
            {
                Directory.Delete(profile, recursive: true);
            }
            catch (IOException)
            {
                // A helper process of the browser still writes there; it is a temporary folder.
            }
            catch (UnauthorizedAccessException)
            {
            }
        }
    }

    private static string? Find()
    {
        string[] names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge"];
        IEnumerable<string> onPath =
            from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            from name in names
            select System.IO.Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name);
        IEnumerable<string> onWindows =
            from root in new[] { "ProgramFiles", "ProgramFiles(x86)", "LocalAppData" }.Select(Environment.GetEnvironmentVariable).OfType<string>()
            from program in new[] { @"Google\Chrome\Application\chrome.exe", @"Chromium\Application\chrome.exe", @"Microsoft\Edge\Application\msedge.exe" }
            select System.IO.Path.Combine(root, program);
        IEnumerable<string> onMac =
            from program in new[] { "Google Chrome", "Chromium", "Microsoft Edge" }
            select $"/Applications/{program}.app/Contents/MacOS/{program}";
        return new[] { Environment.GetEnvironmentVariable("CHROME_BIN") }.OfType<string>()
            .Concat(onPath).Concat(onWindows).Concat(onMac).FirstOrDefault(File.Exists);
    }
}
