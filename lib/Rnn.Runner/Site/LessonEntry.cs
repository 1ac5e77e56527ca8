namespace Rnn.Runner.Site;

/// <summary>A lesson as the table in notebooks/README.md tells of it: nothing else says this.</summary>
/// <param name="File">Its notebook, in the same folder.</param>
/// <param name="Name">Its number and its name: <c>01, from scratch</c>.</param>
/// <param name="Teaches">What it teaches, in half a sentence.</param>
/// <param name="Reading">How long reading and running it takes: <c>90 min</c>.</param>
/// <param name="WithExercises">How long it takes with its exercises.</param>
internal sealed partial record LessonEntry(string File, string Name, string Teaches, string Reading, string WithExercises)
{
    /// <summary>What a page about the lesson says of itself.</summary>
    public string Description => $"Lesson {Name}: {Teaches}.";

    /// <summary>What its solutions' page says of itself.</summary>
    public string SolutionsDescription =>
        $"The exercises of lesson {Name}, solved and explained, each with the check that judges it.";

    /// <summary>The lessons of the table, in its order.</summary>
    /// <param name="markdown">The text that the table stands in.</param>
    public static IReadOnlyList<LessonEntry> In(string markdown) =>
        [.. Row.Matches(markdown).Select(match => new LessonEntry(
            match.Groups["file"].Value, match.Groups["name"].Value, match.Groups["teaches"].Value,
            match.Groups["reading"].Value, match.Groups["exercises"].Value))];

    [GeneratedRegex(
        @"(?m)^\| \[(?<name>\d\d, [^\]]+)\]\((?<file>[^)]+\.ipynb)\) \| (?<teaches>[^|]+) \| (?<reading>\d+ min) "
            + @"\| (?<exercises>\d+ min) \|")]
    private static partial Regex Row { get; }
}
