namespace Lessons.Tests;

/// <summary>notebooks/solutions: each exercise solved and explained, and judged by the lesson's own cells.</summary>
public sealed class SolutionTests
{
    public static TheoryData<string> Names => new(Lessons.Names.Intersect(Lessons.SolutionNames));

    [Fact]
    public void Every_lesson_has_its_solution() =>
        Lessons.AssertNone([
            .. Lessons.Names.Except(Lessons.SolutionNames).Select(name =>
                $"notebooks/solutions/{name} is missing: a notebook with the cells that the exercises need, the exercises "
                + "solved in their exercise-1-start, …, and a text exercise-1-why, … that explains each"),
            .. Lessons.SolutionNames.Except(Lessons.Names).Select(name => $"notebooks/solutions/{name} belongs to no lesson"),
        ]);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_exercise_is_posed_solved_checked_and_explained(string name)
    {
        NotebookFile lesson = Lessons.Read(name);
        NotebookFile solution = Lessons.Read($"solutions/{name}");
        Lessons.AssertNone([
            .. Lessons.Exercises(solution).Except(Lessons.Exercises(lesson)).Select(
                id => $"solutions/{name}, {id}: the lesson has none"),
            .. from id in Lessons.Exercises(lesson)
               from fault in Faults(id)
               select $"solutions/{name}, {fault}",
        ]);

        Assert.Equal(Lessons.Exercises(lesson), Lessons.Exercises(solution));

        IEnumerable<string> Faults(string id)
        {
            if (solution.Find(id) is null)
                yield return $"{id} is missing: the exercise, as the lesson poses it";
            Cell? start = solution.Find($"{id}-start");
            if (start is null or { IsBlank: true } || start.Source == lesson.Find($"{id}-start")?.Source)
                yield return $"{id}-start must hold the solution";
            if (solution.Find($"{id}-why")?.Type != "markdown")
                yield return $"{id}-why is missing: a text that explains the solution";
            string says = Lessons.Shown(solution.Find($"{id}-check")?.Outputs ?? []);
            if (!says.StartsWith($"{Lessons.Number(id)}: right", StringComparison.Ordinal))
                yield return $"{id}-check must say \"{Lessons.Number(id)}: right …\", and says \"{says}\"; "
                    + $"run 'dotnet run --project lib/Rnn.Runner -- write notebooks/solutions/{name}'";
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_cell_that_the_lesson_has_too_is_the_same_there(string name)
    {
        NotebookFile lesson = Lessons.Read(name);
        Lessons.AssertNone(
            from cell in Lessons.Read($"solutions/{name}").Cells
            where !cell.Id.EndsWith("-start", StringComparison.Ordinal)
            where lesson.Find(cell.Id) is Cell original && original.Source != OneFolderUp(cell.Source)
            select $"solutions/{name}, {cell.Id} differs from the lesson's cell of that name: copy it, with ../ before its "
                + $"paths");
    }

    /// <summary>A solution lies one folder deeper than its lesson.</summary>
    private static string OneFolderUp(string source) =>
        source.Replace("\"../data/", "\"data/", StringComparison.Ordinal).Replace("\"../../", "\"../", StringComparison.Ordinal);
}
