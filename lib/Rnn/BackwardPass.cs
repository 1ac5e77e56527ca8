namespace Rnn;

/// <summary>The result of <see cref="RecurrentNetwork.Backward"/>.</summary>
/// <remarks>Source: the tuple <c>dWh, dWx, dWy, dbh, dby, loss</c> that <c>rnn_backward</c> returns.</remarks>
/// <param name="Gradients">
/// d loss / d weight, in the shapes of the weights: <c>Gradients.Wh</c> is the source's <c>dWh</c>.
/// </param>
/// <param name="Loss">The cross-entropy of the whole sequence in nats: -sum(yTrue * ln(Y + 1e-8)).</param>
public sealed record BackwardPass(Weights Gradients, double Loss);
