using NuGet.Configuration;

namespace Rnn.Runner.Host;

/// <summary>Where packages come from.</summary>
internal static class Feeds
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>NuGet's settings for a folder.</summary>
    public static ISettings Settings(string folder) => NuGet.Configuration.Settings.LoadDefaultSettings(folder);

    /// <summary>The sources that a folder's settings name and have not switched off.</summary>
    public static PackageSource[] For(string folder) =>
        [.. PackageSourceProvider.LoadPackageSources(Settings(folder)).Where(each => each.IsEnabled)];

    /// <summary>
    /// A folder where NuGet finds a folder's settings: that folder, unless it has a semicolon, at which NuGet takes paths apart;
    /// then one to which its sources have been copied.
    /// </summary>
    public static string SettingsFolder(string folder, TemporaryFolder temporary)
    {
        if (!folder.Contains(';', StringComparison.Ordinal))
            return folder;
        ISettings from = Settings(folder);
        NuGet.Configuration.Settings to = new(temporary.Path);
        to.AddOrUpdate("packageSources", new ClearItem());
        foreach (string section in (string[])["packageSources", "packageSourceCredentials", "packageSourceMapping"])
        {
            foreach (SettingItem item in from.GetSection(section)?.Items ?? [])
            {
                // Its value may be a path that starts from its file.
                SettingBase copy = item is SourceItem source ? new SourceItem(source.Key, source.GetValueAsPath()) : item.Clone();
                to.AddOrUpdate(section, (SettingItem)copy);
            }
        }

        to.SaveToDisk();
        return temporary.Path;
    }

    /// <summary>Whether NuGet has finished unpacking a package: it writes this file last.</summary>
    public static bool IsCached(string folder, string package, string version)
    {
        string cache = SettingsUtility.GetGlobalPackagesFolder(Settings(folder));
        return File.Exists(Path.Combine(cache, package.ToLowerInvariant(), version.ToLowerInvariant(), ".nupkg.metadata"));
    }

    /// <summary>A source as messages show it: neither its path nor its query, since either may hold a key.</summary>
    public static string NameOf(PackageSource source) =>
        source.IsLocal ? "a folder" : source.SourceUri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>Asks a source for its front page, within a few seconds.</summary>
    /// <returns>The status of its answer; null, and why, where none came.</returns>
    public static (HttpStatusCode? Status, string Why) Ask(PackageSource source)
    {
        try
        {
            using HttpClient client = new() { Timeout = Patience };
            // Not the synchronous call, which waits for a name server as long as that likes.
            using HttpResponseMessage response =
                client.GetAsync(source.SourceUri, HttpCompletionOption.ResponseHeadersRead).GetAwaiter().GetResult();
            return (response.StatusCode, "");
        }
        catch (HttpRequestException e)
        {
            return (null, $"cannot be reached ({e.HttpRequestError})");
        }
        catch (TaskCanceledException)
        {
            return (null, $"does not answer within {Patience.TotalSeconds} s");
        }
    }

    /// <summary>The sources of a folder that give no answer, each with why, if all that are on a network give none.</summary>
    public static string? Unreachable(string folder)
    {
        PackageSource[] sources = [.. For(folder).Where(each => !each.IsLocal)];
        string[] silent = [.. sources.AsParallel().AsOrdered()
            .Select(each => (Source: each, Answer: Ask(each))).Where(each => each.Answer.Status is null)
            .Select(each => $"{NameOf(each.Source)} {each.Answer.Why}")];
        return silent.Length > 0 && silent.Length == sources.Length ? string.Join(", ", silent) : null;
    }
}
