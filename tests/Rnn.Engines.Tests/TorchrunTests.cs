using System.Net;
using System.Net.Sockets;
using static Rnn.RecurrentNetwork;

namespace Rnn.Engines.Tests;

/// <summary>The script that lesson 05 hands over to: several processes that train one network, on real text.</summary>
public sealed class TorchrunTests : IDisposable
{
    private const int Steps = 50;

    /// <summary>In batches of four, the last is a single window: one of two processes has nothing to do.</summary>
    private const int Windows = 81;

    private readonly ITestOutputHelper log;
    private readonly TemporaryFolder folder = new();
    private readonly string text;
    private readonly string symbols;
    private readonly Weights start;

    public TorchrunTests(ITestOutputHelper log)
    {
        this.log = log;
        text = File.ReadAllText(Repo.Path("notebooks", "data", "csharp.txt"))[..(Windows * Steps + 1)];
        symbols = string.Concat(text.Distinct().Order());
        start = InitializeWeights(symbols.Length, 24, symbols.Length, new NumPyRandom(15), scale: 0.1);
        File.WriteAllText(folder.File("text.txt"), text);
        WeightsFile.SaveNpz(start, folder.File("start.npz"));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Two_processes_and_two_machines_train_as_one_process_does()
    {
        string[] options = ["--epochs", "3", "--batch", "4"];
        double[] one = Launch(["--nproc_per_node", "1"], "one.npz", options);
        double[] two = Launch(["--nproc_per_node", "2"], "two.npz", options);
        // Each machine has a torchrun of its own; here they meet on the loopback.
        string[] meeting = ["--nnodes", "2", "--master_addr", "127.0.0.1", "--master_port", FreePort()];
        Task<double[]> other = Task.Run(
            () => Launch([.. meeting, "--node_rank", "1"], "machines.npz", options), TestContext.Current.CancellationToken);
        double[] machines = Launch([.. meeting, "--node_rank", "0"], "machines.npz", options);
        Assert.Empty(await other);

        Assert.Equal(3, one.Length);
        Assert.True(one[2] < one[1] && one[1] < one[0], $"One process does not learn: {string.Join(", ", one)}.");
        Largest losses = new(1e-9), weights = new(1e-9);
        foreach ((string name, double[] of) in ((string, double[])[])[("two", two), ("machines", machines)])
        {
            losses.Compare(one, of, $"losses of {name}");
            weights.Compare(Trained("one.npz"), Trained($"{name}.npz"), $"weights of {name}");
        }

        log.WriteLine($"torchrun, two processes and two machines beside one process, losses: {losses}");
        log.WriteLine($"torchrun, two processes and two machines beside one process, weights: {weights}");
    }

    [Fact]
    public void With_batches_of_one_window_it_trains_as_Train_does()
    {
        double[] losses = Launch(["--nproc_per_node", "2"], "trained.npz", ["--batch", "1", "--rate", "0.03", "--clip", "4"]);

        // The script's losses are the plain logarithms, without the source's 1e-8.
        TrainingResult trained = Train(
            [.. Enumerable.Range(0, Windows).Select(i => Window(i * Steps))],
            new TrainingOptions { InitialWeights = start, Epochs = 1, LearningRate = 0.03, ClipNorm = 4 },
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(trained.MeanLosses[0] / Steps, Assert.Single(losses), 1e-6);
        Largest weights = new(1e-9);
        weights.Compare(trained.Weights, Trained("trained.npz"), "weights");
        log.WriteLine($"torchrun beside Train, weights: {weights}");
    }

    private static string FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return $"{((IPEndPoint)listener.LocalEndpoint).Port}";
    }

    /// <summary>The losses that are printed.</summary>
    private double[] Launch(string[] launch, string trained, string[] options)
    {
        string[] meeting = launch.Contains("--master_port") ? [] : ["--master_port", FreePort()];
        string printed = Python.Torchrun(
            [
                .. launch, .. meeting, Repo.Path("notebooks", "beyond", "train_data_parallel.py"),
                folder.File("start.npz"), folder.File("text.txt"), folder.File(trained), .. options,
            ]);
        return
        [
            .. from line in printed.Split('\n', StringSplitOptions.RemoveEmptyEntries)
               select double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture),
        ];
    }

    private Weights Trained(string name) => WeightsFile.LoadNpz(folder.File(name));

    private Sequence Window(int from) => new(OneHot(from), OneHot(from + 1));

    private Matrix<double> OneHot(int from) => Matrix<double>.Build.Dense(
        Steps, symbols.Length, (t, k) => symbols[k] == text[from + t] ? 1 : 0);
}
