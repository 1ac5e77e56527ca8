namespace Rnn.Runner.Kernel;

/// <summary>What a cell's #r line asks for is not there. An optional cell is skipped for this, and for nothing else.</summary>
internal sealed class SetUpException(string message) : Exception(message);
