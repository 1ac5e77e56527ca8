using Rnn.Steps;

namespace Rnn.Benchmarks;

/// <summary>
/// The library and its peers side by side in one run, taking turns: what remains of a noisy machine hits all alike.
/// </summary>
internal static class Compare
{
    private const int DefaultRounds = 7;
    private const string Missing = "not installed";

    /// <summary>Prints the report; returns the exit code.</summary>
    public static int Run(int rounds = DefaultRounds)
    {
        double[]? load = Machine.Load;
        if (load?[0] > Machine.Threads / 2.0)
            Console.Error.WriteLine(Text.Invariant($"The machine is busy (load {load[0]}): expect wide spreads."));
        using Python? python = Python.Start();
        if (python?.TorchVersion is null || !OpenBlas.IsInstalled)
            Console.Error.WriteLine(
                "For all columns, python3 needs NumPy and PyTorch, and the expert loop OpenBLAS. Debian: apt-get install "
                + "python3-numpy python3-torch libopenblas0; elsewhere: pip install numpy torch, and OpenBLAS.");

        IReadOnlyList<Peer> peers = Peer.All(python);
        Samples peaks = new();
        List<double> cores = [];
        List<(Size Size, Result[] Results)> all = [];
        foreach (Size size in Size.All)
        {
            Console.Error.WriteLine($"{size}: warming up");
            IReadOnlyList<double> losses = peers[0].Prepare!(size)(size == Size.OfSource ? 10 : 2).Losses!;
            Result[] results = [.. peers.Select(peer => new Result(peer, size, losses))];
            for (int round = 0; round < rounds; round++)
            {
                Console.Error.WriteLine($"{size}: round {round + 1} of {rounds}");
                foreach (Result result in results)
                    result.Measure();
                peaks.Add(OpenBlas.IsInstalled ? OpenBlas.Peak() : python?.Peak() ?? double.NaN);
                cores.Add(Cores.Together());
            }

            all.Add((size, results));
        }

        Console.Error.WriteLine("the first run in a fresh process");
        string[][] firstRuns = [.. FirstRun.Compare()];

        string[] versions =
        [
            Machine.Description, $".NET {Environment.Version}", $"NumPy {python?.NumPyVersion ?? Missing}",
            $"PyTorch {python?.TorchVersion ?? Missing}",
            OpenBlas.IsInstalled ? OpenBlas.Config : $"OpenBLAS {Missing}",
        ];
        Console.WriteLine($"Machine: {string.Join("; ", versions)}.");
        Console.WriteLine($"Load over 1, 5 and 15 minutes: {LoadText(load)} before, {LoadText(Machine.Load)} after.");
        Console.WriteLine(
            $"One sequence: forward, backward and update. All take turns, in {rounds} rounds; one thread, unless it says all.");
        Console.WriteLine(Text.Invariant($"One core's matrix product (DGEMM) reaches {peaks.Median:0.0} GFLOP/s here."));
        Console.WriteLine(Text.Invariant(
            $"Two cores at once do {cores.Min():0.00} to {cores.Max():0.00} times the work of one (each round, in registers); ")
            + $"in {cores.Count(each => each < 1.5)} of {cores.Count} rounds less than 1.5 times, as the halves of one core do.");
        Console.WriteLine();

        Print("Time for one sequence, the median:", (each, _) => Text.Time(each.Median));
        Print("How many times the library's:", (each, library) => Text.Ratio(each.Median / library.Median));
        Print(
            "GFLOP/s, and how much of one core's DGEMM that is:",
            (each, _) => double.IsFinite(each.Gigaflops)
                ? Text.Invariant($"{each.Gigaflops:0.0} ({Text.Percent(each.Gigaflops / peaks.Median)})")
                : "–");
        Print("Spread, from the first quartile to the third, of the median:", (each, _) => Text.Percent(each.Spread));
        Print("Losses differ from the library's by:", (each, _) => Text.Magnitude(each.LossesDifferBy));
        Text.Table(
            "The first run in a fresh process, compiling included, the median of three:",
            ["size", "sequences", Peer.TheLibrary, Peer.Expert, $"{Peer.Expert} / {Peer.TheLibrary}"], firstRuns);

        Size example = Size.OfSource;
        double numPy = all[0].Results[peers.Index().Single(each => each.Item.Name == Peer.NumPy).Index].Median;
        Console.WriteLine($"NumPy would take {Text.Time(1000 * example.Count * numPy)} for the example's 1000 epochs.");
        Console.WriteLine(Text.Invariant($"Allocated per further epoch: {BytesPerEpoch(example):0.#} bytes (its two losses)."));
        return 0;

        void Print(string title, Func<Result, Result, string> cell) =>
            Text.Table(
                title, ["size", .. peers.Select(peer => peer.Name)],
                all.Select(row => (string[])
                    [row.Size.ToString(), .. row.Results.Select(result => cell(result, row.Results[0]))]));
    }

    private static string LoadText(double[]? load) =>
        load is null ? "unknown" : string.Join(" ", load.Select(each => Text.Invariant($"{each:0.00}")));

    private static double BytesPerEpoch(Size size)
    {
        (Sequence[] sequences, Weights weights) = size.Draw();
        double once = Enumerable.Range(0, 3).Min(_ => Allocated(100)), twice = Enumerable.Range(0, 3).Min(_ => Allocated(200));
        return (twice - once) / 100;

        double Allocated(int epochs)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Library.Train(sequences, weights, epochs);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
