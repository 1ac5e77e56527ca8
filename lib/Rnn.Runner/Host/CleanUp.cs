namespace Rnn.Runner.Host;

/// <summary>What must not stay behind when the process ends early, as by Ctrl+C.</summary>
internal static class CleanUp
{
    private static readonly CancellationTokenSource End = new();
    private static readonly List<PosixSignalRegistration> Registrations = [];

    /// <summary>Whether the process ends by the runner's own will; a cell may call Environment.Exit, too.</summary>
    public static bool IsExiting { get; private set; }

    /// <summary>Held while a file is written: the process does not end in the middle of that.</summary>
    public static Lock Gate { get; } = new();

    /// <summary>Registers an action for an early end; dispose the result when it is no longer needed.</summary>
    public static IDisposable OnExit(Action action) => End.Token.Register(action);

    /// <summary>Tidies up, the latest first, and ends the process, whatever its threads are doing.</summary>
    public static void Exit(int exitCode)
    {
        lock (Gate)
        {
            try
            {
                End.Cancel();
            }
            catch (AggregateException)
            {
                // The process ends; what cannot be tidied now cannot be tidied at all.
            }

            IsExiting = true;
            Environment.Exit(exitCode);
        }
    }

    /// <summary>
    /// From now on, Ctrl+C and a request to terminate end the process at once: a cell may be in an endless loop, so nobody asks
    /// the cell. The exit code is 128 + the signal, as shells count.
    /// </summary>
    public static void OnSignals()
    {
        // A shell starts background jobs deaf to SIGINT, and so would be what a test or a CI script starts; .NET leaves it at
        // that.
        if (!OperatingSystem.IsWindows())
            _ = SetSignalHandler(2, 0);
        Registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Exit(130)));
        Registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Exit(143)));
    }

    [DllImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint SetSignalHandler(int signal, nint handler);
}
