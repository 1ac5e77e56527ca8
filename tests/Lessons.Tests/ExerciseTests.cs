using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Lessons.Tests;

/// <summary>The exercises at the end of each lesson. Each run takes both processors, so these run one after the other.</summary>
[Collection(Alone.Name)]
public class ExerciseTests
{
    public static TheoryData<string> Names => new(Lessons.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public void There_are_three_to_five_each_with_a_starter_and_a_check_from_predict_to_build(string name)
    {
        NotebookFile lesson = Lessons.Read(name);
        string[] exercises = Lessons.Exercises(lesson);
        Assert.InRange(exercises.Length, 3, 5);
        Assert.Equal(
            ["exercises", .. Enumerable.Range(1, exercises.Length).SelectMany(n => new[] { $"exercise-{n}", $"exercise-{n}-start", $"exercise-{n}-check" })],
            lesson.Cells.Select(cell => cell.Id).Where(id => id.StartsWith("exercise", StringComparison.Ordinal)));

        string[] kinds = ["Predict", "Change", "Build"];
        int[] found = [.. exercises.Select((id, i) =>
        {
            Match start = Regex.Match(lesson.Find(id)!.Source, @"^\*\*(\d+)\. (Predict|Change|Build)\.\*\*");
            Assert.True(start.Success, $"{name}, {id} must begin with **{i + 1}. Predict.**, **{i + 1}. Change.** or **{i + 1}. Build.**");
            Assert.Equal($"{i + 1}", start.Groups[1].Value);
            return Array.IndexOf(kinds, start.Groups[2].Value);
        })];
        Assert.Equal(found.Order(), found);
        Assert.Equal(2, found[^1]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void With_nothing_filled_in_every_check_says_not_yet(string name)
    {
        NotebookFile lesson = Lessons.Read(name);
        foreach (string id in Lessons.Exercises(lesson))
            Assert.Matches($"^{Number(id)}: not yet\\. .+\n$", Lessons.Shown(lesson.Find($"{id}-check")!));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_stored_wrong_answer_is_said_to_be_wrong(string name)
    {
        NotebookFile lesson = Lessons.Read(name);
        string[] exercises = Lessons.Exercises(lesson);
        Dictionary<string, WrongAnswer[]> stored = WrongAnswers(name);
        Assert.Equal(exercises, stored.Keys.Order(StringComparer.Ordinal));
        Assert.All(stored, each => Assert.NotEmpty(each.Value));

        using Sandbox sandbox = new();
        sandbox.Write("wrong.ipynb", Notebooks.Of([.. WithAnswers(lesson, stored)]));
        (int exitCode, _, string error) = await sandbox.Run("write", "wrong.ipynb", "--output", "pages");
        Assert.True(exitCode == 0, error);
        NotebookFile run = NotebookFile.Read(sandbox["wrong.ipynb"], name);
        Assert.Multiple([.. stored.SelectMany(each => each.Value.Select((wrong, i) => (Action)(() =>
        {
            string says = Lessons.Shown(run.Find($"{each.Key}-check-{i}")!);
            Assert.True(
                says.Split('\n').Any(line => line.StartsWith($"{Number(each.Key)}: wrong", StringComparison.Ordinal) && line.Contains(wrong.Says, StringComparison.Ordinal)),
                $"{name}, {each.Key}, wrong answer {i + 1} should be answered by \"{wrong.Says}\", but the check says \"{says}\"");
            Assert.DoesNotContain(": right", says, StringComparison.Ordinal);
        })))]);
    }

    [Fact]
    public void No_file_of_wrong_answers_is_without_its_lesson() =>
        Assert.All(Directory.GetFiles(WrongAnswersFolder), path => Assert.Contains($"{Path.GetFileNameWithoutExtension(path)}.ipynb", Lessons.Names));

    private static readonly string WrongAnswersFolder = Repo.Path("tests", "Lessons.Tests", "wrong-answers");

    private static Dictionary<string, WrongAnswer[]> WrongAnswers(string name) =>
        JsonSerializer.Deserialize<Dictionary<string, WrongAnswer[]>>(
            File.ReadAllText(Path.Combine(WrongAnswersFolder, Path.ChangeExtension(name, ".json"))), JsonSerializerOptions.Web)!;

    /// <summary>The lesson's code, with each starter and its check replaced by every wrong answer, followed by the check.</summary>
    private static IEnumerable<JsonObject> WithAnswers(NotebookFile lesson, Dictionary<string, WrongAnswer[]> stored)
    {
        // Stopwatches have their say when the notebook runs alone; here other tests run beside it, and no exercise needs them.
        foreach (Cell cell in lesson.CodeCells.Where(cell => !cell.HasTag("optional") && !cell.HasTag("timed")))
        {
            if (Regex.IsMatch(cell.Id, @"^exercise-\d+-start$"))
                continue;
            if (!Regex.IsMatch(cell.Id, @"^exercise-\d+-check$"))
            {
                yield return Named(cell.Id, InFolder(lesson, cell.Source));
                continue;
            }

            string exercise = cell.Id[..^"-check".Length];
            for (int i = 0; i < stored[exercise].Length; i++)
            {
                yield return Named($"{exercise}-wrong-{i}", string.Join('\n', stored[exercise][i].Answer));
                yield return Named($"{exercise}-check-{i}", InFolder(lesson, cell.Source));
            }
        }
    }

    /// <summary>A cell's source for a notebook that lies elsewhere: the paths that start from the lesson's folder are made absolute.</summary>
    private static string InFolder(NotebookFile lesson, string source)
    {
        string folder = lesson.Folder.Replace('\\', '/');
        return source.Replace("\"../", $"\"{folder}/../", StringComparison.Ordinal).Replace("\"data/", $"\"{folder}/data/", StringComparison.Ordinal);
    }

    private static JsonObject Named(string id, string source)
    {
        JsonObject cell = Notebooks.Code(source);
        cell["id"] = id;
        return cell;
    }

    private static string Number(string exercise) => exercise["exercise-".Length..];

    /// <summary>An answer that is wrong, and what the check must say of it.</summary>
    /// <param name="Answer">The lines that take the starter's place.</param>
    /// <param name="Says">A part of the check's line.</param>
    private sealed record WrongAnswer(string[] Answer, string Says);
}

[CollectionDefinition(Name, DisableParallelization = true)]
public class Alone
{
    public const string Name = "alone";
}
