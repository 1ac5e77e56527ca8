using System.CommandLine.Parsing;

namespace Rnn.Runner.Commands;

/// <summary>The options that say what a cell must not exceed.</summary>
internal sealed class LimitOptions
{
    public LimitOptions()
    {
        Timeout.Validators.Add(result => Refuse(result, text =>
            double.TryParse(text, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and <= 1e6));
        MaxOutput.Validators.Add(result => Refuse(result, text =>
            int.TryParse(text, CultureInfo.InvariantCulture, out int megabytes) && megabytes is > 0 and <= 1000));
    }

    public Option<double?> Timeout { get; } = new("--timeout")
    {
        Description = "How long a cell may run; without it, as long as it likes.",
        HelpName = "seconds",
    };

    public Option<int?> MaxOutput { get; } = new("--max-output")
    {
        Description = $"How much a cell may print and show, up to 1000 MB; without it, {CellLimits.UsualMegabytes} MB.",
        HelpName = "MB",
    };

    public CellLimits In(ParseResult arguments) =>
        new(arguments.GetValue(Timeout), arguments.GetValue(MaxOutput) ?? CellLimits.UsualMegabytes);

    private static void Refuse(OptionResult result, Func<string, bool> isRight)
    {
        if (result.Tokens is [var token] && !isRight(token.Value))
            result.AddError($"{result.Option.Name} wants a number of {result.Option.HelpName}, and got '{token.Value}'.");
    }
}
