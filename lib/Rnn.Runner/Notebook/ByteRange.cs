namespace Rnn.Runner.Notebook;

/// <summary>A stretch of the file's bytes.</summary>
internal readonly record struct ByteRange(int Start, int End);
