using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Rnn.Runner.Commands;

/// <summary>The usual help, and below it a verb's examples.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int exitCode = usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is Verb verb)
        {
            IEnumerable<string> examples = verb.Examples.Select(each => $"  dotnet run --project lib/Rnn.Runner -- {each}");
            parseResult.InvocationConfiguration.Output.WriteLine(string.Join('\n', examples.Prepend("Examples:")));
        }

        return exitCode;
    }
}
