using Rnn.Runner.Site;

namespace Rnn.Browser.Tests.Site;

/// <summary>The site, built once as a reader builds it, and served below a path, as GitHub serves it.</summary>
internal static class BuiltSite
{
    // It stays there after the tests, for whoever wants to see what a test saw.
    private static readonly string To = Repo.Path("artifacts", "site");

    private static readonly Lazy<(int ExitCode, string Output)> Built = new(Build);

    /// <summary>The page of a missing one names the whole path from the host, where that is known.</summary>
    private static readonly Lazy<StaticServer> Serving = new(() => new(
        Folder, Home.OfThisBuild.Site is string site ? new Uri(site).AbsolutePath : "/some/where/"));

    /// <summary>The folder of its files; fails unless they could be written.</summary>
    public static string Folder
    {
        get
        {
            Assert.True(Built.Value.ExitCode == 0, Built.Value.Output);
            return To;
        }
    }

    public static StaticServer Server => Serving.Value;

    /// <summary>Its pages: their paths from its root, with slashes.</summary>
    public static IReadOnlyList<string> Places =>
        [.. Directory.EnumerateFiles(Folder, "*.html", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    /// <summary>The notebook whose page stands at a place; null where it is none's.</summary>
    public static string? NotebookOf(string place) =>
        Notebooks.All.FirstOrDefault(notebook => place == notebook + ".html");

    /// <summary>The file at a place.</summary>
    public static string PathOf(string place) => Path.Combine(Folder, place);

    /// <summary>A page's address on the server.</summary>
    public static string Address(string place) => new Uri(Server.Root, place).AbsoluteUri;

    private static (int ExitCode, string Output) Build()
    {
        if (Directory.Exists(To))
            Directory.Delete(To, recursive: true);
        return Tool.Dotnet(Repo.Root, ["run", "--no-build", "--project", "lib/Rnn.Runner", "--", "site", To]);
    }
}
