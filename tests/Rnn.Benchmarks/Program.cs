using System.Globalization;
using BenchmarkDotNet.Running;
using Rnn.Benchmarks;

return args switch
{
    ["compare"] => Compare.Run(),
    ["compare", string rounds] => Compare.Run(int.Parse(rounds, CultureInfo.InvariantCulture)),
    [FirstRun.Verb, string peer, string size, string sequences] => FirstRun.Measure(
        peer, int.Parse(size, CultureInfo.InvariantCulture), int.Parse(sequences, CultureInfo.InvariantCulture)),
    _ => BenchmarkSwitcher.FromAssembly(typeof(Compare).Assembly).Run(args).Any() ? 0 : 1,
};
