using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Lessons.Tests;

/// <summary>
/// The links of README and notebooks, without a network: those that lead into the repository lead to a file or heading that is
/// there, the others have the form of an https address. From README some lead to pages of the repository on GitHub, wherever that
/// is: to a workflow, its badge, or what it has published.
/// </summary>
public partial class LinkTests
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseMathematics()
        .UseAutoLinks().UseFootnotes().Build();

    private static readonly string Notebooks = Repo.Path("notebooks");

    private static readonly string Root = Repo.Root;

    public static TheoryData<string> Names =>
        new(Directory.GetFiles(Notebooks, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is ".md" or ".ipynb")
            .Concat(Directory.GetFiles(Repo.Path(".github"), "*.md"))
            .Append(Repo.Path("README.md"))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Lead_somewhere(string name)
    {
        string path = Path.Combine(Root, name);
        Assert.Empty(Texts(path).SelectMany(LinksIn).Select(link => Problem(path, link)).OfType<string>());
    }

    [Theory]
    [InlineData("https://example.org/a?b=c#d", null)]
    [InlineData("http://example.org", "is not https")]
    [InlineData("ftp://example.org", "is not https")]
    [InlineData("//example.org/a", "is not https")]
    [InlineData("https://", "is not well-formed")]
    [InlineData("https://example/a", "is not well-formed")]
    [InlineData("https://example.org/a b", "is not well-formed")]
    [InlineData("images/unrolled.svg", null)]
    [InlineData("../lib", null)]
    [InlineData("images/none.svg", "leads to no file")]
    [InlineData("../../outside", "leads out of the repository")]
    [InlineData("../README.md#two-commands", null)]
    [InlineData("../README.md#three-commands", "leads to no heading")]
    [InlineData("04-making-it-fast.ipynb#no-such-heading", "leads to no heading")]
    [InlineData("#no-such-heading", "leads to no heading")]
    public void What_leads_nowhere_is_found(string link, string? problem)
    {
        string? found = Problem(Path.Combine(Notebooks, "01-rnn-from-scratch.ipynb"), link);
        Assert.Equal(problem is null ? null : $"'{link}' {problem}", found);
    }

    [Theory]
    [InlineData("README.md", "../../actions/workflows/ci.yml", null)]
    [InlineData("README.md", "../../actions/workflows/ci.yml/badge.svg", null)]
    [InlineData("README.md", "../../actions/workflows/none.yml/badge.svg", "names no workflow")]
    [InlineData("README.md", "../../deployments/github-pages", null)]
    [InlineData("README.md", "../../deployments/elsewhere", "names nothing that a workflow publishes")]
    [InlineData("README.md", "../../lib", "leads out of the repository")]
    [InlineData("notebooks/README.md", "../../actions/workflows/ci.yml", "leads out of the repository")]
    public void Pages_of_the_repository_on_GitHub_are_known(string file, string link, string? problem) =>
        Assert.Equal(problem is null ? null : $"'{link}' {problem}", Problem(Path.Combine(Root, file), link));

    [Fact]
    public void Links_of_every_form_are_seen()
    {
        const string Text = """
            [a](1) and ![b](2 "title"), [c][ref], <https://4.org>, https://5.org, <a href="6">d</a>, $x[1](7)$, `[e](8)`

            [ref]: 3

            <p align="center"><img src="9" alt="f"></p>

            | [g](10) |
            |---|
            | h[^1] |

            [^1]: [i](11)
            """;
        Assert.Equal(
            ["1", "10", "11", "2", "3", "6", "9", "https://4.org", "https://5.org"],
            LinksIn(Text).Distinct().Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Texts(string path) =>
        path.EndsWith(".ipynb", StringComparison.Ordinal)
            ? NotebookFile.Read(path, path).Cells.Where(cell => cell.Type == "markdown").Select(cell => cell.Source)
            : [File.ReadAllText(path)];

    private static IEnumerable<string> LinksIn(string text) =>
        Markdown.Parse(text, Pipeline).Descendants().SelectMany(part => part switch
        {
            LinkInline { Url: string url } => [url],
            AutolinkInline link => [link.Url],
            HtmlInline html => Attributes(html.Tag),
            HtmlBlock html => Attributes(html.Lines.ToString()),
            _ => Enumerable.Empty<string>(),
        });

    private static IEnumerable<string> Attributes(string html) =>
        Regex.Matches(html, """\b(?:href|src)\s*=\s*["']([^"']*)["']""", RegexOptions.IgnoreCase)
            .Select(match => match.Groups[1].Value);

    /// <summary>What is wrong with a link in a file, or null.</summary>
    private static string? Problem(string path, string link)
    {
        if (link.StartsWith("//", StringComparison.Ordinal) || Regex.IsMatch(link, "^[A-Za-z][A-Za-z0-9+.-]*:"))
            return !link.StartsWith("https://", StringComparison.Ordinal) ? $"'{link}' is not https"
                : Uri.IsWellFormedUriString(link, UriKind.Absolute)
                    && new Uri(link).Host.Contains('.', StringComparison.Ordinal) ? null
                : $"'{link}' is not well-formed";

        // GitHub shows README at /owner/name/blob/main/: two up is the repository's own page.
        if (OnGitHub.Match(link) is { Success: true } page && path == Path.Combine(Root, "README.md"))
        {
            string[] workflows = Directory.GetFiles(Repo.Path(".github", "workflows"));
            return page.Groups["workflow"] is { Success: true, Value: string name }
                ? workflows.Any(workflow => Path.GetFileName(workflow) == name) ? null : $"'{link}' names no workflow"
                : workflows.Any(workflow => File.ReadAllText(workflow)
                    .Contains($"environment:\n      name: {page.Groups["environment"].Value}\n", StringComparison.Ordinal)) ? null
                : $"'{link}' names nothing that a workflow publishes";
        }

        string[] parts = link.Split('#', 2);
        string target = parts[0].Length == 0
            ? path
            : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, Uri.UnescapeDataString(parts[0])));
        if (Path.GetRelativePath(Root, target).StartsWith("..", StringComparison.Ordinal))
            return $"'{link}' leads out of the repository";
        if (!Path.Exists(target))
            return $"'{link}' leads to no file";
        return parts.Length == 1 || Anchors(target).Contains(parts[1]) ? null : $"'{link}' leads to no heading";
    }

    /// <summary>The anchors that GitHub, VS Code and our page give a file's headings.</summary>
    private static HashSet<string> Anchors(string path)
    {
        HashSet<string> anchors = [];
        foreach (
            HeadingBlock heading in Texts(path).SelectMany(text => Markdown.Parse(text, Pipeline).Descendants<HeadingBlock>()))
        {
            string text = string.Concat(
                heading.Inline!.Descendants()
                    .Select(part => part is CodeInline code ? code.Content : part is LiteralInline ? part.ToString() : ""));
            string slug = Regex.Replace(text.ToLowerInvariant(), @"[^\p{L}\p{N} _-]", "").Replace(' ', '-');
            for (int i = 0; !anchors.Add(i == 0 ? slug : $"{slug}-{i}"); i++)
                continue;
        }

        return anchors;
    }

    [GeneratedRegex(@"^\.\./\.\./(?:actions/workflows/(?<workflow>[\w.-]+)(?:/badge\.svg)?|deployments/(?<environment>[\w-]+))$")]
    private static partial Regex OnGitHub { get; }
}
