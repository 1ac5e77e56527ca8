namespace Rnn.Runner.Commands;

/// <summary>Runs notebooks and writes each as one HTML page.</summary>
internal static class RunCommand
{
    public static Verb Create(Progress progress, StartKernel start)
    {
        Argument<string[]> notebooks = CommandLine.Notebooks("notebooks/01-rnn-from-scratch.ipynb");
        Option<string?> output = CommandLine.Output();
        LimitOptions limits = new();
        return new(
            "run",
            "Run notebooks and write each as one HTML page, complete in itself; several get an index.html, too.",
            ["run", "run notebooks/02-looking-inside.ipynb", "run notebooks/*.ipynb --output pages"],
            arguments => new NotebookRun(progress, limits.In(arguments), start).WithPages(
                CommandLine.Named(arguments, notebooks, Repository.FirstNotebook),
                arguments.GetValue(output), execution => execution.Succeeded))
        { notebooks, output, limits.Timeout, limits.MaxOutput };
    }
}
