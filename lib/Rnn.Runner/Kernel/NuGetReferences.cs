using System.Security;

namespace Rnn.Runner.Kernel;

/// <summary>
/// Resolves <c>#r "nuget: X, v"</c> as a project would: a tiny project is restored by the SDK from the feeds that are configured
/// for the notebook's folder. All packages of a notebook are resolved together, so that they agree on what they share.
/// </summary>
internal sealed partial class NuGetReferences(string folder)
{
    private Dictionary<string, string> packages = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The package and the exact version that a reference names; null where it does not.</summary>
    public static (string Package, string Version)? Parse(string reference) =>
        Reference.Match(reference) is { Success: true } match ? (match.Groups[1].Value, match.Groups[2].Value) : null;

    /// <summary>The packages that a cell names.</summary>
    public static IReadOnlyList<(string Package, string Version)> In(Cell cell) =>
        [.. KernelSession.ReferencesIn(cell.Source)
            .Select(directive => Parse(directive.File.ValueText)).OfType<(string, string)>().Distinct()];

    /// <summary>The packages that a notebook's cells name.</summary>
    public static IReadOnlyList<(string Package, string Version)> In(NotebookFile notebook) =>
        [.. notebook.CodeCells.SelectMany(In).Distinct()];

    /// <summary>
    /// The packages that a cell tagged <c>large</c> would download, in words; null where it has no such tag or needs none.
    /// Hundreds of megabytes come only where somebody has asked for them.
    /// </summary>
    public static string? LargeIn(Cell cell, string folder) =>
        cell.HasTag("large") && Absent(In(cell), folder) is { Length: > 0 } absent ? absent : null;

    /// <summary>Those of some packages that are not in NuGet's cache, in words.</summary>
    private static string Absent(IEnumerable<(string Package, string Version)> packages, string folder) =>
        string.Join(", ", packages.Where(each => !Feeds.IsCached(folder, each.Package, each.Version))
            .Select(each => $"{each.Package} {each.Version}"));

    /// <param name="wanted">The packages.</param>
    /// <param name="place">Where they are asked for, for messages.</param>
    /// <returns>The paths of the assemblies to refer to, and those of the native libraries that they may ask for.</returns>
    /// <exception cref="CellException">The feeds lack a package or that version of it, or cannot be reached.</exception>
    public (IReadOnlyList<string> Assemblies, IReadOnlyList<string> Natives) Resolve(
        IReadOnlyList<(string Package, string Version)> wanted, string place)
    {
        Dictionary<string, string> all = new(packages, StringComparer.OrdinalIgnoreCase);
        foreach ((string package, string version) in wanted)
        {
            if (all.TryGetValue(package, out string? loaded) && loaded != version)
                throw Missing($"error: {package} {version} was asked for, but the notebook has loaded {loaded} already");
            all[package] = version;
        }

        // NuGet itself would try for most of a minute, and say so in dozens of lines.
        string absent = Absent(all.Select(each => (each.Key, each.Value)), folder);
        if (absent.Length > 0 && Feeds.Unreachable(folder) is string why)
            throw Missing($"error: {absent} must be downloaded, and {why}; try again with a network");

        using TemporaryFolder temporary = new();
        string project = Path.Combine(temporary.Path, "packages.csproj");
        // [v] takes exactly that version; a bare v would silently take a later one where the feed lacks it.
        string items = string.Concat(all.Select(each => $"<PackageReference Include='{each.Key}' Version='[{each.Value}]' />"));
        string rid = RuntimeInformation.RuntimeIdentifier;
        string settings = SecurityElement.Escape(Literal(Feeds.SettingsFolder(folder, temporary)));
        File.WriteAllText(project, Resource.Filled("packages.xml", Environment.Version.Major, rid, settings, items));
        (int exitCode, string output) = Tool.Dotnet(
            temporary.Path,
            "msbuild", project, "-restore", "-t:ResolveReferences", "-getItem:ReferenceCopyLocalPaths", "-nologo",
            "-nodeReuse:false", "-p:ImportDirectoryBuildProps=false", "-p:ImportDirectoryBuildTargets=false",
            "-p:ImportDirectoryPackagesProps=false");
        if (exitCode != 0)
        {
            // NuGet repeats the code before each line of a message; the further lines are a list of what the feeds have.
            IEnumerable<string> errors = Error.Matches(output).Select(match => match.Groups[1].Value.Trim())
                .Where(line => !line.Contains(":   - ", StringComparison.Ordinal)).Distinct();
            throw Missing(errors.Any() ? string.Join("; ", errors) : $"error: the packages were not restored: {output.Trim()}");
        }

        packages = all;
        using JsonDocument result = JsonDocument.Parse(output[output.IndexOf('{', StringComparison.Ordinal)..]);
        JsonElement files = result.RootElement.GetProperty("Items").GetProperty("ReferenceCopyLocalPaths");
        return (
            [.. Paths("runtime").Where(path => path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))], [.. Paths("native")]);

        IEnumerable<string> Paths(string type) => files.EnumerateArray()
            .Where(item => item.TryGetProperty("AssetType", out JsonElement its) && its.GetString() == type)
            .Select(item => item.GetProperty("FullPath").GetString()!);

        CellException Missing(string why) => new($"{place}: {why}", isSetUp: true);
    }

    /// <summary>A text in which MSBuild finds nothing to evaluate.</summary>
    private static string Literal(string text) =>
        MeansMore.Replace(text, match => $"%{(int)match.Value[0]:X2}");

    [GeneratedRegex(
        """
        ^nuget:\s* ([A-Za-z0-9_][A-Za-z0-9_.\-]*) \s*,\s*
        (\d+(?:\.\d+){0,3} (?:-[0-9A-Za-z.\-]+)? (?:\+[0-9A-Za-z.\-]+)?) \s*$
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Reference { get; }

    [GeneratedRegex(@"[%$@;'()*?]")] private static partial Regex MeansMore { get; }

    [GeneratedRegex(@"(error \w+: .*?)(?= \[[^\]]*\]\s*$|\s*$)", RegexOptions.Multiline)]
    private static partial Regex Error { get; }
}
