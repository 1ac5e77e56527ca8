using System.CommandLine;
using Rnn.Runner.Host;

namespace Rnn.Runner.Commands;

/// <summary>Runs notebooks and writes each as one HTML page.</summary>
internal static class RunCommand
{
    public static Verb Create(Progress progress)
    {
        Argument<string[]> notebooks = CommandLine.Notebooks("notebooks/01-rnn-from-scratch.ipynb");
        Option<string?> output = CommandLine.Output();
        Verb verb = new(
            "run",
            "Run notebooks and write each as one HTML page, complete in itself; several get an index.html, too.",
            "run",
            "run notebooks/02-looking-inside.ipynb",
            "run notebooks/*.ipynb --output pages")
        {
            notebooks, output,
        };
        verb.SetAction(arguments =>
        {
            string[] named = arguments.GetValue(notebooks) is { Length: > 0 } some ? some : [Repository.FirstNotebook];
            return NotebookRun.WithPages(named, arguments.GetValue(output), progress, execution => execution.Succeeded);
        });
        return verb;
    }
}
