namespace Rnn;

/// <summary>How <see cref="RecurrentNetwork.Train"/> trains. The defaults are the source's.</summary>
/// <remarks>
/// Source: the arguments of <c>train_rnn</c>. Checked by <see cref="RecurrentNetwork.Train"/>, before it starts.
/// </remarks>
public sealed record TrainingOptions
{
    /// <summary>
    /// Number of hidden units, at least 1. Null: that of <see cref="InitialWeights"/>, else 10. Refused if the two disagree.
    /// </summary>
    public int? HiddenDim { get; init; }

    /// <summary>How often to go through all sequences; 0 returns the initial weights and no losses.</summary>
    public int Epochs { get; init; } = 1000;

    /// <summary>Step size of gradient descent: each weight moves by -LearningRate * gradient. Positive and finite.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>Report after epochs 0, ReportEvery, 2 * ReportEvery, ... At least 1.</summary>
    public int ReportEvery { get; init; } = 100;

    /// <summary>
    /// Draws the initial weights, as <see cref="RecurrentNetwork.InitializeWeights"/> does with its scale of 0.01. Either this
    /// or <see cref="InitialWeights"/>.
    /// </summary>
    public Random? Random { get; init; }

    /// <summary>The weights to start from; they are copied, never changed. Either these or <see cref="Random"/>.</summary>
    public Weights? InitialWeights { get; init; }

    /// <summary>Which formula gives d loss / d logits.</summary>
    public OutputGradient OutputGradient { get; init; } = OutputGradient.AsInSource;

    /// <summary>
    /// If set, all gradients of a sequence are scaled together so that their joint 2-norm is at most this: positive and finite.
    /// The source does not clip. (Pascanu, Mikolov, Bengio 2013, On the difficulty of training recurrent neural networks.)
    /// </summary>
    public double? ClipNorm { get; init; }

    /// <summary>
    /// How many threads train together, at least 1; never more than there are groups of eight hidden units, or of sixteen with
    /// vectors of 512 bits. Null chooses: as many as pay, 1 for small networks, and only on cores that nothing else needs. Any
    /// number gives the same bits.
    /// </summary>
    public int? Threads { get; init; }
}
