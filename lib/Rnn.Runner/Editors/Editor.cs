namespace Rnn.Runner.Editors;

/// <summary>An editor for which the Polyglot Notebooks extension exists.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="UserFolder">Where it keeps what is its user's; there once it has been started.</param>
/// <param name="IsServer">Whether it runs without a window, for an editor that is elsewhere.</param>
internal sealed record Editor(string Name, string UserFolder, bool IsServer)
{
    /// <summary>All that are known, whether or not they are here.</summary>
    /// <param name="system">The operating system.</param>
    /// <param name="home">The user's own folder.</param>
    /// <param name="variable">Gives an environment variable, or null.</param>
    public static IReadOnlyList<Editor> Known(OSPlatform system, string home, Func<string, string?> variable)
    {
        bool isWindows = system == OSPlatform.Windows;
        string settings = isWindows ? variable("APPDATA") ?? Path.Combine(home, "AppData", "Roaming")
            : system == OSPlatform.OSX ? Path.Combine(home, "Library", "Application Support")
            : variable("XDG_CONFIG_HOME") ?? Path.Combine(home, ".config");
        string codeServer = isWindows
            ? Path.Combine(variable("LOCALAPPDATA") ?? Path.Combine(home, "AppData", "Local"), "code-server", "Data")
            : Path.Combine(variable("XDG_DATA_HOME") ?? Path.Combine(home, ".local", "share"), "code-server");
        return
        [
            Desktop("VS Code", "Code"), Desktop("VS Code Insiders", "Code - Insiders"), Desktop("VSCodium", "VSCodium"),
            Desktop("VSCodium Insiders", "VSCodium - Insiders"),
            new("code-server", Path.Combine(codeServer, "User"), false),
            Server("the server of VS Code", ".vscode-server"),
            Server("the server of VS Code Insiders", ".vscode-server-insiders"),
            Server("the server of VSCodium", ".vscodium-server"), Server("the server of Codespaces", ".vscode-remote"),
        ];

        Editor Desktop(string name, string folder) => new(name, Path.Combine(settings, folder, "User"), false);
        Editor Server(string name, string folder) => new(name, Path.Combine(home, folder, "data", "User"), true);
    }

    /// <summary>Those that are on this computer, or at least may come to it.</summary>
    /// <param name="withServers">Whether a server that has never been started counts, as in a new container.</param>
    public static IReadOnlyList<Editor> Here(bool withServers = false)
    {
        OSPlatform system = OperatingSystem.IsWindows() ? OSPlatform.Windows
            : OperatingSystem.IsMacOS() ? OSPlatform.OSX : OSPlatform.Linux;
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return [.. Known(system, home, name => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null)
            .Where(each => Directory.Exists(each.UserFolder) || (withServers && each.IsServer))];
    }
}
