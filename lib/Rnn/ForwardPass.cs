namespace Rnn;

/// <summary>
/// The result of <see cref="RecurrentNetwork.Forward"/>, which <see cref="RecurrentNetwork.Backward"/> goes back through.
/// </summary>
/// <remarks>Source: the pair <c>h, y</c> that <c>rnn_forward</c> returns.</remarks>
/// <param name="H">The hidden states: (T, hidden), each entry in [-1, 1].</param>
/// <param name="Y">The outputs, probabilities: (T, output), each row summing to 1.</param>
public sealed record ForwardPass(Matrix<double> H, Matrix<double> Y);
