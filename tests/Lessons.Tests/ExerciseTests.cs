namespace Lessons.Tests;

/// <summary>The exercises at the end of each lesson.</summary>
[Collection(ProcessWide.Name)]
public sealed class ExerciseTests
{
    public static TheoryData<string> Names => new(Lessons.Names);

    public static TheoryData<string> WithTemplate => new(Lessons.Names.Append(Lessons.Template));

    [Theory]
    [MemberData(nameof(WithTemplate))]
    public void There_are_three_to_six_each_with_a_starter_and_a_check_from_predict_to_build(string name)
    {
        NotebookFile lesson = Lessons.Read(name);
        string[] exercises = Lessons.Exercises(lesson);
        Assert.True(
            exercises.Length is >= 3 and <= 6,
            $"{name}: three to six exercises are asked for, and there are {exercises.Length} cells whose id is exercise-1, "
                + $"exercise-2, …");
        string[] expected =
        [
            "exercises",
            .. Enumerable.Range(1, exercises.Length)
                .SelectMany(n => new[] { $"exercise-{n}", $"exercise-{n}-start", $"exercise-{n}-check" }),
        ];
        string[] found =
            [.. lesson.Cells.Select(cell => cell.Id).Where(id => id.StartsWith("exercise", StringComparison.Ordinal))];
        Assert.True(
            expected.SequenceEqual(found),
            $"{name}: the ids of the exercises' cells must be "
                + $"{string.Join(", ", expected)}; they are {string.Join(", ", found)}");

        string[] kinds = ["Predict", "Change", "Build"];
        int[] order = [.. exercises.Select((id, i) =>
        {
            Match start = Regex.Match(lesson.Find(id)!.Source, @"^\*\*(\d+)\. (Predict|Change|Build)\.\*\*");
            Assert.True(
                start.Groups[1].Value == $"{i + 1}",
                $"{name}, {id}: must begin with **{i + 1}. Predict.**, **{i + 1}. Change.** or **{i + 1}. Build.**");
            return Array.IndexOf(kinds, start.Groups[2].Value);
        })];
        Assert.True(
            order.Order().SequenceEqual(order) && order[^1] == 2,
            $"{name}: the exercises must go from Predict over Change to Build, and end with Build; "
            + $"they are {string.Join(", ", order.Select(kind => kinds[kind]))}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void With_nothing_filled_in_every_check_says_not_yet(string name)
    {
        NotebookFile lesson = Lessons.Read(name);
        Lessons.AssertNone(
            from id in Lessons.Exercises(lesson)
            let says = Lessons.Shown(lesson.Find($"{id}-check")?.Outputs ?? [])
            where !Regex.IsMatch(says, $"^{Lessons.Number(id)}: not yet\\. .+\n$")
            select $"{name}, {id}-check: with nothing filled in, the check must print one line, "
                + $"\"{Lessons.Number(id)}: not yet. …\" and what to fill in; it says \"{says}\"");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void There_are_wrong_answers_to_every_exercise(string name)
    {
        string[] exercises = Lessons.Exercises(Lessons.Read(name));
        Dictionary<string, WrongAnswer[]> stored = WrongAnswer.Of(name);
        string file = WrongAnswer.FileOf(name);
        Lessons.AssertNone([
            .. exercises.Where(id => stored.GetValueOrDefault(id) is not { Length: > 0 }).Select(id =>
                $"{name}, {id}: {file} has no wrong answer to it. Add some, with what the check must say of each: "
                + $$"""{"{{id}}": [{"answer": ["int? mine = 1;"], "says": "too small"}]}"""),
            .. stored.Keys.Except(exercises).Select(id => $"{file}: {name} has no {id}"),
        ]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_stored_wrong_answer_is_said_to_be_wrong(string name) =>
        Lessons.AssertNone(WrongAnswer.Faults(Lessons.Read(name), WrongAnswer.Of(name)));

    [Fact]
    public void No_file_of_wrong_answers_is_without_its_lesson() =>
        Lessons.AssertNone(
            from path in Directory.GetFiles(Repo.Path("tests", "Lessons.Tests", "wrong-answers"))
            where !Lessons.Names.Contains($"{Path.GetFileNameWithoutExtension(path)}.ipynb")
            select $"tests/Lessons.Tests/wrong-answers/{Path.GetFileName(path)} belongs to no lesson");
}
