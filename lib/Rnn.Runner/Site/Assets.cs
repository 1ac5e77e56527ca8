using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Rnn.Runner.Site;

/// <summary>
/// Scripts, styles and pictures of the site, each once: named for what it holds, so that a browser may keep it for ever.
/// </summary>
internal sealed class Assets
{
    /// <summary>The folder below the site's root.</summary>
    public const string Folder = "assets";

    // Pages are made beside each other.
    private readonly ConcurrentDictionary<string, byte[]> files = [];

    /// <summary>What has been added so far, by name.</summary>
    public IReadOnlyDictionary<string, byte[]> Files => files;

    /// <summary>Adds a file and returns its name in the folder; what is there already is not added again.</summary>
    /// <param name="name">What it is, with its extension: <c>chart.js</c>.</param>
    /// <param name="bytes">What it holds.</param>
    public string Add(string name, byte[] bytes)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..12];
        string hashed = $"{Path.GetFileNameWithoutExtension(name)}-{hash}{Path.GetExtension(name)}";
        files[hashed] = bytes;
        return hashed;
    }

    /// <summary>Adds a text.</summary>
    public string Add(string name, string text) => Add(name, Encoding.UTF8.GetBytes(text));
}
