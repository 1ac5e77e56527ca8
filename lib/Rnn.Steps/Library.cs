namespace Rnn.Steps;

/// <summary>
/// Step 6, the library: tiles in registers as in step 5, rows padded to whole vectors, tanh and the exponential of eight numbers
/// at a time. And step 7, cores: the same on several threads.
/// </summary>
public static class Library
{
    /// <summary>
    /// As <see cref="Readable.Train"/>; on one thread as all the other steps, on so many, or, where null, as the library chooses.
    /// </summary>
    public static TrainingResult Train(
        IReadOnlyList<Sequence> sequences, Weights initial, int epochs, double learningRate = 0.01, int? threads = 1) =>
        RecurrentNetwork.Train(
            sequences,
            new TrainingOptions { InitialWeights = initial, Epochs = epochs, LearningRate = learningRate, Threads = threads });
}
