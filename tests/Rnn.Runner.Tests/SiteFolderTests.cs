using Rnn.Runner.Site;

namespace Rnn.Runner.Tests;

/// <summary>The folder of a site: its own files come and go, and those of others stay.</summary>
public sealed class SiteFolderTests
{
    [Fact]
    public void What_an_earlier_site_left_goes_and_nothing_else()
    {
        using Sandbox sandbox = new();
        sandbox.Write("site/mine.txt", "mine");
        sandbox.Write("site/old/mine.txt", "mine");
        List<string> said = [];
        SiteFolder site = new(sandbox["site"]);
        site.Write(Files(("a.html", "1"), ("old/b.html", "2"), ("older/c.html", "3")), said.Add);
        Assert.Equal("2", sandbox.Read("site/old/b.html"));

        site.Write(Files(("a.html", "4"), ("d.html", "5")), said.Add);
        Assert.Equal(
            ["a.html", "d.html", SiteFolder.List, "mine.txt", "old/mine.txt"],
            Directory.EnumerateFiles(sandbox["site"], "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(sandbox["site"], path).Replace('\\', '/')).Order(StringComparer.Ordinal));
        Assert.Equal("4", sandbox.Read("site/a.html"));
        Assert.False(Directory.Exists(sandbox["site/older"]));
        Assert.Empty(said);
    }

    [Fact]
    public void What_was_changed_since_stays_and_is_named()
    {
        using Sandbox sandbox = new();
        List<string> said = [];
        SiteFolder site = new(sandbox["site"]);
        site.Write(Files(("a.html", "1"), ("b.html", "2")), said.Add);
        sandbox.Write("site/b.html", "my notes");
        site.Write(Files(("a.html", "1")), said.Add);
        Assert.Equal("my notes", sandbox.Read("site/b.html"));
        Assert.StartsWith("b.html ", Assert.Single(said), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_the_sites_is_in_the_way_unless_it_holds_the_same()
    {
        using Sandbox sandbox = new();
        sandbox.Write("site/index.html", "somebody's own");
        SiteFolder site = new(sandbox["site"]);
        Assert.Equal(["index.html"], site.InTheWay(Files(("index.html", "ours"), ("a.html", "1"))));
        Assert.Empty(site.InTheWay(Files(("index.html", "somebody's own"))));

        // Its own it may replace, also where somebody has changed them.
        site.Write(Files(("a.html", "1")), _ => { });
        sandbox.Write("site/a.html", "changed");
        Assert.Empty(site.InTheWay(Files(("a.html", "2"))));
    }

    [Fact]
    public void A_list_that_leads_out_of_the_folder_is_not_followed()
    {
        using Sandbox sandbox = new();
        sandbox.Write("outside.txt", "1");
        SiteFolder site = new(sandbox["site"]);
        site.Write(Files(("a.html", "1")), _ => { });
        string hash = sandbox.Read($"site/{SiteFolder.List}").Split(' ')[0];
        sandbox.Write($"site/{SiteFolder.List}", $"{hash}  ../outside.txt\n{hash}  {sandbox["outside.txt"]}\nnonsense\n");
        site.Write(Files(("a.html", "1")), _ => { });
        Assert.Equal("1", sandbox.Read("outside.txt"));
    }

    private static Dictionary<string, byte[]> Files(params (string Place, string Text)[] files) =>
        files.ToDictionary(file => file.Place, file => Encoding.UTF8.GetBytes(file.Text));
}
