using System.Runtime.InteropServices;
using Rnn.Runner.Editors;

namespace Rnn.Runner.Tests;

/// <summary>What keeps VS Code's extension from its kernel, on every system, found and put right.</summary>
public sealed class MendTests
{
    private const string Storage = "globalStorage/ms-dotnettools.dotnet-interactive-vscode";
    private const string List = """{ "version": 1, "isRoot": true, "tools": { "x": { "version": "1.0", "commands": ["x"] } } }""";

    public static TheoryData<string, string, string> Folders => new()
    {
        { "LINUX", "VS Code", ".config/Code" },
        { "LINUX", "VS Code Insiders", ".config/Code - Insiders" },
        { "LINUX", "VSCodium", ".config/VSCodium" },
        { "LINUX", "code-server", ".local/share/code-server" },
        { "OSX", "VS Code", "Library/Application Support/Code" },
        { "OSX", "VS Code Insiders", "Library/Application Support/Code - Insiders" },
        { "OSX", "VSCodium", "Library/Application Support/VSCodium" },
        { "OSX", "code-server", ".local/share/code-server" },
        { "WINDOWS", "VS Code", "AppData/Roaming/Code" },
        { "WINDOWS", "VS Code Insiders", "AppData/Roaming/Code - Insiders" },
        { "WINDOWS", "VSCodium", "AppData/Roaming/VSCodium" },
        { "WINDOWS", "code-server", "AppData/Local/code-server/Data" },
        { "LINUX", "the server of VS Code", ".vscode-server/data" },
        { "OSX", "the server of VS Code Insiders", ".vscode-server-insiders/data" },
        { "WINDOWS", "the server of VS Code", ".vscode-server/data" },
        { "LINUX", "the server of Codespaces", ".vscode-remote/data" },
    };

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_list_that_is_beside_is_moved_once_and_nothing_else_is_touched(string system, string name, string folder)
    {
        using Sandbox home = new();
        string[] others =
        [
            $"{folder}/User/settings.json", $"{folder}/User/{Storage}/other.txt",
            $"{folder}/User/globalStorage/b/dotnet-tools.json",
        ];
        foreach (string other in others)
            home.Write(other, "mine");
        home.Write($"{folder}/User/{Storage}/dotnet-tools.json", List);
        Editor editor = Assert.Single(
            Editor.Known(OSPlatform.Create(system), home.Folder, _ => null), each => Directory.Exists(each.UserFolder));
        Assert.Equal(name, editor.Name);
        Assert.Equal(ManifestState.Misplaced, new ToolManifest(editor).State());

        Assert.Equal(
            (0, $"{name}: mended: dotnet-tools.json is in .config now; close its windows and start it again\n"), Mend(editor));
        Assert.Equal(List, home.Read($"{folder}/User/{Storage}/.config/dotnet-tools.json"));
        Assert.All(others, other => Assert.Equal("mine", home.Read(other)));
        Assert.Equal(4, Directory.GetFiles(home.Folder, "*", SearchOption.AllDirectories).Length);

        Assert.Equal((0, $"{name}: its kernel can be found; nothing to mend\n"), Mend(editor));
        Assert.Equal(List, home.Read($"{folder}/User/{Storage}/.config/dotnet-tools.json"));
    }

    [Fact]
    public void Where_the_system_says_that_folders_are_elsewhere_they_are()
    {
        string? Variable(string name) => $"/elsewhere/{name}";
        Assert.Contains(
            Editor.Known(OSPlatform.Linux, "/home", Variable),
            each => each.UserFolder == Path.Combine("/elsewhere/XDG_CONFIG_HOME", "Code", "User"));
        Assert.Contains(
            Editor.Known(OSPlatform.Linux, "/home", Variable),
            each => each.UserFolder == Path.Combine("/elsewhere/XDG_DATA_HOME", "code-server", "User"));
        Assert.Contains(
            Editor.Known(OSPlatform.Windows, "/home", Variable),
            each => each.UserFolder == Path.Combine("/elsewhere/APPDATA", "Code", "User"));
    }

    /// <summary>With a list of its own the SDK is not asked for one.</summary>
    [Fact]
    public void Before_the_first_use_an_empty_list_is_made()
    {
        using Sandbox home = new();
        Editor editor = new("VS Code", home["User"], false);
        Assert.Equal((0, "VS Code: mended before its first use: .config/dotnet-tools.json is there\n"), Mend(editor));
        JsonNode list = JsonNode.Parse(home.Read($"User/{Storage}/.config/dotnet-tools.json"))!;
        Assert.Equal((1, true, 0), ((int)list["version"]!, (bool)list["isRoot"]!, list["tools"]!.AsObject().Count));
        Assert.Single(Directory.GetFiles(home.Folder, "*", SearchOption.AllDirectories));
        Assert.Equal((0, "VS Code: its kernel can be found; nothing to mend\n"), Mend(editor));
    }

    [Theory]
    [InlineData("dotnet-tools.json", "")]
    [InlineData("dotnet-tools.json", "[]")]
    [InlineData(".config/dotnet-tools.json", "{ \"tools\": 7 }")]
    [InlineData(".config/dotnet-tools.json", "half {")]
    public void A_damaged_list_stays_and_is_told(string file, string text)
    {
        using Sandbox home = new();
        home.Write($"User/{Storage}/{file}", text);
        (int exitCode, string output) = Mend(new Editor("VS Code", home["User"], false));
        Assert.Equal(1, exitCode);
        Assert.StartsWith("VS Code: the extension's dotnet-tools.json is damaged; remove", output, StringComparison.Ordinal);
        Assert.Equal(text, home.Read($"User/{Storage}/{file}"));
        Assert.Single(Directory.GetFiles(home.Folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void What_cannot_be_written_is_told_without_the_users_path()
    {
        using Sandbox home = new();
        home.Write("User/globalStorage", "no folder");
        (int exitCode, string output) = Mend(new Editor("VS Code", home["User"], false));
        Assert.Equal(1, exitCode);
        Assert.StartsWith("VS Code: not mended: ", output, StringComparison.Ordinal);
        Assert.Contains("its User folder", output, StringComparison.Ordinal);
        Assert.DoesNotContain(home.Folder, output, StringComparison.Ordinal);
        Assert.Equal("no folder", home.Read("User/globalStorage"));
    }

    [Fact]
    public async Task The_program_mends_what_is_here_and_the_doctor_sees_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The user's folder is what the environment says only there.");
        using Sandbox home = new();
        home.Environment["HOME"] = home.Folder;
        home.Environment["XDG_CONFIG_HOME"] = home.Environment["XDG_DATA_HOME"] = "";
        Assert.StartsWith("Nothing to mend: no VS Code", (await home.Run("mend")).Output, StringComparison.Ordinal);
        home.Write($".vscode-server/data/User/{Storage}/dotnet-tools.json", List);
        string before = (await home.Run("doctor")).Output;
        Assert.Matches(@"--  VS Code +no kernel from the second start on in the server of VS Code\n.*-- mend\n", before);
        Assert.DoesNotContain(home.Folder, before, StringComparison.Ordinal);
        string[] mended = (await home.Run("mend", "--servers")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, mended.Length);
        Assert.Contains("VS Code: mended: dotnet-tools.json is in .config now", mended[0], StringComparison.Ordinal);
        Assert.All(mended[1..], line => Assert.Contains("mended before its first use", line, StringComparison.Ordinal));
        Assert.Matches(@"ok  VS Code +the extension can find its kernel\n", (await home.Run("doctor")).Output);
    }

    private static (int ExitCode, string Output) Mend(Editor editor)
    {
        using StringWriter output = new();
        int exitCode = MendCommand.Mend([editor], new Progress(output, output));
        return (exitCode, output.ToString().ReplaceLineEndings("\n"));
    }
}
