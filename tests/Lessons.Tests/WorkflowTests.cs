namespace Lessons.Tests;

/// <summary>What runs on GitHub's machines is what was looked at, and may do no more than it must.</summary>
public sealed class WorkflowTests
{
    private static readonly string[] Workflows = Directory.GetFiles(Repo.Path(".github", "workflows"), "*.yml");

    [Fact]
    public void Every_action_is_pinned_by_its_commit_and_says_its_version()
    {
        string[] used = [.. Lines("uses:")];
        Assert.True(used.Length > 5);
        Assert.All(used, line => Assert.Matches(@"uses: actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line));
    }

    [Fact]
    public void An_action_has_the_same_commit_wherever_it_is_used() =>
        Assert.All(
            Lines("uses:").Select(line => line.Split("uses: ")[1]).Distinct().GroupBy(action => action.Split('@')[0]),
            action => Assert.Single(action));

    [Fact]
    public void Nothing_may_be_written_but_the_site_by_the_job_that_publishes_it()
    {
        Assert.All(Workflows, path => Assert.Contains("\npermissions:", File.ReadAllText(path), StringComparison.Ordinal));
        Assert.Equal(["pages: write", "id-token: write"], Lines(": write").Select(line => line.Trim()));
        string deploy = File.ReadAllText(Repo.Path(".github", "workflows", "pages.yml")).Split("\n  deploy:\n")[1];
        Assert.Equal(2, Regex.Count(deploy, ": write\n"));
    }

    private static IEnumerable<string> Lines(string with) =>
        Workflows.SelectMany(File.ReadAllLines).Where(line => line.Contains(with, StringComparison.Ordinal));
}
