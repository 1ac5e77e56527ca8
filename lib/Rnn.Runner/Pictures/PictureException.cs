namespace Rnn.Runner.Pictures;

/// <summary>Why the figures of a notebook have no pictures, in one line.</summary>
internal sealed class PictureException(string message) : Exception(message);
