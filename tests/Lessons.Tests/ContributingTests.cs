namespace Lessons.Tests;

/// <summary>.github/CONTRIBUTING.md and the template say what holds.</summary>
[Collection(ProcessWide.Name)]
public sealed class ContributingTests
{
    private static readonly string Text = File.ReadAllText(Repo.Path(".github", "CONTRIBUTING.md"));

    private static readonly string[] Examples =
        [.. Regex.Matches(Text, "```json\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value)];

    [Fact]
    public void Every_tag_and_metadata_field_that_notebooks_have_or_the_code_knows_is_explained()
    {
        IEnumerable<Cell> cells = Lessons.Notebooks.SelectMany(name => Lessons.Read(name).Cells);
        IEnumerable<string> sources = new[] { Repo.Path("lib", "Rnn.Runner"), Repo.Path("tests", "Lessons.Tests") }
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)).Select(File.ReadAllText);
        string[] words =
        [
            .. cells.SelectMany(cell => cell.Metadata.EnumerateObject()).Select(field => field.Name),
            .. cells.Where(cell => cell.Metadata.TryGetProperty("tags", out _))
                .SelectMany(cell => cell.Metadata.GetProperty("tags").EnumerateArray()).Select(tag => tag.GetString()!),
            .. sources.SelectMany(source => Regex.Matches(source, @"(?:HasTag|Metadata\.(?:Try)?GetProperty)\(""(\w+)"""))
                .Select(match => match.Groups[1].Value),
            .. "start check why".Split(' ').Select(part => $"exercise-N-{part}"),
        ];
        string[] known = [.. words.Distinct()];
        Assert.Superset("tags evidence source_cell volatile timed optional".Split(' ').ToHashSet(), known.ToHashSet());
        Assert.All(known, word => Assert.True(
            Text.Contains($"`{word}`", StringComparison.Ordinal)
                || Examples.Any(json => json.Contains($"\"{word}\"", StringComparison.Ordinal)),
            $".github/CONTRIBUTING.md does not explain {word}"));
    }

    [Fact]
    public void Its_examples_are_cells_whose_evidence_holds_and_metadata()
    {
        JsonObject[] parsed = [.. Examples.Select(json => JsonNode.Parse(json)!.AsObject())];
        NotebookFile notebook = Notebooks.Parse(Notebooks.Of([.. parsed.Where(each => each.ContainsKey("cell_type"))]));
        Assert.True(notebook.Cells.Count > 2);
        Lessons.AssertNone(Evidence.Faults(notebook));
        Assert.Contains(notebook.Cells, cell => cell.Metadata.TryGetProperty("evidence", out _));
    }

    [Fact]
    public void The_template_runs_and_its_claims_hold()
    {
        NotebookFile template = Lessons.Read(Lessons.Template);
        KernelSession session = new(template.Path, template.Name);
        Dictionary<string, (IReadOnlyList<JsonObject> Outputs, int? ExecutionCount)> results = [];
        foreach (Cell cell in template.CodeCells)
        {
            CellResult result = session.Run(new CellRequest(cell.Id, cell.Number, cell.Source, cell.Number), _ => { });
            Assert.True(result.Failure is null, string.Join('\n', result.Failure?.Messages ?? []));
            results[cell.Id] = (result.Outputs, cell.Number);
        }

        Lessons.AssertNone(Evidence.Faults(NotebookFile.Parse(template.With(results), template.Path, template.Name)));
        Assert.All(Lessons.Exercises(template), id => Assert.StartsWith(
            $"{Lessons.Number(id)}: not yet. ", Lessons.Shown(results[$"{id}-check"].Outputs), StringComparison.Ordinal));
    }

    [Fact]
    public void The_wrong_answers_that_it_shows_are_refused_by_the_template()
    {
        Dictionary<string, WrongAnswer[]> answers =
            WrongAnswer.Parse(Examples.Single(json => json.Contains("\"says\"", StringComparison.Ordinal)));
        NotebookFile template = Lessons.Read(Lessons.Template);
        Assert.Equal(Lessons.Exercises(template), answers.Keys);
        Lessons.AssertNone(WrongAnswer.Faults(template, answers));
    }
}
