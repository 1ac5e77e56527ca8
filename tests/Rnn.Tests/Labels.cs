namespace Rnn.Tests;

/// <summary>What target rows look like.</summary>
internal enum Labels
{
    OneHot,
    MultiHot,
    Fractional,
    Zero,
}
