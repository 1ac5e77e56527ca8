using System.CommandLine;

namespace Rnn.Runner.Commands;

/// <summary>One of the program's commands.</summary>
/// <param name="name">What is typed.</param>
/// <param name="description">What it does, in a sentence or two.</param>
/// <param name="examples">How to call it, from the verb on.</param>
internal sealed class Verb(string name, string description, params IReadOnlyList<string> examples) : Command(name, description)
{
    /// <summary>How to call it, from the verb on.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;
}
