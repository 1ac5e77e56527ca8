namespace Rnn.Runner.Programs;

/// <summary>What the compiler has said of a notebook's cells, and how they become one program.</summary>
internal sealed record Plan
{
    /// <summary>How the value of a cell's last line is shown, by the cell's id: an expression with {0} in it.</summary>
    public IReadOnlyDictionary<string, string> Shown { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The functions and variables that a type uses, which become members, with the types of the variables; those of functions
    /// are empty.
    /// </summary>
    public IReadOnlyDictionary<string, string> Members { get; init; } = new Dictionary<string, string>();

    /// <summary>The namespaces that a cell uses without saying so, and a program does not.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = ["System.Collections", "System.Text"];

    /// <summary>Whether anything goes into a page.</summary>
    public bool HasPage { get; init; }
}
