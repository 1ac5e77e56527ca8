using System.Text.Json;

namespace Lessons.Tests;

/// <summary>An answer to an exercise that is wrong, and what the check must say of it.</summary>
/// <param name="Answer">The lines that take the starter's place.</param>
/// <param name="Says">A part of the check's line.</param>
internal sealed record WrongAnswer(string[] Answer, string Says)
{
    public string Code => string.Join('\n', Answer);

    /// <summary>A lesson's file of them, as it would be named in a message.</summary>
    public static string FileOf(string lesson) => $"tests/Lessons.Tests/wrong-answers/{Path.ChangeExtension(lesson, ".json")}";

    /// <summary>A lesson's wrong answers by exercise; none where it has no file.</summary>
    public static Dictionary<string, WrongAnswer[]> Of(string lesson)
    {
        string file = Repo.Path(FileOf(lesson));
        return File.Exists(file)
            ? JsonSerializer.Deserialize<Dictionary<string, WrongAnswer[]>>(File.ReadAllText(file), JsonSerializerOptions.Web)!
            : [];
    }

    /// <summary>What is wrong with what the check says of this answer, or null.</summary>
    public string? Fault(string exercise, string says)
    {
        bool isRefused = says.Split('\n').Any(line =>
            line.StartsWith($"{Lessons.Number(exercise)}: wrong", StringComparison.Ordinal) && line.Contains(Says, StringComparison.Ordinal));
        return isRefused && !says.Contains(": right", StringComparison.Ordinal)
            ? null
            : $"the check should answer \"{Lessons.Number(exercise)}: wrong …{Says}…\", and says \"{says.Trim()}\"";
    }
}
