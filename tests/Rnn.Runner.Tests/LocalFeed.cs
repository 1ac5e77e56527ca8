using NuGet.Configuration;

namespace Rnn.Runner.Tests;

/// <summary>A feed that needs no network: the packages that the repository was built with.</summary>
internal static class LocalFeed
{
    /// <summary>A sandbox whose notebooks know this feed and no other.</summary>
    public static Sandbox Sandbox()
    {
        Sandbox sandbox = new();
        string packages = SettingsUtility.GetGlobalPackagesFolder(Settings.LoadDefaultSettings(Repo.Root));
        sandbox.Write(
            "nuget.config",
            $"""
            <configuration>
              <packageSources><clear /><add key="local" value="{packages}" /></packageSources>
            </configuration>
            """);
        return sandbox;
    }
}
