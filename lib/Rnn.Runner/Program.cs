using System.Diagnostics;
using Rnn.Runner.Commands;

if (args is [CellHost.Word, ..])
    CellHost.Run(args);

Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
Progress progress = new(Console.Out, Console.Error);
CleanUp.OnSignals();

// A cell that calls Environment.Exit(0) must not pass for a notebook that ran to its end.
AppDomain.CurrentDomain.ProcessExit += (_, _) =>
{
    if (CleanUp.IsExiting)
        return;
    progress.Error("error: a cell has ended the process");
    Environment.ExitCode = 1;
};

AppDomain.CurrentDomain.UnhandledException += (_, e) =>
{
    // On a thread that a cell has started: nothing can catch it, and without this the process would abort.
    progress.Error($"error: an unhandled exception on a thread of its own: {e.ExceptionObject}");
    CleanUp.Exit(1);
};

// A thread of its own: cells may run long and deep, and signals stay with the main thread.
int exitCode = 0;
// Under a debugger cells run here, where it stops at their breakpoints.
StartKernel? here = Debugger.IsAttached ? (notebook, name, limits) => new KernelSession(notebook, name, limits) : null;
Thread thread = new(() => exitCode = CommandLine.Run(args, progress, here), 16 * 1024 * 1024);
thread.Start();
thread.Join();
// Threads that a cell has left running must not keep the process.
CleanUp.Exit(exitCode);
