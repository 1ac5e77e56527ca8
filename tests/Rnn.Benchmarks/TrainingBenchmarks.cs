using BenchmarkDotNet.Attributes;
using Rnn.Steps;

namespace Rnn.Benchmarks;

/// <summary>One epoch of each step over each size.</summary>
/// <remarks>Not sealed: BenchmarkDotNet derives from it.</remarks>
[MemoryDiagnoser]
[ShortRunJob]
public class TrainingBenchmarks
{
    private Sequence[] sequences = [];
    private Weights? weights;

    /// <summary>What is trained.</summary>
    [ParamsSource(nameof(Sizes))]
    public Size Size { get; set; } = Size.OfSource;

    /// <summary>All sizes.</summary>
    public static IEnumerable<Size> Sizes => Size.All;

    /// <summary>Draws the data.</summary>
    [GlobalSetup]
    public void Draw() => (sequences, weights) = Size.Draw();

    /// <summary>Notebook 01's loop.</summary>
    [Benchmark(Baseline = true)]
    public TrainingResult ReadableLoop() => Readable.Train(sequences, weights!, 1);

    /// <summary>Step 1.</summary>
    [Benchmark]
    public TrainingResult PlainScalarLoop() => PlainLoops.Train(sequences, weights!, 1);

    /// <summary>Step 2.</summary>
    [Benchmark]
    public TrainingResult FlatRowsLoop() => FlatRows.Train(sequences, weights!, 1);

    /// <summary>Step 3.</summary>
    [Benchmark]
    public TrainingResult VectorsLoop() => Vectors.Train(sequences, weights!, 1);

    /// <summary>Step 4.</summary>
    [Benchmark]
    public TrainingResult MatricesLoop() => Matrices.Train(sequences, weights!, 1);

    /// <summary>Step 5.</summary>
    [Benchmark]
    public TrainingResult RegistersLoop() => Registers.Train(sequences, weights!, 1);

    /// <summary>Step 6.</summary>
    [Benchmark]
    public TrainingResult TheLibrary() => Library.Train(sequences, weights!, 1);
}
