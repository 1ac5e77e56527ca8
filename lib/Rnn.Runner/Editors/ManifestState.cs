namespace Rnn.Runner.Editors;

/// <summary>How the file is that the extension looks for before it starts a kernel.</summary>
internal enum ManifestState
{
    /// <summary>Where the extension looks.</summary>
    Right,

    /// <summary>Where the SDK has written it, which is beside.</summary>
    Misplaced,

    /// <summary>Not there: the extension has not been started yet, and the SDK will misplace it.</summary>
    Missing,

    /// <summary>There, but no list of tools.</summary>
    Broken,
}
