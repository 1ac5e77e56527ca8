namespace Lessons.Tests;

/// <summary>notebooks/solutions: each exercise solved and explained, and judged by the lesson's own cells.</summary>
public class SolutionTests
{
    public static TheoryData<string> Names => new(Lessons.Names);

    [Fact]
    public void Every_lesson_has_its_solution() => Assert.Equal(Lessons.Names, Lessons.SolutionNames);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_exercise_is_posed_solved_checked_and_explained(string name)
    {
        NotebookFile lesson = Lessons.Read(name);
        NotebookFile solution = Lessons.Read($"solutions/{name}");
        Assert.Equal(Lessons.Exercises(lesson), Lessons.Exercises(solution));
        foreach (string id in Lessons.Exercises(lesson))
        {
            Assert.NotEqual(lesson.Find($"{id}-start")!.Source, solution.Find($"{id}-start")?.Source);
            Assert.False(solution.Find($"{id}-start")!.IsBlank);
            Assert.Equal("markdown", solution.Find($"{id}-why")?.Type);
            Assert.StartsWith($"{id["exercise-".Length..]}: right", Lessons.Shown(solution.Find($"{id}-check")!.Outputs), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_cell_that_the_lesson_has_too_is_the_same_there(string name)
    {
        NotebookFile lesson = Lessons.Read(name);
        foreach (Cell cell in Lessons.Read($"solutions/{name}").Cells.Where(cell => !cell.Id.EndsWith("-start", StringComparison.Ordinal)))
        {
            if (lesson.Find(cell.Id) is Cell original)
                Assert.Equal(original.Source, OneFolderUp(cell.Source));
        }
    }

    /// <summary>A solution lies one folder deeper than its lesson.</summary>
    private static string OneFolderUp(string source) =>
        source.Replace("\"../data/", "\"data/", StringComparison.Ordinal).Replace("\"../../", "\"../", StringComparison.Ordinal);
}
