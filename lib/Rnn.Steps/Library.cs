namespace Rnn.Steps;

/// <summary>
/// Step 4, matrix by matrix: the library. What needs no step before or after it is done for all steps at once; only the
/// recurrence goes step by step.
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
