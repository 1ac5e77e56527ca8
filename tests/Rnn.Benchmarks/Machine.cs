using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Rnn.Benchmarks;

/// <summary>What it was measured on.</summary>
internal static class Machine
{
    /// <summary>The processor, in one line.</summary>
    public static string Description =>
        $"{Processor()}, {Threads} {(Threads == 1 ? "thread" : "threads")}, {VectorWidth()}-bit vectors";

    /// <summary>What "all threads" means.</summary>
    public static int Threads => Environment.ProcessorCount;

    /// <summary>How many threads wanted to run, on average over the last 1, 5 and 15 minutes; null where nobody counts.</summary>
    public static double[]? Load
    {
        get
        {
            const string loadAverages = "/proc/loadavg";
            return File.Exists(loadAverages)
                ? [.. File.ReadAllText(loadAverages).Split(' ').Take(3).Select(each => double.Parse(each, null))]
                : null;
        }
    }

    private static int VectorWidth() => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    private static string Processor()
    {
        const string cpuInfo = "/proc/cpuinfo";
        string? name = File.Exists(cpuInfo)
            ? File.ReadLines(cpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return name?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
