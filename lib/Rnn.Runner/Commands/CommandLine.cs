using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace Rnn.Runner.Commands;

/// <summary>The program's verbs and what follows them.</summary>
internal static class CommandLine
{
    /// <summary>Does what a command line asks for; returns the exit code.</summary>
    /// <param name="words">The command line.</param>
    /// <param name="progress">Where it is told.</param>
    /// <param name="start">What runs cells; without it, a process for each notebook.</param>
    public static int Run(IReadOnlyList<string> words, Progress progress, StartKernel? start = null)
    {
        if (words.Contains(""))
        {
            progress.Error("An argument is empty. Try: --help");
            return 2;
        }

        ParseResult parsed = Parse(words, progress, start);
        progress.IsVerbose = parsed.GetValue<bool>("--verbose");
        foreach (string message in parsed.Errors.Select(error => error.Message).Distinct())
            progress.Error(message);
        if (parsed.Errors.Count > 0)
        {
            progress.Error($"Try: {(parsed.CommandResult.Command is Verb verb ? $"{verb.Name} " : "")}--help");
            return 2;
        }

        try
        {
            return parsed.Invoke(
                new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            progress.Error(e.Message);
        }
        catch (Exception e)
        {
            progress.Failure(parsed.CommandResult.Command.Name, e);
        }

        return 1;
    }

    /// <summary>Takes a command line apart; where it names no verb, <c>run</c> is meant.</summary>
    public static ParseResult Parse(IReadOnlyList<string> words, Progress progress, StartKernel? start = null)
    {
        start ??= CellProcess.Start;
        Verb[] verbs =
        [
            RunCommand.Create(progress, start), CheckCommand.Create(progress, start), WriteCommand.Create(progress, start),
            PortableCommand.Create(progress), DoctorCommand.Create(progress), PrefetchCommand.Create(progress),
            MendCommand.Create(progress), SiteCommand.Create(progress), ScriptCommand.Create(progress),
        ];
        RootCommand root = new(
            """
            Runs the notebooks without an editor. Without a verb, 'run' is meant; 'VERB --help' has examples.
            Exit codes: 0 fine; 1 a cell failed, an output is stale or a notebook is damaged; 2 bad arguments or no notebook.
            """);
        string[] names = [.. verbs.Select(verb => verb.Name)];
        foreach (Verb verb in verbs)
        {
            root.Subcommands.Add(verb);
            foreach (Argument<string[]> notebooks in verb.Arguments.OfType<Argument<string[]>>())
                notebooks.Validators.Add(result => Refuse(result, verbs));
        }

        root.Options.Add(new Option<bool>("--verbose")
        {
            Description = "Where something goes wrong that nobody foresaw, say where it comes from.",
            Recursive = true,
        });
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        bool namesVerb = words.Count > 0 && (names.Contains(words[0]) || words[0] is "--help" or "-h" or "-?" or "--version");
        return root.Parse(namesVerb ? words : [names[0], .. words], new ParserConfiguration { ResponseFileTokenReplacer = null });
    }

    public static Argument<string[]> Notebooks(string without) =>
        new("notebooks") { Description = $"The notebooks; without any, {without}.", Arity = ArgumentArity.ZeroOrMore };

    /// <summary>The notebooks that were named; where none was, the given one, or else all.</summary>
    public static IReadOnlyList<string> Named(
        ParseResult arguments, Argument<string[]> notebooks, params IReadOnlyList<string> otherwise) =>
        arguments.GetValue(notebooks) is { Length: > 0 } named ? named : otherwise is [_, ..] ? otherwise : Repository.Notebooks;

    public static Option<string?> Output() =>
        new("--output") { Description = "The folder for the pages; without it, artifacts.", HelpName = "folder" };

    /// <summary>A mistyped option or verb would otherwise pass as the name of a notebook.</summary>
    private static void Refuse(ArgumentResult result, Verb[] verbs)
    {
        string all = $"The verbs: {string.Join(", ", verbs.Select(verb => verb.Name))}.";
        foreach (string word in result.Tokens.Select(token => token.Value))
        {
            string name = word.TrimStart('-').Split('=')[0];
            if (word.StartsWith('-') && verbs.FirstOrDefault(verb => verb.Name == name) is { } meant)
                result.AddError($"There is no option '{word}'; a verb does it: {meant.Examples[^1]}");
            else if (word.StartsWith('-'))
                result.AddError($"There is no option '{word}'. {all}");
            else if (Path.GetFileName(word) == word && !Path.HasExtension(word) && !Path.Exists(word))
                result.AddError($"'{word}' is neither a verb nor a notebook. {all}");
        }
    }
}
