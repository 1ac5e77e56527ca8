namespace Rnn.Runner.Commands;

/// <summary>One of the program's commands.</summary>
internal sealed class Verb : Command
{
    /// <param name="name">What is typed.</param>
    /// <param name="description">What it does, in a sentence or two.</param>
    /// <param name="examples">How to call it, from the verb on.</param>
    /// <param name="run">Does it, and returns the exit code.</param>
    public Verb(string name, string description, IReadOnlyList<string> examples, Func<ParseResult, int> run)
        : base(name, description)
    {
        Examples = examples;
        SetAction(run);
    }

    /// <summary>How to call it, from the verb on.</summary>
    public IReadOnlyList<string> Examples { get; }
}
