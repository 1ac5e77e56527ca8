namespace Rnn.Testing;

/// <summary>
/// Tests that need the process for themselves, such as those that run cells in it, and so change its console and its current
/// folder: one after the other, alone.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessWide
{
    public const string Name = "process-wide";
}
