using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Rnn.Steps;

namespace Rnn.Benchmarks;

/// <summary>compare.py in a process of its own.</summary>
internal sealed class Python : IDisposable
{
    private readonly Process process;

    private Python(Process process, JsonElement hello)
    {
        this.process = process;
        NumPyVersion = hello.GetProperty("numpy").GetString()!;
        TorchVersion = hello.GetProperty("torch").GetString();
    }

    /// <summary>NumPy's version.</summary>
    public string NumPyVersion { get; }

    /// <summary>PyTorch's version; null where there is none.</summary>
    public string? TorchVersion { get; }

    /// <summary>The first Python on the path that has NumPy; null where there is none.</summary>
    public static Python? Start()
    {
        foreach (string name in (string[])["python3", "/usr/bin/python3", "python"])
        {
            ProcessStartInfo start = new(name, [Path.Combine(AppContext.BaseDirectory, "compare.py")])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            // One thread, until a request asks for more.
            foreach (string threads in (string[])["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"])
                start.Environment[threads] = "1";
            // glibc would give each gradient of 2 MB back to the system and ask for it again, step after step, whether or not
            // depending on what was freed before: PyTorch took five times as long, or not. Kept, it is as fast as it can be.
            foreach (string threshold in (string[])["MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_"])
                start.Environment[threshold] = $"{1 << 30}";
            // A kernel that is forced upon OpenBLAS would slow NumPy down: it shall run as fast as it can.
            start.Environment.Remove("OPENBLAS_CORETYPE");
            start.Environment.Remove("OPENBLAS_L2_SIZE");
            Process? process = null;
            try
            {
                process = Process.Start(start);
                process!.ErrorDataReceived += (_, _) => { };
                process.BeginErrorReadLine();
                if (process.StandardOutput.ReadLine() is { } hello)
                    return new Python(process, JsonDocument.Parse(hello).RootElement);
            }
            catch (Win32Exception)
            {
                // There is no such program.
            }

            process?.Dispose();
        }

        return null;
    }

    /// <summary>What trains with <c>numpy</c> or <c>torch</c>.</summary>
    public Func<Size, Func<int, Run>> Train(string library, int threads) => size => epochs =>
    {
        JsonElement answer = Ask(
            $"{library} {threads} {size.Steps} {size.Input} {size.Hidden} {size.Output} {size.Count} 42 {epochs}");
        JsonElement losses = answer.GetProperty("losses");
        return new Run(
            answer.GetProperty("seconds").GetDouble(),
            losses.ValueKind == JsonValueKind.Null ? null : [.. losses.EnumerateArray().Select(loss => loss.GetDouble())]);
    };

    /// <summary>GFLOP/s of one core's matrix product.</summary>
    public double Peak() => Ask("peak").GetProperty("peak").GetDouble();

    /// <summary>Ends the process.</summary>
    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private JsonElement Ask(string request)
    {
        process.StandardInput.WriteLine(request);
        string answer = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("compare.py ended early.");
        return JsonDocument.Parse(answer).RootElement;
    }
}
