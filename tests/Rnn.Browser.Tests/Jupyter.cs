using System.ComponentModel;
using System.Reflection;

namespace Rnn.Browser.Tests;

/// <summary>Jupyter's own programs and, in place of what its pages load from the web, the same scripts from this machine.</summary>
internal static class Jupyter
{
    /// <summary>Debian's own Python comes first: it is the one that has Debian's Jupyter.</summary>
    private static readonly string[] Pythons = ["/usr/bin/python3", "python3", "python"];

    private static readonly Lazy<Task<string>> Python = new(FindPythonAsync);

    private static readonly Lazy<string> RequireJs = new(() => File.ReadAllText("/usr/share/javascript/requirejs/require.min.js"));

    private static readonly Lazy<string> PlotlyJs = new(() =>
    {
        // Loaded only for its resource: none of its code runs.
        Assembly plotly = Assembly.LoadFrom(Path.Combine(Notebooks.Root, "lib", "Rnn.Display", "bin", "plotly", "Plotly.NET.dll"));
        string name = plotly.GetManifestResourceNames().Single(each => each.EndsWith(".min.js", StringComparison.Ordinal));
        using StreamReader reader = new(plotly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    });

    public const string PlotlyAddress = "https://cdn.jsdelivr.net/npm/plotly.js-dist-min@2.28.0/plotly.min.js";

    private const string RequireAddress = "https://cdnjs.cloudflare.com/ajax/libs/require.js/2.1.10/require.min.js";

    /// <summary>What stands at an address of the web, as far as a page of nbconvert may ask for it.</summary>
    public static string? Serve(string address) => address switch
    {
        PlotlyAddress => PlotlyJs.Value,
        RequireAddress => RequireJs.Value,
        _ => null,
    };

    /// <summary>Null if the notebook has the form that nbformat describes, else what is wrong.</summary>
    public static async Task<string?> InvalidAsync(string notebook) =>
        // From the plain JSON, and with warnings as errors: nbformat.read would mend what it can.
        await Command.RunAsync(
            await Python.Value, "-c",
            "import json, nbformat, sys, warnings; warnings.simplefilter('error'); nbformat.validate(json.load(open(sys.argv[1], encoding='utf-8')))",
            Notebooks.PathOf(notebook));

    /// <summary>The notebook as nbconvert's HTML, in a folder of temporary files.</summary>
    public static async Task<string> ConvertAsync(string notebook, string template)
    {
        string folder = Path.Combine(Path.GetTempPath(), "rnn-nbconvert");
        string name = $"{notebook.Replace('/', '-')}-{template}.html";
        string? failure = await Command.RunAsync(
            await Python.Value, "-m", "nbconvert", "--to", "html", "--template", template, "--embed-images",
            // Debian's loads it from a file, all others from here.
            $"--HTMLExporter.require_js_url={RequireAddress}",
            Notebooks.PathOf(notebook), "--output-dir", folder, "--output", name);
        Assert.True(failure is null, failure);
        return Path.Combine(folder, name);
    }

    private static async Task<string> FindPythonAsync()
    {
        foreach (string python in Pythons)
        {
            try
            {
                if (await Command.RunAsync(python, "-c", "import nbformat, nbconvert") is null)
                    return python;
            }
            catch (Win32Exception)
            {
                // There is no such program.
            }
        }

        throw new InvalidOperationException(
            $"None of {string.Join(", ", Pythons)} has nbformat and nbconvert (Debian: apt-get install python3-nbformat jupyter-nbconvert).");
    }
}
