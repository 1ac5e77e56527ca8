using System.Text.RegularExpressions;

namespace Lessons.Tests;

/// <summary>The committed lessons, their solutions and their exercises.</summary>
internal static partial class Lessons
{
    /// <summary>File names; a lesson's solution has the same, in the folder solutions.</summary>
    public static string[] Names => NamesIn(Repo.Path("notebooks"));

    public static string[] SolutionNames => NamesIn(Path.Combine(Repo.Path("notebooks"), "solutions"));

    public static NotebookFile Read(string name) => NotebookFile.Read(Path.Combine(Repo.Path("notebooks"), name), $"notebooks/{name}");

    public static NotebookFile ReadSolution(string name) => Read($"solutions/{name}");

    public static Cell? Find(this NotebookFile notebook, string id) => notebook.Cells.FirstOrDefault(cell => cell.Id == id);

    /// <summary>The ids of the cells that pose the exercises, as exercise-1.</summary>
    public static string[] Exercises(NotebookFile notebook) =>
        [.. notebook.Cells.Select(cell => cell.Id).Where(id => ExerciseId().IsMatch(id))];

    /// <summary>What a cell shows as text: what it prints, and the plain form of its displays.</summary>
    public static string Shown(Cell cell) =>
        string.Join('\n', cell.Outputs.Select(output => output.ContainsKey("text")
            ? Outputs.Text(output["text"])
            : Outputs.DataOf(output).FirstOrDefault(each => each.Key == "text/plain").Value));

    private static string[] NamesIn(string folder) =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.ipynb").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)] : [];

    [GeneratedRegex(@"^exercise-\d+$")]
    private static partial Regex ExerciseId();
}
