using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Rnn.Runner.Host;
using Rnn.Runner.Notebook;

namespace Rnn.Runner.Pictures;

/// <summary>The script that draws the charts, as Plotly.NET brings it along.</summary>
internal static partial class PlotlyJs
{
    public const string Missing = "Plotly.NET.dll, which brings plotly.js, was not found; run 'dotnet build' first";

    /// <summary>A script element with plotly.js in it, for the library that the notebook refers to; null where that is not built.</summary>
    public static string? Element(NotebookFile notebook)
    {
        IEnumerable<string> folders = notebook.CodeCells
            .SelectMany(cell => DisplayReference().Matches(cell.Source).Select(match => match.Groups[1].Value))
            .Select(reference => Path.GetDirectoryName(Path.GetFullPath(Path.Combine(notebook.Folder, reference)))!)
            .Append(Path.Combine(Repository.Root, "lib", "Rnn.Display", "bin"));
        string? library = folders.Select(folder => Path.Combine(folder, "plotly", "Plotly.NET.dll")).FirstOrDefault(File.Exists);
        return library is null ? null : $"<script>\n{ScriptTag().Replace(Read(library), match => match.Value.Insert(1, "\\"))}\n</script>\n";
    }

    private static string Read(string library)
    {
        // Only for its resource: none of its code runs, so none of what it depends on is needed.
        AssemblyLoadContext context = new("plotly.js", isCollectible: true);
        try
        {
            Assembly assembly = context.LoadFromAssemblyPath(library);
            string name = assembly.GetManifestResourceNames().Single(each => each.EndsWith(".min.js", StringComparison.Ordinal));
            using StreamReader reader = new(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        }
        finally
        {
            context.Unload();
        }
    }

    [GeneratedRegex("""^[ \t]*#r[ \t]+"([^"]*Rnn\.Display\.dll)""", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex DisplayReference();

    /// <summary>What ends or nests scripts would end this one early; inside its strings a backslash changes nothing.</summary>
    [GeneratedRegex("</?(?=script)|<(?=!--)", RegexOptions.IgnoreCase)]
    private static partial Regex ScriptTag();
}
