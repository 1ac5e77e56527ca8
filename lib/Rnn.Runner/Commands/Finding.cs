namespace Rnn.Runner.Commands;

/// <summary>One thing that was checked.</summary>
/// <param name="Health">Whether it is as it should be.</param>
/// <param name="Text">What was found.</param>
/// <param name="Remedy">The command that fixes it.</param>
internal sealed record Finding(Health Health, string Text, string? Remedy = null);
