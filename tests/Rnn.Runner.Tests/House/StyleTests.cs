using System.Text.RegularExpressions;

namespace Rnn.Runner.Tests.House;

/// <summary>What .editorconfig says and no analyser holds.</summary>
public sealed partial class StyleTests
{
    private static readonly string[] Endings = [".cs", ".js", ".css", ".py", ".sh", ".csproj", ".props", ".targets"];

    /// <summary>What a person of this house wrote, as git would list it.</summary>
    private static IEnumerable<string> Written =>
        Directory.EnumerateFiles(Repo.Root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repo.Root, path).Replace('\\', '/'))
            .Where(path => !Made.IsMatch(path));

    [Fact]
    public void No_line_is_wider_than_the_editorconfig_says()
    {
        int width = int.Parse(Regex.Match(Text(".editorconfig"), @"max_line_length = (\d+)").Groups[1].Value, null);
        Assert.Equal(130, width);
        Assert.Empty(
            from path in Written
            where Endings.Contains(Path.GetExtension(path)) || path.StartsWith(".ci/", StringComparison.Ordinal)
            from line in Text(path).Split('\n').Index()
            where line.Item.TrimEnd('\r').Length > width
            select $"{path}:{line.Index + 1} has {line.Item.TrimEnd('\r').Length} characters");
    }

    [Fact]
    public void Every_file_is_named_for_its_one_type() =>
        Assert.Empty(
            from path in Written
            where path.EndsWith(".cs", StringComparison.Ordinal) && Path.GetFileName(path) is not ("Program.cs" or "KernelApi.cs")
            let types = TopLevelType.Matches(Text(path)).Select(match => match.Groups["name"].Value).ToArray()
            where types is not [string type] || type != Path.GetFileNameWithoutExtension(path).Split('.')[0]
                && !Text(path).Contains($"public static partial class {type}", StringComparison.Ordinal)
            select $"{path} declares {string.Join(", ", types)}");

    [Fact]
    public void No_two_test_classes_have_one_name()
    {
        string[] classes =
        [
            .. from path in Written
               where path.StartsWith("tests/", StringComparison.Ordinal) && path.EndsWith("Tests.cs", StringComparison.Ordinal)
               select Path.GetFileName(path),
        ];
        Assert.Equal(classes.Distinct(), classes);
    }

    /// <summary>A suppression that recurs is a rule of the house, and belongs into .editorconfig.</summary>
    [Fact]
    public void No_warning_is_suppressed_more_than_twice() =>
        Assert.All(
            Written.Where(path => Path.GetExtension(path) is ".cs" or ".csproj")
                .SelectMany(path => Suppression.Matches(Text(path)))
                .SelectMany(match => match.Groups["ids"].Value.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries))
                .Where(id => !id.StartsWith('$'))
                .CountBy(id => id),
            each => Assert.InRange(each.Value, 1, 2));

    private static string Text(string path) => File.ReadAllText(Repo.Path(path));

    [GeneratedRegex(@"(^|/)(bin|obj|artifacts|\.git|\.vs|TestResults|BenchmarkDotNet\.Artifacts|node_modules|reveal)/")]
    private static partial Regex Made { get; }

    [GeneratedRegex(
        """
        ^((public|internal|file|static|sealed|abstract|partial|readonly|unsafe|ref)[ ])*
        (class|record[ ]struct|record|struct|enum|interface|delegate[ ]\w+)[ ](?<name>\w+)
        """,
        RegexOptions.Multiline | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex TopLevelType { get; }

    [GeneratedRegex(@"#pragma warning disable (?<ids>[^\r\n/]+)|<NoWarn>(?<ids>[^<]+)</NoWarn>")]
    private static partial Regex Suppression { get; }
}
