using System.Text.RegularExpressions;
using Rnn.Runner.Commands;
using Rnn.Runner.Kernel;

namespace Lessons.Tests;

/// <summary>The exercises at the end of each lesson.</summary>
[Collection(ProcessWide.Name)]
public sealed class ExerciseTests
{
    public static TheoryData<string> Names => new(Lessons.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public void There_are_three_to_five_each_with_a_starter_and_a_check_from_predict_to_build(string name)
    {
        NotebookFile lesson = Lessons.Read(name);
        string[] exercises = Lessons.Exercises(lesson);
        Assert.True(
            exercises.Length is >= 3 and <= 5,
            $"{name}: three to five exercises are asked for, and there are {exercises.Length} cells whose id is exercise-1, exercise-2, …");
        string[] expected =
        [
            "exercises",
            .. Enumerable.Range(1, exercises.Length)
                .SelectMany(n => new[] { $"exercise-{n}", $"exercise-{n}-start", $"exercise-{n}-check" }),
        ];
        string[] found = [.. lesson.Cells.Select(cell => cell.Id).Where(id => id.StartsWith("exercise", StringComparison.Ordinal))];
        Assert.True(
            expected.SequenceEqual(found),
            $"{name}: the ids of the exercises' cells must be {string.Join(", ", expected)}; they are {string.Join(", ", found)}");

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
    public void Every_stored_wrong_answer_is_said_to_be_wrong(string name)
    {
        NotebookFile lesson = Lessons.Read(name);
        Dictionary<string, (Cell Check, WrongAnswer[] Wrong)> exercises = WrongAnswer.Of(name)
            .Where(each => lesson.Find($"{each.Key}-check") is not null)
            .ToDictionary(each => each.Key, each => (lesson.Find($"{each.Key}-check")!, each.Value));
        Cell[] cells = [.. lesson.CodeCells.Where(cell => !cell.HasTag("optional")
            && !Regex.IsMatch(cell.Id, @"^exercise-\d+-(start|check)$"))];
        bool[] needed = NeededCells.Find(
            lesson.Folder,
            [.. cells.Select(cell => cell.Source)],
            exercises.Values.SelectMany(each => each.Wrong.Select(wrong => wrong.Code).Append(each.Check.Source)));

        KernelSession session = new(lesson.Path, lesson.Name);
        foreach (Cell cell in cells.Where((_, i) => needed[i]))
        {
            CellResult result = Run(cell, cell.Id, cell.Source);
            Assert.True(result.Failure is null, $"{Failure(result)}\nThe exercises of {name} need this cell.");
            // What the exercises need runs here without the rest, and must give what it gave with the rest.
            Lessons.AssertNone(Comparison.Differences(cell, result.Outputs, cell.ExecutionCount).Select(difference =>
                $"{name}, {cell.Id}: {difference}. If 'dotnet run --project lib/Rnn.Runner -- check {lesson.Name}' finds this too, "
                + "'write' in place of 'check' mends it; otherwise the exercises need a cell that NeededCells has left out."));
        }

        List<string> faults = [];
        foreach ((string id, (Cell check, WrongAnswer[] answers)) in exercises)
        {
            foreach ((int i, WrongAnswer wrong) in answers.Index())
            {
                CellResult result = Run(check, $"{id}-check-{i + 1}", $"{wrong.Code}\n{check.Source}");
                string? fault = Failure(result) ?? wrong.Fault(id, Lessons.Shown(result.Outputs));
                if (fault is not null)
                    faults.Add($"{name}, {id}, wrong answer {i + 1} ({wrong.Answer[0].Trim()}): {fault}");
            }
        }

        Lessons.AssertNone(faults);

        CellResult Run(Cell cell, string asId, string source) =>
            session.Run(new CellRequest(asId, cell.Number, source, cell.ExecutionCount ?? cell.Number), _ => { });

        string? Failure(CellResult result) => result.Failure is null ? null : string.Join('\n', result.Failure.Messages);
    }

    [Fact]
    public void No_file_of_wrong_answers_is_without_its_lesson() =>
        Lessons.AssertNone(
            from path in Directory.GetFiles(Repo.Path("tests", "Lessons.Tests", "wrong-answers"))
            where !Lessons.Names.Contains($"{Path.GetFileNameWithoutExtension(path)}.ipynb")
            select $"tests/Lessons.Tests/wrong-answers/{Path.GetFileName(path)} belongs to no lesson");
}
