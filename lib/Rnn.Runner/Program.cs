using System.CommandLine;
using Rnn.Runner.Commands;
using Rnn.Runner.Host;
using Rnn.Runner.Pictures;

Argument<string[]> notebooks = new("notebooks")
{
    Description = "The notebooks to run; without any, notebooks/01-rnn-from-scratch.ipynb.",
    Arity = ArgumentArity.ZeroOrMore,
};
Option<bool> check = new("--check") { Description = "Compare a fresh run with the committed outputs, without a browser; list each difference." };
Option<bool> write = new("--write") { Description = "Write the outputs of a fresh run into the notebooks, with a picture of each new chart; those are drawn by Chromium, Chrome or Edge." };
Option<string?> output = new("--output") { Description = "The folder for the pages; without it, artifacts.", HelpName = "folder" };
Option<string?> portable = new("--portable") { Description = "Run nothing; write copies into this folder, with absolute paths, that run there.", HelpName = "folder" };
RootCommand command = new(
    "Runs the notebooks without an editor and writes each as one HTML page; several get an index.html too. "
    + "Exit codes: 0 fine, 1 a cell failed or an output is stale, 2 bad arguments or no notebook.")
{
    notebooks, check, write, output, portable,
};
notebooks.Validators.Add(result =>
{
    // A mistyped option would otherwise pass as the name of a notebook.
    foreach (string each in result.Tokens.Select(token => token.Value).Where(each => each.StartsWith('-')))
        result.AddError($"Unrecognized option '{each}'.");
});
command.Validators.Add(result =>
{
    Option[] modes = [.. new Option[] { check, write, portable }.Where(option => result.GetResult(option) is { Implicit: false })];
    if (modes.Length > 1)
        result.AddError($"{string.Join(" and ", modes.Select(mode => mode.Name))} exclude each other.");
});

int exitCode = 0;
Command doctor = new("doctor", "Say what the notebooks need and whether it is there, for a bug report. Exit code 1: a notebook could not run.");
doctor.SetAction(_ => Doctor.Run());
Command prefetch = new("prefetch", "Put the packages that the notebooks' #r lines name into NuGet's cache. Exit code 1: one could not be had.");
prefetch.SetAction(_ => Prefetch.Run());
command.Subcommands.Add(doctor);
command.Subcommands.Add(prefetch);
command.SetAction(arguments =>
{
    string[] named = arguments.GetValue(notebooks) is { Length: > 0 } some ? some : [Repository.FirstNotebook];
    Mode mode = arguments.GetValue(check) ? Mode.Check : arguments.GetValue(write) ? Mode.Write : Mode.Page;
    NotebookRun run = new(mode, arguments.GetValue(output) ?? Path.Combine(Repository.Root, "artifacts"));
    return arguments.GetValue(portable) is string folder ? run.WritePortableCopies(named, folder) : run.Run(named);
});

ParseResult parsed = command.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
if (parsed.Errors.Count > 0)
{
    foreach (string message in parsed.Errors.Select(error => error.Message).Distinct())
        Console.Error.WriteLine(message);
    Console.Error.WriteLine("Try --help.");
    return 2;
}

Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

CleanUp.OnSignals();

// A cell that calls Environment.Exit(0) must not pass for a notebook that ran to its end.
Progress console = new(Console.Out, Console.Error);
AppDomain.CurrentDomain.ProcessExit += (_, _) =>
{
    if (CleanUp.IsExiting)
        return;
    console.Error("error: a cell has ended the process");
    Environment.ExitCode = 1;
};

AppDomain.CurrentDomain.UnhandledException += (_, e) =>
{
    // On a thread that a cell has started: nothing can catch it, and without this the process would abort.
    console.Error($"error: an exception on a thread of its own: {e.ExceptionObject}");
    CleanUp.Exit(1);
};

// A thread of its own: cells may run long and deep, and signals stay with the main thread.
Thread thread = new(() => exitCode = parsed.Invoke(new InvocationConfiguration { ProcessTerminationTimeout = null }), 16 * 1024 * 1024);
thread.Start();
thread.Join();
// Threads that a cell has left running must not keep the process.
CleanUp.Exit(exitCode);
return exitCode;
