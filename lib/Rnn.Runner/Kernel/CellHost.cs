using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Pipes;

namespace Rnn.Runner.Kernel;

/// <summary>The other end of <see cref="CellProcess"/>: this program, started to run the cells of one notebook.</summary>
internal static class CellHost
{
    /// <summary>The first word of its command line.</summary>
    public const string Word = "--cells";

    /// <summary>How requests and messages are written.</summary>
    public static JsonSerializerOptions Json { get; } = new() { MaxDepth = 1000 };

    /// <summary>Runs cells until no more are asked for; never returns.</summary>
    /// <param name="arguments">The word, the notebook's path and name, the megabytes of a cell's output, and two pipes.</param>
    public static void Run(string[] arguments)
    {
        StreamReader requests = new(new AnonymousPipeClientStream(PipeDirection.In, arguments[4]));
        StreamWriter messages = new(new AnonymousPipeClientStream(PipeDirection.Out, arguments[5]));

        // For this process alone, not for those that cells start.
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", null);
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_GLOBALIZATION_PREDEFINED_CULTURES_ONLY", null);
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

        // Ctrl+C reaches every process of a terminal; the runner decides, and ends this one.
        using PosixSignalRegistration _ = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
            Tell(new KernelMessage.Ended($"it called Environment.Exit, with exit code {Environment.ExitCode}"));
        AppDomain.CurrentDomain.UnhandledException += (_, e) => Tell(new KernelMessage.Ended(
            $"an unhandled exception on a thread of its own: {e.ExceptionObject.GetType()}: "
            + (e.ExceptionObject as Exception)?.Message));

        Tell(new KernelMessage.Finished(null));
        BlockingCollection<CellRequest> cells = [];
        // Cells may run long and deep.
        Thread thread = new(RunCells, 16 * 1024 * 1024);
        thread.Start();
        while (requests.ReadLine() is string line)
            cells.Add(JsonSerializer.Deserialize<CellRequest>(line, Json)!);
        // Nobody is there any more. Whatever a cell is doing ends here, without anything that waits for it.
        Process.GetCurrentProcess().Kill();

        void RunCells()
        {
            CellLimits limits = new(Megabytes: int.Parse(arguments[3], CultureInfo.InvariantCulture));
            KernelSession session = new(arguments[1], arguments[2], limits);
            foreach (CellRequest cell in cells.GetConsumingEnumerable())
                Tell(new KernelMessage.Finished(session.Run(cell, Tell).Failure));
        }

        void Tell(KernelMessage message)
        {
            lock (messages)
            {
                messages.WriteLine(JsonSerializer.Serialize(message, Json));
                messages.Flush();
            }
        }
    }
}
