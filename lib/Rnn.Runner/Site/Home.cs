using System.Reflection;

namespace Rnn.Runner.Site;

/// <summary>
/// Where the repository and its site are on the web. <c>Directory.Build.props</c> says it; a build that was not told leaves the
/// links out.
/// </summary>
/// <param name="Repository">The repository's address, <c>https://github.com/owner/name</c>; null where it is not known.</param>
/// <param name="Site">The site's address, with a slash at its end; null where it is not known.</param>
internal sealed record Home(string? Repository, string? Site)
{
    /// <summary>What this build was told.</summary>
    public static Home OfThisBuild { get; } = new(Told("RepositoryUrl"), Told("SiteUrl"));

    /// <summary>Where a file of the repository can be read; null where that is not known.</summary>
    /// <param name="path">Its path from the root, with slashes.</param>
    public string? File(string path) => Repository is null ? null : $"{Repository}/blob/HEAD/{path}";

    /// <summary>Where a page of the site can be read; null where that is not known.</summary>
    /// <param name="place">Its path below the site's root; the landing page needs no name.</param>
    public string? AddressOf(string place) => Site is null ? null : Site + (place == SitePage.Landing ? "" : place);

    /// <summary>The way from a page to the site's root, without a slash at its end.</summary>
    /// <param name="place">The page's path below the root.</param>
    public string ToRoot(string place) =>
        place.Contains('/', StringComparison.Ordinal) ? ".."
        // It is shown in place of pages at any depth.
        : place == SitePage.Missing && Site is not null ? new Uri(Site).AbsolutePath.TrimEnd('/')
        : ".";

    /// <summary>Where GitHub opens the repository in an editor in the browser; null where it is not known.</summary>
    public string? Codespaces => Repository is { } address && address.StartsWith(GitHub, StringComparison.Ordinal)
        ? $"https://codespaces.new/{address[GitHub.Length..]}"
        : null;

    private const string GitHub = "https://github.com/";

    private static string? Told(string name) =>
        typeof(Home).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(attribute => attribute.Key == name && attribute.Value is { Length: > 0 })?.Value;
}
