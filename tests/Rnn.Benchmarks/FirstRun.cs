using System.Diagnostics;
using System.Globalization;
using Rnn.Steps;

namespace Rnn.Benchmarks;

/// <summary>Training from the first call on, in a process that has done nothing before: compiling is part of it.</summary>
internal static class FirstRun
{
    /// <summary>The verb that this program calls itself with.</summary>
    public const string Verb = "first-run";

    private const int Rounds = 3;

    /// <summary>What is measured: the source's example as long as the source trains it, and wide networks briefly.</summary>
    private static readonly (int Size, int Sequences)[] Rows = [(0, 100_000), (2, 100), (3, 100)];

    /// <summary>In the process that is measured: prints the seconds.</summary>
    public static int Measure(string peerName, int sizeIndex, int sequences)
    {
        Size size = Size.All[sizeIndex];
        Peer peer = peerName == Peer.Expert ? Peer.OfExpert(1) : Peer.OfLibrary(1);
        Console.WriteLine(peer.Prepare!(size)(sequences / size.Count).Seconds.ToString("R", CultureInfo.InvariantCulture));
        return 0;
    }

    /// <summary>In the process that compares: the rows of a table, library and expert loop in turns.</summary>
    public static IEnumerable<string[]> Compare()
    {
        foreach ((int index, int sequences) in Rows)
        {
            Samples library = new(), expert = new();
            for (int round = 0; round < Rounds; round++)
            {
                library.Add(FreshProcess(Peer.TheLibrary, index, sequences));
                expert.Add(OpenBlas.IsInstalled ? FreshProcess(Peer.Expert, index, sequences) : double.PositiveInfinity);
            }

            yield return
            [
                Size.All[index].ToString(), $"{sequences}", Text.Time(library.Median), Text.Time(expert.Median),
                Text.Ratio(expert.Median / library.Median),
            ];
        }
    }

    private static double FreshProcess(string peer, int size, int sequences)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(FirstRun).Assembly.Location);
        foreach (string argument in (string[])[Verb, peer, $"{size}", $"{sequences}"])
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.Parse(output, CultureInfo.InvariantCulture);
    }
}
