using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Rnn.Runner.Tests;

/// <summary>What a package brings that is no assembly.</summary>
public sealed class NativeLibraryTests
{
    /// <summary>As the packages of engines do, whose assemblies then ask for it by its bare name.</summary>
    [Fact]
    public async Task A_package_s_native_library_is_found_by_the_cells_after_its_reference()
    {
        using Sandbox sandbox = new();
        sandbox.Write(
            "nuget.config",
            $"""
            <configuration>
              <packageSources><clear /><add key="here" value="{sandbox["feed"]}" /></packageSources>
            </configuration>
            """);
        Pack(Directory.CreateDirectory(sandbox["feed"]).FullName);
        const string Import =
            """
            static class Theirs
            {
                [System.Runtime.InteropServices.DllImport("rnn-theirs")]
                public static extern uint CompressionNative_Crc32(uint crc, byte[] bytes, int count);
            }
            """;
        const string Call = "Theirs.CompressionNative_Crc32(0, [(byte)'a'], 1)";
        sandbox.Write(
            "with.ipynb",
            Notebooks.Of(
                Notebooks.Code($"#r \"nuget: Rnn.Theirs, 1.0.0\"\n{Import}"), Notebooks.Code($"Console.Write({Call});")));
        sandbox.Write("without.ipynb", Notebooks.Of(Notebooks.Code($"{Import}\nConsole.Write({Call});")));
        sandbox.Environment["NUGET_PACKAGES"] = sandbox["cache"];
        (int exitCode, string output, string error) = await sandbox.Run("run", "with.ipynb", "--output", "pages");
        Assert.True(exitCode == 0, error);
        // What CRC-32 makes of the letter a, in every book.
        Assert.Contains($"{0xE8B7BE43}", output, StringComparison.Ordinal);
        Assert.Contains(
            "DllNotFoundException", (await sandbox.Run("run", "without.ipynb", "--output", "pages")).Error,
            StringComparison.Ordinal);
    }

    /// <summary>A package whose native library is one of .NET's own, under another name.</summary>
    private static void Pack(string folder)
    {
        const string Theirs = "System.IO.Compression.Native";
        string prefix = OperatingSystem.IsWindows() ? "" : "lib";
        string end = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        using ZipArchive package = ZipFile.Open(Path.Combine(folder, "Rnn.Theirs.1.0.0.nupkg"), ZipArchiveMode.Create);
        package.CreateEntryFromFile(
            Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), prefix + Theirs + end),
            $"runtimes/{RuntimeInformation.RuntimeIdentifier}/native/{prefix}rnn-theirs{end}");
        using StreamWriter specification = new(package.CreateEntry("Rnn.Theirs.nuspec").Open());
        specification.Write(
            """
            <package><metadata>
              <id>Rnn.Theirs</id><version>1.0.0</version><authors>a test</authors><description>a native library</description>
            </metadata></package>
            """);
    }
}
