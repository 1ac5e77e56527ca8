namespace Lessons.Tests;

/// <summary>The committed lessons, their solutions and their exercises.</summary>
internal static partial class Lessons
{
    /// <summary>What a new lesson is copied from; it has not been run.</summary>
    public const string Template = "../.github/lesson-template.ipynb";

    /// <summary>The lessons' file names; a lesson's solution has the same, in the folder solutions.</summary>
    public static string[] Names => NamesIn(Repo.Path("notebooks"), "??-*.ipynb");

    public static string[] SolutionNames => NamesIn(Repo.Path("notebooks", "solutions"), "*.ipynb");

    /// <summary>All notebooks, by their path below notebooks/.</summary>
    public static string[] Notebooks =>
        [.. NamesIn(Repo.Path("notebooks"), "*.ipynb"), .. SolutionNames.Select(name => $"solutions/{name}")];

    public static NotebookFile Read(string name) => NotebookFile.Read(Repo.Path("notebooks", name), $"notebooks/{name}");

    public static Cell? Find(this NotebookFile notebook, string id) => notebook.Cells.FirstOrDefault(cell => cell.Id == id);

    /// <summary>The ids of the cells that pose the exercises, such as exercise-1.</summary>
    public static string[] Exercises(NotebookFile notebook) =>
        [.. notebook.Cells.Select(cell => cell.Id).Where(id => ExerciseId.IsMatch(id))];

    /// <summary>The number of an exercise, as its check says it.</summary>
    public static string Number(string exercise) => exercise["exercise-".Length..];

    /// <summary>What outputs show as text: what is printed, and the plain form of what is displayed.</summary>
    public static string Shown(IEnumerable<JsonObject> outputs) =>
        string.Join('\n', outputs.Select(output => output.ContainsKey("text")
            ? Outputs.Text(output["text"])
            : Outputs.DataOf(output).FirstOrDefault(each => each.Key == "text/plain").Value));

    /// <summary>Fails with all faults, a line each.</summary>
    public static void AssertNone(IEnumerable<string> faults)
    {
        string all = string.Join('\n', faults);
        Assert.True(all.Length == 0, all);
    }

    private static string[] NamesIn(string folder, string pattern) =>
        Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, pattern).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]
            : [];

    [GeneratedRegex(@"^exercise-\d+$")] private static partial Regex ExerciseId { get; }
}
