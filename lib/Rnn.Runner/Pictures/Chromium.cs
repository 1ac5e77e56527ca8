using PuppeteerSharp;

namespace Rnn.Runner.Pictures;

/// <summary>Finds and starts the machine's own Chromium, Chrome or Edge.</summary>
internal static class Chromium
{
    private static readonly string[] OnPath =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge"];

    private static readonly string[] WindowsRoots = ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"];

    private static readonly string[] OnWindows =
        [@"Google\Chrome\Application\chrome.exe", @"Chromium\Application\chrome.exe", @"Microsoft\Edge\Application\msedge.exe"];

    private static readonly string[] OnMac = ["Google Chrome", "Chromium", "Microsoft Edge"];
    private static readonly Lazy<string?> Found = new(Find);

    /// <summary>The browser's executable, or null.</summary>
    public static string? Path => Found.Value;

    /// <summary>Why there is none, and what to do.</summary>
    public static string Missing =>
        Environment.GetEnvironmentVariable("CHROME_BIN") is { Length: > 0 } named
            ? $"CHROME_BIN is '{named}', and no such file exists; set it to the program of Chromium, Chrome or Edge, or unset it"
            : "no Chromium, Chrome or Edge was found on PATH or in the usual places; "
                + "install one (Debian: apt-get install chromium) or set CHROME_BIN";

    /// <summary>Starts the browser, headless and without network; it ends with this process, however that ends.</summary>
    /// <param name="launcher">Has the browser's process from its start on.</param>
    /// <exception cref="ProcessException">There is no browser, or it did not start.</exception>
    public static async Task<IBrowser> LaunchAsync(Launcher launcher)
    {
        Task<IBrowser> launch = launcher.LaunchAsync(new()
        {
            ExecutablePath = Path ?? throw new ProcessException(Missing),
            // It goes when the pipe is closed, even if this process is killed.
            Pipe = true,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-component-update",
                // Every host name is unknown: a page that needs the network fails.
                "--host-resolver-rules=\"MAP * ~NOTFOUND\"",
            ],
        });
        // For the answer of one that has ended, PuppeteerSharp would wait for minutes: here, and, while a child of the browser
        // holds its pipe open, later, too.
        Task<bool> end = launcher.Process.WaitForExitAsync(null);
        await Task.WhenAny(launch, end);
        if (!launch.IsCompletedSuccessfully)
            throw new ProcessException($"{Path} did not start; '{Path} --headless --dump-dom about:blank' may show why");
        IBrowser browser = await launch;
        _ = end.ContinueWith(_ => browser.Disconnect(), TaskScheduler.Default);
        return browser;
    }

    private static string? Find()
    {
        // Whoever names one wants that one and no other.
        if (Environment.GetEnvironmentVariable("CHROME_BIN") is { Length: > 0 } named)
            return File.Exists(named) ? named : null;
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator);
        IEnumerable<string> onPath =
            from folder in folders
            where folder.Length > 0
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
