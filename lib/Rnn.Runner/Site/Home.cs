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

    private static string? Told(string name) =>
        typeof(Home).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(attribute => attribute.Key == name && attribute.Value is { Length: > 0 })?.Value;
}
