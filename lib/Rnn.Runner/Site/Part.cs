namespace Rnn.Runner.Site;

/// <summary>Which part of the course a page belongs to; the menu has a list for each.</summary>
internal enum Part
{
    /// <summary>None: the landing page, and what stands where a page is missing.</summary>
    None,

    /// <summary>The lessons, and the extras.</summary>
    Lessons,

    /// <summary>What stands beside them: the workshop's plan, the terms.</summary>
    Companions,

    /// <summary>The solutions to their exercises.</summary>
    Solutions,
}
