using System.Collections.Concurrent;

namespace Rnn.Browser.Tests;

/// <summary>Jupyter's own programs and, for what its pages load from the web, the same scripts from this machine.</summary>
internal static class Jupyter
{
    private const string RequireAddress = "https://cdnjs.cloudflare.com/ajax/libs/require.js/2.1.10/require.min.js";

    /// <summary>Debian's own Python comes first: it is the one that has Debian's Jupyter.</summary>
    private static readonly string[] Pythons = ["/usr/bin/python3", "python3", "python"];

    private static readonly Lazy<string> Python = new(FindPython);

    private static readonly ConcurrentDictionary<(string Notebook, string Template), Lazy<string>> Converted = new();

    /// <summary>What stands at an address of the web, as far as a page of nbconvert may ask for it.</summary>
    public static string? Serve(string address) => address switch
    {
        ChartHooks.PlotlyAddress => File.ReadAllText(Repo.Path("lib", "Rnn.Display", "bin", ChartHooks.PlotlyFile)),
        RequireAddress => File.ReadAllText("/usr/share/javascript/requirejs/require.min.js"),
        _ => null,
    };

    /// <summary>Fails unless the notebooks have the form that nbformat describes.</summary>
    public static void MustBeValid(IEnumerable<string> notebooks) =>
        // From the plain JSON, and with warnings as errors: nbformat.read would mend what it can.
        Run(
            "-c",
            "import json, nbformat, sys, warnings; warnings.simplefilter('error')\n"
                + "for path in sys.argv[1:]: print(path); nbformat.validate(json.load(open(path, encoding='utf-8')))",
            [.. notebooks.Select(Notebooks.PathOf)]);

    /// <summary>The notebook as nbconvert's HTML, in a folder of temporary files; made once.</summary>
    public static string Convert(string notebook, string template) =>
        Converted.GetOrAdd((notebook, template), _ => new(() => Make(notebook, template))).Value;

    private static string Make(string notebook, string template)
    {
        string folder = Path.Combine(Path.GetTempPath(), "rnn-nbconvert");
        string name = $"{notebook.Replace('/', '-')}-{template}.html";
        Run(
            "-m", "nbconvert",
            "--to", "html", "--template", template, "--embed-images",
            // Debian's loads it from a file, all others from here.
            $"--HTMLExporter.require_js_url={RequireAddress}",
            Notebooks.PathOf(notebook), "--output-dir", folder, "--output", name);
        return Path.Combine(folder, name);
    }

    private static void Run(string option, string program, params string[] arguments)
    {
        (int exitCode, string output) = Tool.Run(Python.Value, Repo.Root, [option, program, .. arguments]);
        Assert.True(exitCode == 0, $"'python {option} {program} {string.Join(' ', arguments)}' ended with {exitCode}: {output}");
    }

    private static string FindPython() =>
        Pythons.FirstOrDefault(python => Tool.Run(python, Repo.Root, "-c", "import nbformat, nbconvert").ExitCode == 0)
        ?? throw new InvalidOperationException(
            $"None of {string.Join(", ", Pythons)} has nbformat and nbconvert "
            + "(Debian: apt-get install python3-nbformat jupyter-nbconvert).");
}
