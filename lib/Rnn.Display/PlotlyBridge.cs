using System.Reflection;
using System.Runtime.Loader;

namespace Rnn.Display;

/// <summary>
/// The way to Plotly.NET, which needs a newer FSharp.Core than the notebook kernel has loaded: Rnn.Display.Plotly and all it
/// needs live in a load context of their own, and only arrays and strings go there and back.
/// </summary>
internal sealed class PlotlyBridge
{
    // A failure is not kept: build the library, run the cell again, and it works.
    private static readonly Lazy<PlotlyBridge> Loaded = new(() => new(Folder), LazyThreadSafetyMode.PublicationOnly);

    private readonly Type figures;

    /// <param name="folder">Where Rnn.Display.dll is.</param>
    /// <exception cref="InvalidOperationException">Its folder plotly/ is missing or incomplete.</exception>
    internal PlotlyBridge(string folder)
    {
        string path = Built("plotly/Rnn.Display.Plotly.dll", folder);
        _ = Built("plotly/Rnn.Display.Plotly.deps.json", folder);
        figures = new PlotlyLoadContext(path).LoadFromAssemblyPath(path)
            .GetType("Rnn.Display.Plotly.Figures", throwOnError: true)!;
    }

    /// <exception cref="InvalidOperationException">The folder plotly/ beside this assembly is missing or incomplete.</exception>
    public static PlotlyBridge Instance => Loaded.Value;

    private static string Folder => Path.GetDirectoryName(typeof(PlotlyBridge).Assembly.Location) ?? "";

    /// <summary>The whole path of a file that <c>dotnet build</c> puts beside this assembly.</summary>
    /// <exception cref="InvalidOperationException">It is not there.</exception>
    public static string Built(string file, string? folder = null)
    {
        string path = Path.GetFullPath(Path.Combine(folder ?? Folder, file));
        return File.Exists(path) ? path : throw new InvalidOperationException(
            $"Charts need {path}, but it is not there. " +
            "Run `dotnet build` in the repository's root, restart the kernel, and run the cell again.");
    }

    /// <summary>The JSON of a figure.</summary>
    /// <param name="figure">Which: the name of a method of Rnn.Display.Plotly.Figures.</param>
    /// <param name="arguments">What that method takes.</param>
    public string Draw(string figure, params object?[] arguments) =>
        (string)figures.GetMethod(figure)!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;

    private sealed class PlotlyLoadContext(string path) : AssemblyLoadContext("Rnn.Display.Plotly")
    {
        private readonly AssemblyDependencyResolver resolver = new(path);

        // Asked before the default context is, so its FSharp.Core and Newtonsoft.Json do not count here.
        protected override Assembly? Load(AssemblyName assemblyName) =>
            resolver.ResolveAssemblyToPath(assemblyName) is { } found ? LoadFromAssemblyPath(found) : null;
    }
}
