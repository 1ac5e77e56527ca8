namespace Rnn.Runner.Kernel;

/// <summary>What a session tells while a cell runs, as it happens.</summary>
internal abstract record KernelMessage
{
    /// <summary>A piece of text that the cell wrote to stdout or stderr.</summary>
    internal sealed record Printed(string Stream, string Text) : KernelMessage;

    /// <summary>A value that the cell showed, as nbformat has it.</summary>
    internal sealed record Shown(JsonObject Output) : KernelMessage;

    /// <summary>The compiler's warning, with its place.</summary>
    internal sealed record Warned(string Text) : KernelMessage;
}
