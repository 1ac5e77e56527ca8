using System.Reflection;

namespace Rnn.Display;

/// <summary>
/// Verso's <c>run</c> prints HTML into a terminal: it leaves out the tags, but not what stands between them, so that every figure
/// would print its scripts and styles. Where nobody else gets the HTML, it is the figure's text.
/// </summary>
internal static class VersoTerminal
{
    private static readonly bool IsHere = Reads(Assembly.GetEntryAssembly()?.GetName().Name, Environment.GetCommandLineArgs());

    /// <summary>The figure as text for the terminal; null where its HTML goes elsewhere.</summary>
    public static string? Text(IShowsAsHtml shown) => IsHere ? Printable(shown.ToString()!) : null;

    // Verso decodes no entities, but what stands between < and > would be a tag to it.
    internal static string Printable(string text) => text.Replace("<", "&lt;");

    /// <summary>Whether this is a run whose outputs go into a terminal only, not into the notebook's file or as JSON.</summary>
    /// <param name="program">The process's first assembly.</param>
    /// <param name="arguments">Its command line, with its own name in front.</param>
    internal static bool Reads(string? program, string[] arguments) =>
        program == "Verso.Cli" && arguments is [_, "run", .. string[] options] && !options.Any(option =>
            option.StartsWith("--save", StringComparison.Ordinal) || option.StartsWith("--output-file", StringComparison.Ordinal)
            || option.EndsWith("json", StringComparison.OrdinalIgnoreCase));
}
