using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;
using Rnn.Steps;

namespace Rnn.Benchmarks;

/// <summary>
/// The library, NumPy and PyTorch side by side in one run, taking turns, one thread each, the best of several: what remains of
/// a noisy machine hits all alike.
/// </summary>
internal static class Compare
{
    private const int Rounds = 6;
    private const string HowToInstall =
        "python3 with NumPy was not found (Debian: apt-get install python3-numpy libopenblas0, and python3-torch for "
        + "PyTorch)";

    /// <summary>Prints the table; returns the exit code.</summary>
    public static int Run()
    {
        using Python? python = Python.Start();
        if (python is null)
            Console.Error.WriteLine(HowToInstall);

        List<string> rows = [];
        foreach (Size size in Size.All)
        {
            int epochs = size == Size.OfSource ? 10 : 2;
            (Sequence[] sequences, Weights weights) = size.Draw();
            double library = double.PositiveInfinity, readable = library, numPy = library, torch = library;
            double worst = 0;
            for (int round = 0; round < Rounds; round++)
            {
                Console.Error.WriteLine($"{size}: round {round + 1} of {Rounds}");
                // The library is a hundred times as fast: to last as long, it runs more often.
                for (int i = 0; i < 10; i++)
                    library = Math.Min(library, Seconds(() => Library.Train(sequences, weights, 2 * epochs)) / 2);
                readable = Math.Min(readable, Seconds(() => Readable.Train(sequences, weights, epochs)));
                if (python is null)
                    continue;
                JsonElement answer =
                    python.Ask($"{size.Steps} {size.Input} {size.Hidden} {size.Output} {size.Count} 42 {epochs}");
                numPy = Math.Min(numPy, answer.GetProperty("numpy").GetDouble());
                if (answer.GetProperty("torch").ValueKind == JsonValueKind.Number)
                    torch = Math.Min(torch, answer.GetProperty("torch").GetDouble());
                IReadOnlyList<double> losses = Library.Train(sequences, weights, epochs).Losses;
                IEnumerable<double> theirs = answer.GetProperty("losses").EnumerateArray().Select(loss => loss.GetDouble());
                worst = Math.Max(worst, losses.Zip(theirs, (our, their) => Math.Abs(our / their - 1)).Max());
            }

            double perSequence = 1.0 / (epochs * size.Count);
            double gigaflops = size.Flop / (library * perSequence) / 1e9;
            string[] cells =
            [
                size.ToString(), Time(numPy * perSequence), Time(torch * perSequence), Time(readable * perSequence),
                Time(library * perSequence),
                Ratio(numPy / library), Ratio(torch / library), Ratio(readable / library), Invariant($"{gigaflops:0.0}"),
                python is null ? "–" : Invariant($"{100 * gigaflops / python.Peak:0} %"),
                python is null ? "–" : Invariant($"{worst:0.0E+0}"),
            ];
            rows.Add($"| {string.Join(" | ", cells)} |");
        }

        Console.Error.WriteLine("the first run in a fresh process");
        double first = Enumerable.Range(0, 3).Min(_ => FreshProcess());
        (Sequence[] example, Weights initial) = Size.OfSource.Draw();
        double numPyExample = python?.Ask("10 5 10 3 100 42 10").GetProperty("numpy").GetDouble() / 10 ?? double.PositiveInfinity;

        Console.WriteLine(
            $"Machine: {Processor()}, {VectorWidth()}-bit vectors, .NET {Environment.Version}, "
            + $"{python?.Versions ?? HowToInstall}. One thread each, per sequence: forward, backward and update.");
        Console.WriteLine();
        Console.WriteLine(
            "| size | NumPy | PyTorch | notebook 01's loop | library | NumPy / library | PyTorch / library | loop / library "
            + "| GFLOP/s | of peak | losses differ by |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (string row in rows)
            Console.WriteLine(row);
        Console.WriteLine();
        Console.WriteLine(Invariant($"One core's matrix product reaches {python?.Peak ?? double.NaN:0} GFLOP/s here."));
        Console.WriteLine(Invariant(
            $"The example's 1000 epochs, first run in a fresh process, compiling included: {first:0.000} s; NumPy's 1000 ")
            + Invariant($"epochs, from 10 of them: {1000 * numPyExample:0.0} s; ratio {Ratio(1000 * numPyExample / first)}."));
        double bytes = BytesPerEpoch(example, initial);
        Console.WriteLine(Invariant($"Allocated per further epoch: {bytes:0.#} bytes (its two losses)."));
        return 0;
    }

    /// <summary>The source's example, timed from the first call on; printed for the process that started this one.</summary>
    public static int FirstRun()
    {
        (Sequence[] sequences, Weights weights) = Size.OfSource.Draw();
        Console.WriteLine(Seconds(() => Library.Train(sequences, weights, 1000)).ToString("R", CultureInfo.InvariantCulture));
        return 0;
    }

    private static double FreshProcess()
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(Compare).Assembly.Location);
        start.ArgumentList.Add("first-run");
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.Parse(output, CultureInfo.InvariantCulture);
    }

    private static double BytesPerEpoch(Sequence[] sequences, Weights weights)
    {
        double once = Enumerable.Range(0, 3).Min(_ => Allocated(100)), twice = Enumerable.Range(0, 3).Min(_ => Allocated(200));
        return (twice - once) / 100;

        double Allocated(int epochs)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Library.Train(sequences, weights, epochs);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static double Seconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static string Time(double seconds) =>
        !double.IsFinite(seconds) ? "not installed"
        : seconds < 1e-3 ? Invariant($"{seconds * 1e6:0.00} µs")
        : Invariant($"{seconds * 1e3:0.00} ms");

    private static string Ratio(double ratio) => double.IsFinite(ratio) ? Invariant($"{ratio:0.0}") : "–";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static int VectorWidth() => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    private static string Processor()
    {
        const string cpuInfo = "/proc/cpuinfo";
        string? name = File.Exists(cpuInfo)
            ? File.ReadLines(cpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return name?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    /// <summary>compare.py in a process of its own, on one thread.</summary>
    private sealed class Python : IDisposable
    {
        private readonly Process process;

        private Python(Process process, JsonElement hello)
        {
            this.process = process;
            Peak = hello.GetProperty("peak").GetDouble();
            string torch = hello.GetProperty("torch").GetString() is { } version ? $"PyTorch {version}" : "PyTorch not installed";
            Versions = $"NumPy {hello.GetProperty("numpy").GetString()}, {torch}";
        }

        /// <summary>GFLOP/s of one core's matrix product.</summary>
        public double Peak { get; }

        public string Versions { get; }

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
                foreach (string threads in (string[])["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"])
                    start.Environment[threads] = "1";
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
                catch (System.ComponentModel.Win32Exception)
                {
                    // There is no such program.
                }

                process?.Dispose();
            }

            return null;
        }

        public JsonElement Ask(string request)
        {
            process.StandardInput.WriteLine(request);
            string answer = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("compare.py ended early.");
            return JsonDocument.Parse(answer).RootElement;
        }

        public void Dispose()
        {
            process.StandardInput.Close();
            process.WaitForExit();
            process.Dispose();
        }
    }
}
