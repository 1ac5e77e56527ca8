using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Rnn.Benchmarks;

/// <summary>
/// What two cores are worth at this moment. On a shared host, two of a guest's are at times the two halves of one of the host's:
/// then no program gains from the second.
/// </summary>
internal static class Cores
{
    /// <summary>How many times as much two threads do at once as one, where all stays in registers: from 1 to 2.</summary>
    public static double Together()
    {
        double alone = Math.Min(Seconds(), Seconds()), other = 0;
        using Barrier start = new(2);
        Thread second = new(() =>
        {
            start.SignalAndWait();
            other = Seconds();
        });
        second.Start();
        start.SignalAndWait();
        double mine = Seconds();
        second.Join();
        return 2 * alone / Math.Max(mine, other);
    }

    /// <summary>For as many multiply-adds as take about a millisecond, in eight chains, so that none waits for another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Seconds()
    {
        double a = 1, b = 1, c = 1, d = 1, e = 1, f = 1, g = 1, h = 1;
        long since = Stopwatch.GetTimestamp();
        for (int i = 0; i < 500_000; i++)
        {
            (a, b, c, d) = (Next(a), Next(b), Next(c), Next(d));
            (e, f, g, h) = (Next(e), Next(f), Next(g), Next(h));
        }

        double seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        GC.KeepAlive(a + b + c + d + e + f + g + h);
        return seconds;

        static double Next(double x) => Math.FusedMultiplyAdd(x, 0.999, 0.001);
    }
}
