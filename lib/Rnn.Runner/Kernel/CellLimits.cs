namespace Rnn.Runner.Kernel;

/// <summary>What a cell must not exceed.</summary>
/// <param name="Seconds">How long it may run; null for as long as it likes.</param>
/// <param name="Megabytes">How much it may print and show, in millions of characters.</param>
internal sealed record CellLimits(double? Seconds = null, int Megabytes = CellLimits.UsualMegabytes)
{
    public const int UsualMegabytes = 10;
}
