using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Pipes;

namespace Rnn.Runner.Kernel;

/// <summary>
/// Runs a notebook's cells in a process of their own, so that nothing of one notebook leaks into the next, whatever a cell does
/// to its process. Requests and messages go through two pipes, a line of JSON each; see <see cref="CellHost"/>.
/// </summary>
internal sealed class CellProcess : IKernel
{
    private const string Invariant = "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT";
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>A process inherits every pipe that is open for another at that moment; one at a time, then.</summary>
    private static readonly Lock Starting = new();

    private readonly string name;
    private readonly CellLimits limits;
    private readonly BlockingCollection<KernelMessage> messages = [];
    private readonly StringBuilder lastWords = new();
    private readonly TaskCompletionSource allHeard = new();
    private readonly Process process;
    private readonly StreamWriter requests;
    private readonly IDisposable onExit;

    private CellProcess(string notebook, string name, CellLimits limits, bool hasCultures)
    {
        (this.name, this.limits) = (name, limits);
        AnonymousPipeServerStream to = new(PipeDirection.Out, HandleInheritability.Inheritable);
        AnonymousPipeServerStream from = new(PipeDirection.In, HandleInheritability.Inheritable);
        ProcessStartInfo start = Tool.StartInfo(
            Tool.DotnetPath, Path.GetDirectoryName(notebook)!,
            "exec", typeof(CellProcess).Assembly.Location, CellHost.Word, notebook, name, $"{limits.Megabytes}",
            to.GetClientHandleAsString(), from.GetClientHandleAsString());
        // Cultures exist, as in a kernel; where the system has no ICU they all format alike.
        start.Environment[Invariant] = hasCultures ? "0" : "1";
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_PREDEFINED_CULTURES_ONLY"] = "0";
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.Exited += (_, _) => _ = EndAfterProcess();
        process.Start();
        onExit = CleanUp.OnExit(() => process.Kill(entireProcessTree: true));
        to.DisposeLocalCopyOfClientHandle();
        from.DisposeLocalCopyOfClientHandle();
        process.StandardInput.Close();
        requests = new StreamWriter(to);
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.ErrorDataReceived += (_, e) => Hear(e.Data);
        process.BeginErrorReadLine();
        _ = Task.Factory.StartNew(() => Listen(from), TaskCreationOptions.LongRunning);
    }

    /// <summary>Starts it.</summary>
    public static IKernel Start(string notebook, string name, CellLimits limits)
    {
        lock (Starting)
        {
            CellProcess first = new(notebook, name, limits, hasCultures: true);
            if (first.IsReady())
                return first;
            first.Dispose();
            // Without ICU, .NET does not start unless it is told to do without.
            CellProcess second = new(notebook, name, limits, hasCultures: false);
            if (second.IsReady())
                return second;
            second.Dispose();
            throw new CellException($"{name}: error: the process that runs its cells does not start: {second.LastWords}");
        }
    }

    public CellResult Run(CellRequest cell, Action<KernelMessage> tell)
    {
        Transcript transcript = new(tell);
        return transcript.Result(cell, Failure(cell, transcript.Add));
    }

    public void Dispose()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }

        onExit.Dispose();
        process.Dispose();
    }

    private CellFailure? Failure(CellRequest cell, Action<KernelMessage> tell)
    {
        string place = cell.PlaceIn(name);
        Send(cell);
        string? why = null;
        long deadline = limits.Seconds is double seconds ? Environment.TickCount64 + (long)(1000 * seconds) : long.MaxValue;
        while (true)
        {
            long left = Math.Clamp(deadline - Environment.TickCount64, 0, int.MaxValue);
            if (!messages.TryTake(out KernelMessage? message, deadline == long.MaxValue ? -1 : (int)left))
            {
                if (messages.IsCompleted)
                    return new("Error", [$"{place} ended the process: {why ?? LastWords}"]);
                process.Kill(entireProcessTree: true);
                return new("Error", [$"{place}: error: it ran for more than the {limits.Seconds} s that '--timeout' allows"]);
            }

            switch (message)
            {
                case KernelMessage.Finished finished:
                    return finished.Failure;
                case KernelMessage.Ended ended:
                    why = ended.Why;
                    break;
                case KernelMessage.Overflowed:
                    process.Kill(entireProcessTree: true);
                    return CellFailure.Overflow(place, limits);
                default:
                    tell(message);
                    break;
            }
        }
    }

    private void Send(CellRequest cell)
    {
        try
        {
            requests.WriteLine(JsonSerializer.Serialize(cell, CellHost.Json));
            requests.Flush();
        }
        catch (IOException)
        {
            // It has ended; the messages say why.
        }
    }

    /// <summary>The first thing that it says is that it is there.</summary>
    private bool IsReady() => messages.TryTake(out _, Timeout.Infinite);

    private void Listen(Stream pipe)
    {
        try
        {
            using StreamReader reader = new(pipe);
            while (reader.ReadLine() is string line)
                messages.Add(JsonSerializer.Deserialize<KernelMessage>(line, CellHost.Json)!);
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException or IOException)
        {
            // It has ended, in the middle of a line perhaps.
        }

        messages.CompleteAdding();
    }

    /// <summary>What the cell has started may hold the pipe open after the process has ended.</summary>
    private async Task EndAfterProcess()
    {
        await Task.Delay(Grace);
        messages.CompleteAdding();
    }

    /// <summary>What .NET writes when it dies: the reason, and then a trace that may be endless.</summary>
    private void Hear(string? line)
    {
        if (line is null)
            allHeard.TrySetResult();
        lock (lastWords)
        {
            if (line is { Length: > 0 } && lastWords.Length < 400)
                lastWords.Append(line.Trim()).Append('\n');
        }
    }

    private string LastWords
    {
        get
        {
            allHeard.Task.Wait(Grace);
            if (!process.WaitForExit(Grace))
                process.Kill(entireProcessTree: true);
            process.WaitForExit(Grace);
            lock (lastWords)
            {
                string[] lines = [.. lastWords.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .TakeWhile(line => !line.StartsWith("at ", StringComparison.Ordinal)
                        && !line.StartsWith("Repeat", StringComparison.Ordinal) && line[0] != '-')];
                return process.ExitCode switch
                {
                    // A process that the system kills says nothing.
                    137 => "it was killed, as the system does with one that takes too much memory",
                    int code when lines.Length == 0 => $"exit code {code}",
                    _ => string.Join(' ', lines),
                };
            }
        }
    }
}
