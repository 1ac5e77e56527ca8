namespace Rnn.Runner.Kernel;

/// <summary>A package or dll that a #r line asks for is missing.</summary>
internal sealed class SetUpException(string message) : Exception(message);
