using Rnn.Steps;

namespace Rnn.Benchmarks;

/// <summary>One of those that are measured side by side.</summary>
/// <param name="Name">The heading of its column.</param>
/// <param name="Prepare">
/// Draws the data of a size and returns what trains on them for a number of epochs. Null where it is not installed.
/// </param>
internal sealed record Peer(string Name, Func<Size, Func<int, Run>>? Prepare)
{
    /// <summary>The yardstick of all others.</summary>
    public const string TheLibrary = "library";

    /// <summary>The source's own.</summary>
    public const string NumPy = "NumPy";

    /// <summary>The expert loop, as far as its name goes.</summary>
    public const string Expert = "expert loop";

    /// <summary>All, in the order of their columns; the library first.</summary>
    public static IReadOnlyList<Peer> All(Python? python) =>
    [
        OfLibrary(1),
        OfLibrary(null),
        new(
            "notebook 01's loop",
            size =>
            {
                (Sequence[] sequences, Weights weights) = size.Draw();
                return epochs => Run.Of(() => Readable.Train(sequences, weights, epochs).Losses);
            }),
        new(NumPy, python?.Train("numpy", 1)),
        new("PyTorch", python?.TorchVersion is null ? null : python.Train("torch", 1)),
        new("PyTorch, all threads", python?.TorchVersion is null ? null : python.Train("torch", Machine.Threads)),
        OfExpert(1),
        OfExpert(Machine.Threads),
    ];

    /// <summary>The library; null lets it choose how many threads.</summary>
    public static Peer OfLibrary(int? threads) => new(
        threads is null ? $"{TheLibrary}, as it chooses" : TheLibrary,
        size =>
        {
            (Sequence[] sequences, Weights weights) = size.Draw();
            return epochs => Run.Of(() => Library.Train(sequences, weights, epochs, threads: threads).Losses);
        });

    /// <summary>The expert loop.</summary>
    public static Peer OfExpert(int threads) => new(
        threads == 1 ? Expert : $"{Expert}, all threads",
        !OpenBlas.IsInstalled ? null : size =>
        {
            (Sequence[] sequences, Weights weights) = size.Draw();
            // Made in the first run, as a first run is measured with all that belongs to it, and kept for the others.
            ExpertLoop? loop = null;
            return epochs => Run.Of(() => (loop ??= new ExpertLoop(sequences, weights, threads)).Train(epochs));
        });
}
