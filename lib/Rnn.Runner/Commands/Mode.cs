namespace Rnn.Runner.Commands;

/// <summary>What becomes of the outputs of a run.</summary>
internal enum Mode
{
    /// <summary>They go onto the page.</summary>
    Page,

    /// <summary>They are compared with the committed ones.</summary>
    Check,

    /// <summary>They go into the notebook, and onto the page.</summary>
    Write,
}
