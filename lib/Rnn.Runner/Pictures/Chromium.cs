using System.Diagnostics;

namespace Rnn.Runner.Pictures;

/// <summary>
/// Opens a page in headless Chromium, Chrome or Edge, by the command line that all of them share. It uses nothing else of the
/// runner, because other projects' tests compile this file too.
/// </summary>
internal static class Chromium
{
    /// <summary>Why there is none, and what to do.</summary>
    public static string Missing =>
        Environment.GetEnvironmentVariable("CHROME_BIN") is { Length: > 0 } named
            ? $"CHROME_BIN is '{named}', and no such file exists; set it to the program of Chromium, Chrome or Edge, or unset it"
            : "no Chromium, Chrome or Edge was found on PATH or in the usual places; install one (Debian: apt-get install chromium) or set CHROME_BIN";

    /// <summary>Every host name is unknown: a page that needs the network fails.</summary>
    public const string NoNetwork = "--host-resolver-rules=MAP * ~NOTFOUND";

    private static readonly string[] OnPath = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge"];
    private static readonly string[] WindowsRoots = ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"];
    private static readonly string[] OnWindows = [@"Google\Chrome\Application\chrome.exe", @"Chromium\Application\chrome.exe", @"Microsoft\Edge\Application\msedge.exe"];
    private static readonly string[] OnMac = ["Google Chrome", "Chromium", "Microsoft Edge"];
    private static readonly Lazy<string?> Found = new(Find);

    /// <summary>The browser's executable, or null.</summary>
    public static string? Path => Found.Value;

    /// <summary>The page's DOM as HTML, after its scripts and timers of the next 6 seconds (of virtual time) have run.</summary>
    public static Task<string> DumpDomAsync(string file, CancellationToken cancellationToken, params string[] arguments) =>
        RunAsync(cancellationToken, ["--dump-dom", "--virtual-time-budget=6000", .. arguments, new Uri(file).AbsoluteUri]);

    /// <summary>What the browser printed.</summary>
    /// <exception cref="InvalidOperationException">There is no browser, or it failed.</exception>
    /// <exception cref="TimeoutException">It took more than 3 minutes.</exception>
    public static async Task<string> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        ProcessStartInfo start = new(Path ?? throw new InvalidOperationException(Missing))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        string profile = Directory.CreateTempSubdirectory("rnn-chromium-").FullName;
        string[] always =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--hide-scrollbars", $"--user-data-dir={profile}",
        ];
        foreach (string argument in always.Concat(arguments))
            start.ArgumentList.Add(argument);

        using Process process = Process.Start(start)!;
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(TimeSpan.FromMinutes(3));
        // Within Cancel itself: whoever cancels because the process ends will not wait for anything after it.
        using CancellationTokenRegistration registration = cancellationToken.Register(() => End(process, profile));
        try
        {
            // Both at once: a full pipe would stop the browser.
            Task<string> output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return process.ExitCode == 0
                ? await output
                : throw new InvalidOperationException($"{Path} ended with exit code {process.ExitCode}: {(await errors).Trim()}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{Path} took more than 3 minutes and was ended");
        }
        finally
        {
            End(process, profile);
        }
    }

    private static void End(Process process, string profile)
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        // Its helper processes may write there for a moment more.
        for (int attempt = 0; Directory.Exists(profile) && attempt < 20; attempt++)
        {
            try
            {
                Directory.Delete(profile, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Thread.Sleep(50);
            }
        }
    }

    private static string? Find()
    {
        // Whoever names one wants that one and no other.
        if (Environment.GetEnvironmentVariable("CHROME_BIN") is { Length: > 0 } named)
            return File.Exists(named) ? named : null;
        IEnumerable<string> onPath =
            from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            from name in OnPath
            select System.IO.Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name);
        IEnumerable<string> onWindows =
            from root in WindowsRoots.Select(Environment.GetEnvironmentVariable).OfType<string>()
            from program in OnWindows
            select System.IO.Path.Combine(root, program);
        IEnumerable<string> onMac = OnMac.Select(program => $"/Applications/{program}.app/Contents/MacOS/{program}");
        return onPath.Concat(onWindows).Concat(onMac).FirstOrDefault(File.Exists);
    }
}
