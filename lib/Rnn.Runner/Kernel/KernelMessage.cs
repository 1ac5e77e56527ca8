using System.Text.Json.Serialization;

namespace Rnn.Runner.Kernel;

/// <summary>What is told while a cell runs, as it happens.</summary>
[JsonDerivedType(typeof(Printed), nameof(Printed))]
[JsonDerivedType(typeof(Shown), nameof(Shown))]
[JsonDerivedType(typeof(Warned), nameof(Warned))]
[JsonDerivedType(typeof(Overflowed), nameof(Overflowed))]
[JsonDerivedType(typeof(Finished), nameof(Finished))]
[JsonDerivedType(typeof(Ended), nameof(Ended))]
internal abstract record KernelMessage
{
    /// <summary>A piece of text that the cell wrote to stdout or stderr.</summary>
    internal sealed record Printed(string Stream, string Text) : KernelMessage;

    /// <summary>A value that the cell showed, as nbformat has it.</summary>
    internal sealed record Shown(JsonObject Output) : KernelMessage;

    /// <summary>The compiler's warning, with its place.</summary>
    internal sealed record Warned(string Text) : KernelMessage;

    /// <summary>The cell has printed and shown more than it may; what comes after this is lost.</summary>
    internal sealed record Overflowed : KernelMessage;

    /// <summary>The cell has come to its end, if there is no failure, and to a failure otherwise.</summary>
    internal sealed record Finished(CellFailure? Failure) : KernelMessage;

    /// <summary>The process that runs the cell is about to end, and why.</summary>
    internal sealed record Ended(string Why) : KernelMessage;
}
