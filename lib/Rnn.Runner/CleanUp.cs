using System.Runtime.InteropServices;

namespace Rnn.Runner;

/// <summary>What must not stay behind when the process ends early, as by Ctrl+C.</summary>
internal static class CleanUp
{
    private static readonly List<Action> Actions = [];
    private static readonly List<PosixSignalRegistration> Registrations = [];

    /// <summary>Whether the process ends by the runner's own will; a cell may call Environment.Exit, too.</summary>
    public static bool IsExiting { get; private set; }

    /// <summary>Held while a file is written: the process does not end in the middle of that.</summary>
    public static Lock Gate { get; } = new();

    /// <summary>Registers an action for an early end; dispose the result when it is no longer needed.</summary>
    public static IDisposable OnExit(Action action)
    {
        lock (Gate)
            Actions.Add(action);
        return new Registration(action);
    }

    /// <summary>Tidies up, the latest first, and ends the process, whatever its threads are doing.</summary>
    public static void Exit(int exitCode)
    {
        lock (Gate)
        {
            foreach (Action action in Enumerable.Reverse(Actions))
            {
                try
                {
                    action();
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException or System.ComponentModel.Win32Exception)
                {
                    // The process ends; what cannot be tidied now cannot be tidied at all.
                }
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
        // A shell starts background jobs deaf to SIGINT, and so would be what a test or a CI script starts; .NET leaves it at that.
        if (!OperatingSystem.IsWindows())
            _ = SetSignalHandler(2, 0);
        Registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Exit(130)));
        Registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Exit(143)));
    }

    [DllImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint SetSignalHandler(int signal, nint handler);

    private sealed class Registration(Action action) : IDisposable
    {
        public void Dispose()
        {
            lock (Gate)
                Actions.Remove(action);
        }
    }
}

/// <summary>A folder that is deleted with everything in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly IDisposable registration;

    public TemporaryFolder()
    {
        Path = Directory.CreateTempSubdirectory("rnn-runner-").FullName;
        registration = CleanUp.OnExit(Delete);
    }

    public string Path { get; }

    public void Dispose()
    {
        Delete();
        registration.Dispose();
    }

    private void Delete()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}

/// <summary>Files that are there whole or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>Writes beside the file and moves into place, so that neither a crash nor Ctrl+C leaves half of it.</summary>
    public static void Write(string path, byte[] bytes)
    {
        // A link stays one: the file that it leads to is replaced.
        string target = (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? path;
        string beside = $"{target}.{Environment.ProcessId}.tmp";
        lock (CleanUp.Gate)
        {
            try
            {
                File.WriteAllBytes(beside, bytes);
                if (!OperatingSystem.IsWindows() && File.Exists(target))
                    File.SetUnixFileMode(beside, File.GetUnixFileMode(target));
                File.Move(beside, target, overwrite: true);
            }
            finally
            {
                File.Delete(beside);
            }
        }
    }
}
