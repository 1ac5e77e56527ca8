using System.Diagnostics;

namespace Rnn.Benchmarks;

/// <summary>One training.</summary>
/// <param name="Seconds">How long it took.</param>
/// <param name="Losses">Of each epoch; null from one who starts with weights of its own.</param>
internal readonly record struct Run(double Seconds, IReadOnlyList<double>? Losses)
{
    /// <summary>Trains by the watch.</summary>
    public static Run Of(Func<IReadOnlyList<double>> train)
    {
        long start = Stopwatch.GetTimestamp();
        IReadOnlyList<double> losses = train();
        return new Run(Stopwatch.GetElapsedTime(start).TotalSeconds, losses);
    }
}
