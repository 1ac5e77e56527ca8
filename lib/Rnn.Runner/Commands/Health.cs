namespace Rnn.Runner.Commands;

/// <summary>Whether something that a notebook needs is there.</summary>
internal enum Health
{
    Ok,

    /// <summary>Not there, but the notebooks run without it.</summary>
    Note,

    /// <summary>A notebook cannot run.</summary>
    Bad,
}
