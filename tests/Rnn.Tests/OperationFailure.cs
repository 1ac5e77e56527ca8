namespace Rnn.Tests;

/// <summary>An exception that only a test throws.</summary>
internal sealed class OperationFailure() : Exception("thrown by a test");
