namespace Lessons.Tests;

/// <summary>An answer to an exercise that is wrong, and what the check must say of it.</summary>
/// <param name="Answer">The lines that take the starter's place.</param>
/// <param name="Says">A part of the check's line.</param>
internal sealed record WrongAnswer(string[] Answer, string Says)
{
    /// <summary>Where a lesson's wrong answers are.</summary>
    public static string FileOf(string lesson) => $"tests/Lessons.Tests/wrong-answers/{Path.ChangeExtension(lesson, ".json")}";

    /// <summary>A lesson's wrong answers by exercise; none where it has no file.</summary>
    public static Dictionary<string, WrongAnswer[]> Of(string lesson) =>
        File.Exists(Repo.Path(FileOf(lesson))) ? Parse(File.ReadAllText(Repo.Path(FileOf(lesson)))) : [];

    public static Dictionary<string, WrongAnswer[]> Parse(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, WrongAnswer[]>>(json, JsonSerializerOptions.Web)!;

    /// <summary>
    /// Runs the cells that the exercises need, and no others, then each answer with its check; says what goes wrong, and which
    /// answers are not refused as they should be.
    /// </summary>
    public static IEnumerable<string> Faults(NotebookFile lesson, Dictionary<string, WrongAnswer[]> answers)
    {
        (string Exercise, Cell Check, WrongAnswer[] Answers)[] exercises = [.. from each in answers
            let check = lesson.Find($"{each.Key}-check")
            where check is not null
            select (each.Key, check, each.Value)];
        Cell[] cells = [.. lesson.CodeCells.Where(
            cell => !cell.HasTag("optional") && !Regex.IsMatch(cell.Id, @"^exercise-\d+-(start|check)$"))];
        bool[] needed = NeededCells.Find(
            lesson.Folder,
            [.. cells.Select(cell => cell.Source)],
            exercises.SelectMany(each => each.Answers.Select(answer => answer.Code).Append(each.Check.Source)));

        KernelSession session = new(lesson.Path, lesson.Name);
        foreach (Cell cell in cells.Where((_, i) => needed[i]))
        {
            if (cell.HasTag("timed"))
                yield return $"{lesson.Name}, {cell.Id}: the exercises need this cell, whose stopwatch errs beside other work";
            CellResult result = Run(cell, cell.Id, cell.Source);
            if (result.Failure is not null)
            {
                yield return $"{Failure(result)}\nThe exercises need this cell.";
                yield break;
            }

            // What the exercises need runs here without the rest, and must give what it gave with the rest.
            if (cell.ExecutionCount is null)
                continue;
            foreach (string difference in Comparison.Differences(cell, result.Outputs, cell.ExecutionCount))
                yield return $"{lesson.Name}, {cell.Id}: {difference}. If the runner's verb 'check' finds this too, 'write' "
                    + "mends it; otherwise a cell that was left out changes an object by a call: assign the new value instead.";
        }

        foreach ((string exercise, Cell check, WrongAnswer[] ofExercise) in exercises)
        {
            foreach ((int i, WrongAnswer answer) in ofExercise.Index())
            {
                CellResult result = Run(check, $"{check.Id}-{i + 1}", $"{answer.Code}\n{check.Source}");
                if ((Failure(result) ?? answer.Fault(exercise, Lessons.Shown(result.Outputs))) is string fault)
                    yield return $"{lesson.Name}, {exercise}, wrong answer {i + 1} ({answer.Answer[0].Trim()}): {fault}";
            }
        }

        CellResult Run(Cell cell, string asId, string source) =>
            session.Run(new CellRequest(asId, cell.Number, source, cell.ExecutionCount ?? cell.Number), _ => { });

        static string? Failure(CellResult result) => result.Failure is null ? null : string.Join('\n', result.Failure.Messages);
    }

    private string Code => string.Join('\n', Answer);

    /// <summary>What is wrong with what the check says of this answer, or null.</summary>
    private string? Fault(string exercise, string says)
    {
        string verdict = $"{Lessons.Number(exercise)}: wrong";
        bool isRefused = says.Split('\n').Any(line =>
            line.StartsWith(verdict, StringComparison.Ordinal) && line.Contains(Says, StringComparison.Ordinal));
        return isRefused && !says.Contains(": right", StringComparison.Ordinal)
            ? null
            : $"the check should answer \"{verdict} …{Says}…\", and says \"{says.Trim()}\"";
    }
}
