using System.Reflection;
using System.Runtime.Loader;

namespace Rnn.Display;

/// <summary>
/// The way to Plotly.NET, which needs a newer FSharp.Core than the notebook kernel has loaded: Rnn.Display.Plotly and all it
/// needs live in a load context of their own, and only arrays and strings go there and back.
/// </summary>
internal sealed class PlotlyBridge
{
    private static readonly Lazy<PlotlyBridge> Loaded = new(
        () => new PlotlyBridge(Path.Combine(Path.GetDirectoryName(typeof(PlotlyBridge).Assembly.Location) ?? "", "plotly")),
        // A failure is not kept: build the library, run the cell again, and it works.
        LazyThreadSafetyMode.PublicationOnly);

    /// <exception cref="InvalidOperationException">The folder plotly/ beside this assembly is missing or incomplete.</exception>
    public static PlotlyBridge Instance => Loaded.Value;

    public Func<string[], double[][], double[][], string, string, string, bool, bool, string> Lines { get; }
    public Func<string[], string[], double[][], string, string, string, string> Bars { get; }
    public Func<double[], int[], string[], string, string, string, string> Histogram { get; }
    public Func<double[][], string, string, string, string[]?, string[]?, string, bool, string> HeatMap { get; }
    public Func<string> PlotlyJs { get; }

    internal PlotlyBridge(string folder)
    {
        string path = Path.Combine(folder, "Rnn.Display.Plotly.dll");
        if (!File.Exists(path) || !File.Exists(Path.ChangeExtension(path, ".deps.json")))
        {
            throw new InvalidOperationException(
                $"Charts are drawn by Rnn.Display.Plotly, but {path} is not there or its .deps.json is missing. " +
                "Run `dotnet build` in the repository's root, restart the kernel, and run the cell again.");
        }
        Type figures = new PlotlyLoadContext(path).LoadFromAssemblyPath(path).GetType("Rnn.Display.Plotly.Figures", throwOnError: true)!;
        Lines = Method<Func<string[], double[][], double[][], string, string, string, bool, bool, string>>(nameof(Lines));
        Bars = Method<Func<string[], string[], double[][], string, string, string, string>>(nameof(Bars));
        Histogram = Method<Func<double[], int[], string[], string, string, string, string>>(nameof(Histogram));
        HeatMap = Method<Func<double[][], string, string, string, string[]?, string[]?, string, bool, string>>(nameof(HeatMap));
        PlotlyJs = Method<Func<string>>(nameof(PlotlyJs));

        T Method<T>(string name) where T : Delegate => figures.GetMethod(name)!.CreateDelegate<T>();
    }

    private sealed class PlotlyLoadContext(string path) : AssemblyLoadContext("Rnn.Display.Plotly")
    {
        private readonly AssemblyDependencyResolver resolver = new(path);

        // Asked before the default context is, so its FSharp.Core and Newtonsoft.Json do not count here.
        protected override Assembly? Load(AssemblyName assemblyName) =>
            resolver.ResolveAssemblyToPath(assemblyName) is { } found ? LoadFromAssemblyPath(found) : null;
    }
}
