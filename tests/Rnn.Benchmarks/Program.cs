using BenchmarkDotNet.Running;
using Rnn.Benchmarks;

return args switch
{
    ["compare", ..] => Compare.Run(),
    ["first-run"] => Compare.FirstRun(),
    _ => BenchmarkSwitcher.FromAssembly(typeof(Compare).Assembly).Run(args).Any() ? 0 : 1,
};
