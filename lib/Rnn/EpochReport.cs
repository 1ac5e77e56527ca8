namespace Rnn;

/// <summary>Progress after an epoch. Source: <c>print(f'Epoch {epoch}, Loss: {loss}')</c>.</summary>
/// <param name="Epoch">The epoch that has just ended, counted from 0.</param>
/// <param name="Loss">The loss of the epoch's last sequence in nats: what the source prints.</param>
/// <param name="MeanLoss">The mean loss of all sequences of the epoch in nats, each taken just before its own update.</param>
public sealed record EpochReport(int Epoch, double Loss, double MeanLoss);
