namespace Lessons.Tests;

/// <summary>The workshop's plan: its minutes add up, and its questions name cells that are there.</summary>
public sealed partial class WorkshopTests
{
    private static readonly string Plan = File.ReadAllText(Repo.Path("notebooks", "README.md"));

    [Fact]
    public void The_hands_on_minutes_are_45() =>
        Assert.Equal(45, Minutes.Matches(Section("## 45 minutes")).Sum(match => int.Parse(match.Groups[1].Value)));

    [Fact]
    public void Each_of_the_ten_questions_names_the_cell_of_lesson_01_that_answers_it()
    {
        NotebookFile lesson = Lessons.Read("01-rnn-from-scratch.ipynb");
        string[] cells = [.. Question.Matches(Section("### Ten questions")).Select(match => match.Groups["cell"].Value)];
        Assert.Equal(10, cells.Length);
        Lessons.AssertNone(
            from cell in cells
            where lesson.Find(cell) is null
            select $"notebooks/README.md: lesson 01 has no cell {cell}");
    }

    /// <summary>What stands below a heading, to the next one.</summary>
    private static string Section(string heading)
    {
        string below = Plan[(Plan.IndexOf(heading, StringComparison.Ordinal) + heading.Length)..];
        return below[..below.IndexOf("\n#", StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"(?m)^\| (\d+) \| \*\*")] private static partial Regex Minutes { get; }

    [GeneratedRegex(@"(?m)^\| \d+ \|.*\| `(?<cell>[\w-]+)` \|$")] private static partial Regex Question { get; }
}
