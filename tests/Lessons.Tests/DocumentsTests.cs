namespace Lessons.Tests;

/// <summary>What the documents tell a reader to type: the program knows its words, and the paths lead somewhere.</summary>
public sealed partial class DocumentsTests
{
    private static readonly string[] Folders = [".github", ".devcontainer", ".vscode", ".ci"];

    public static TheoryData<string> Names =>
        new([
            "README.md", "notebooks/README.md", "notebooks/terms.md", "lib/Rnn.Runner/Site/landing.md",
            .. Lessons.Notebooks.Select(name => $"notebooks/{name}"),
            .. Folders.SelectMany(folder => Directory.EnumerateFiles(Repo.Path(folder), "*", SearchOption.AllDirectories))
                .Select(path => Path.GetRelativePath(Repo.Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal),
        ]);

    [Theory]
    [MemberData(nameof(Names))]
    public void Name_commands_that_the_program_takes(string name) =>
        Lessons.AssertNone(
            from words in Commands(Text(name))
            from error in CommandLine.Parse(words, new Progress(TextWriter.Null, TextWriter.Null)).Errors
            select $"{name}: dotnet run --project lib/Rnn.Runner -- {string.Join(' ', words)}: {error.Message}");

    [Theory]
    [MemberData(nameof(Names))]
    public void Name_files_and_folders_that_are_there(string name) =>
        Lessons.AssertNone(
            from path in Paths(Text(name))
            where !Path.Exists(Repo.Path(path))
            select $"{name}: {path} does not exist");

    [Fact]
    public void Commands_and_paths_are_found_however_they_are_written()
    {
        const string Prose = """
            `dotnet run --project lib/Rnn.Runner` and
            `dotnet run --no-build --project lib/Rnn.Runner -- check a.ipynb`, in lib/Rnn.

            ```sh
            dotnet run -c Release --project lib/Rnn.Runner -- --help    # all verbs
            dotnet run --project lib/Rnn.Runner -- prefetch || echo "none"
            { "args": ["run", "--project", "lib/Rnn.Runner", "--", "doctor", "x"] }
            bash .ci/run; ls ../lib/Rnn notebooks/*.ipynb notebooks/NN-name.ipynb tests/Rnn.Tests.
            ```
            """;
        Assert.Equal(
            ["", "check a.ipynb", "--help", "prefetch", "doctor x"], Commands(Prose).Select(words => string.Join(' ', words)));
        Assert.Equal(["lib/Rnn.Runner", "lib/Rnn", ".ci/run", "tests/Rnn.Tests"], Paths(Prose).Distinct());
    }

    [Theory]
    [InlineData("`dotnet run --project lib/Rnn.Runner -- chek`")]
    [InlineData("`dotnet run --project lib/Rnn.Runner -- --check`")]
    [InlineData("`dotnet run --project lib/Rnn.Runner -- doctor more`")]
    public void What_the_program_does_not_take_is_found(string text) =>
        Assert.NotEmpty(CommandLine.Parse(Assert.Single(Commands(text)), new Progress(TextWriter.Null, TextWriter.Null)).Errors);

    private static string Text(string name) =>
        name.EndsWith(".ipynb", StringComparison.Ordinal)
            ? string.Join('\n', NotebookFile.Read(Repo.Path(name), name).Cells.Select(cell => cell.Source))
            : File.ReadAllText(Repo.Path(name));

    /// <summary>
    /// What follows the program's name in each command that runs it, in a shell's words or as VS Code has them.
    /// </summary>
    private static IEnumerable<string[]> Commands(string text) =>
        Command.Matches(Arguments.Replace(text, match => $"dotnet {Punctuation.Replace(match.Groups[1].Value, " ")}\n"))
            .Select(match => match.Groups["words"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(words => words is ["--", ..] ? words[1..] : words);

    /// <summary>The paths below the repository's own folders; a pattern, or a name with NN for a number, is none.</summary>
    private static IEnumerable<string> Paths(string text) =>
        PathFromRoot.Matches(text).Select(match => match.Value.TrimEnd('.'))
            .Where(path => !path.Contains('*', StringComparison.Ordinal) && !path.Contains("NN-", StringComparison.Ordinal));

    [GeneratedRegex(@"dotnet +run(?: +-{1,2}[\w-]+(?: +\w+)?)*? +--project +lib/Rnn\.Runner\b(?<words>[^`'""\n|&;#),]*)")]
    private static partial Regex Command { get; }

    [GeneratedRegex(@"""args"": \[([^\]]*)\]")] private static partial Regex Arguments { get; }

    [GeneratedRegex(@"[\s"",]+")] private static partial Regex Punctuation { get; }

    [GeneratedRegex(@"(?<![\w/.*-])(?:lib|tests|notebooks|\.ci|\.github|\.vscode|\.devcontainer|\.config)/[\w./*-]*")]
    private static partial Regex PathFromRoot { get; }
}
