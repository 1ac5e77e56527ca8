namespace Rnn.Tests;

/// <summary>What target rows look like.</summary>
public enum Labels
{
    OneHot,
    MultiHot,
    Fractional,
    Zero,
}
