namespace Rnn;

/// <summary>The result of training.</summary>
/// <param name="Weights">The weights after the last update, all finite; they share nothing with the initial ones.</param>
/// <param name="Losses">Per epoch, the loss of its last sequence in nats: what the source prints.</param>
/// <param name="MeanLosses">Per epoch, the mean loss of all sequences in nats, each taken just before its own update.</param>
public sealed record TrainingResult(Weights Weights, IReadOnlyList<double> Losses, IReadOnlyList<double> MeanLosses);
