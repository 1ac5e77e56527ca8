using System.Security.Cryptography;

namespace Rnn.Runner.Site;

/// <summary>
/// The folder that a site is written to. A list in it, which <c>sha256sum --check</c> reads too, says which files are the
/// site's: those of an earlier one go when they are no longer part of it, and no others are touched.
/// </summary>
internal sealed class SiteFolder(string root)
{
    /// <summary>The list's name.</summary>
    public const string List = "files.sha256";

    private string ListPath => Path.Combine(root, List);

    /// <summary>Files that somebody else put where the site's would go.</summary>
    public string[] InTheWay(IReadOnlyDictionary<string, byte[]> files)
    {
        Dictionary<string, string> earlier = Earlier();
        return [.. files
            .Where(file => !earlier.ContainsKey(file.Key) && Path.Exists(PathOf(file.Key)) && !Holds(file.Key, file.Value))
            .Select(file => file.Key)];
    }

    /// <summary>Writes the site, and takes away what an earlier one left.</summary>
    /// <param name="files">Its files, by their paths below the root.</param>
    /// <param name="say">Told of files that would go, but were changed since.</param>
    public void Write(IReadOnlyDictionary<string, byte[]> files, Action<string> say)
    {
        foreach ((string place, string hash) in Earlier().Where(file => !files.ContainsKey(file.Key)))
        {
            string path = PathOf(place);
            if (!File.Exists(path))
                continue;
            if (Hash(File.ReadAllBytes(path)) == hash)
                Remove(path);
            else
                say($"{place} is no longer part of the site; it stays, since it was changed after it was written");
        }

        // The list first: if the rest is cut short, the next run knows its own.
        Directory.CreateDirectory(root);
        AtomicFile.Write(ListPath, Encoding.UTF8.GetBytes(string.Concat(
            files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => $"{Hash(file.Value)}  {file.Key}\n"))));
        foreach ((string place, byte[] bytes) in files.Where(file => !Holds(file.Key, file.Value)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(place))!);
            AtomicFile.Write(PathOf(place), bytes);
        }
    }

    private void Remove(string path)
    {
        File.Delete(path);
        string folder = Path.GetDirectoryName(path)!;
        if (folder != root && !Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
    }

    /// <summary>What the list says: hashes by place. A line that leads out of the folder is none of ours.</summary>
    private Dictionary<string, string> Earlier() =>
        (File.Exists(ListPath) ? File.ReadAllLines(ListPath) : [])
            .Select(line => line.Split("  ", 2))
            .Where(parts => parts.Length == 2 && Repository.IsWithin(root, PathOf(parts[1])))
            .GroupBy(parts => parts[1]).ToDictionary(same => same.Key, same => same.First()[0]);

    private bool Holds(string place, byte[] bytes) =>
        new FileInfo(PathOf(place)) is { Exists: true } file && file.Length == bytes.Length
        && File.ReadAllBytes(file.FullName).AsSpan().SequenceEqual(bytes);

    private string PathOf(string place) => Path.GetFullPath(Path.Combine(root, place));

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
