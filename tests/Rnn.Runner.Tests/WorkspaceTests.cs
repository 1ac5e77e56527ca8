using System.Text.RegularExpressions;

namespace Rnn.Runner.Tests;

/// <summary>What VS Code, Codespaces and a dev container read: it parses, and what it names exists.</summary>
public class WorkspaceTests
{
    private const string Runner = "lib/Rnn.Runner/bin/Debug/net10.0/Rnn.Runner.dll";

    private static readonly string Root = Repo.Root;

    public static TheoryData<string> Files =>
        new(
            [
                .. Directory.GetFiles(Path.Combine(Root, ".vscode"), "*.json"),
                Path.Combine(Root, ".devcontainer/devcontainer.json"), Path.Combine(Root, ".config/dotnet-tools.json")
            ]);

    [Theory]
    [MemberData(nameof(Files))]
    public void Parses_as_JSON_with_comments(string path) => Assert.Equal(JsonValueKind.Object, Read(path).ValueKind);

    [Fact]
    public void The_debugger_builds_first_and_starts_the_runner_on_a_notebook_that_exists()
    {
        JsonElement launch = Read(".vscode/launch.json");
        string?[] tasks =
        [
            .. Read(".vscode/tasks.json").GetProperty("tasks").EnumerateArray()
                .Select(task => task.GetProperty("label").GetString()),
        ];
        JsonElement configuration = Assert.Single(launch.GetProperty("configurations").EnumerateArray());
        Assert.Contains(configuration.GetProperty("preLaunchTask").GetString(), tasks);
        Assert.Equal($"${{workspaceFolder}}/{Runner}", configuration.GetProperty("program").GetString());
        Assert.True(File.Exists(Path.Combine(Root, Runner)), $"{Runner} is where the build no longer puts it");
        // Without these, breakpoints in an optimised library do not stop.
        Assert.False(configuration.GetProperty("justMyCode").GetBoolean());
        Assert.True(configuration.GetProperty("suppressJITOptimizations").GetBoolean());

        JsonElement input = Assert.Single(launch.GetProperty("inputs").EnumerateArray());
        Assert.Equal(
            [$"${{input:{input.GetProperty("id").GetString()}}}"],
            configuration.GetProperty("args").EnumerateArray().Select(each => each.GetString()));
        Assert.True(File.Exists(Path.Combine(Root, input.GetProperty("default").GetString()!)));
    }

    [Fact]
    public void The_library_is_built_and_the_extension_helped_when_the_folder_is_opened()
    {
        JsonElement[] tasks = [.. Read(".vscode/tasks.json").GetProperty("tasks").EnumerateArray()];
        JsonElement open = tasks.Single(task => task.TryGetProperty("runOptions", out _));
        Assert.Equal("folderOpen", open.GetProperty("runOptions").GetProperty("runOn").GetString());
        Assert.Equal("sequence", open.GetProperty("dependsOrder").GetString());
        Assert.Equal(
            ["build --nologo", "run --no-build --project lib/Rnn.Runner -- mend"],
            open.GetProperty("dependsOn").EnumerateArray()
                .Select(label => tasks.Single(task => task.GetProperty("label").ValueEquals(label.GetString())))
                .Select(task => string.Join(' ', Arguments(task))));
        foreach (string?[] arguments in tasks.Select(Arguments))
        {
            int project = Array.IndexOf(arguments, "--project");
            Assert.True(project < 0 || Directory.Exists(Path.Combine(Root, arguments[project + 1]!)));
        }

        static string?[] Arguments(JsonElement task) => task.TryGetProperty("args", out JsonElement arguments)
            ? [.. arguments.EnumerateArray().Select(each => each.GetString())]
            : [];
    }

    [Fact]
    public void Notebooks_open_in_the_editor_of_the_kernel() =>
        Assert.Equal(
            "jupyter-notebook",
            Read(".vscode/settings.json").GetProperty("workbench.editorAssociations").GetProperty("*.ipynb").GetString());

    /// <summary>The symbols beside the library name its sources, and the runner loads both from where they were built.</summary>
    [Fact]
    public async Task A_debugger_finds_the_sources_of_the_library_that_a_notebook_loads()
    {
        using Sandbox sandbox = new();
        string bin = Path.Combine(Root, "lib", "Rnn", "bin").Replace('\\', '/');
        sandbox.Write("a.ipynb", Notebooks.Of(Notebooks.Code(
            $"#r \"{bin}/MathNet.Numerics.dll\"\n#r \"{bin}/Rnn.dll\"\ntry {{ Rnn.RecurrentNetwork.Softmax(null); }} catch "
                + $"(Exception e) {{ Console.WriteLine(e.StackTrace); }}\ntypeof(Rnn.RecurrentNetwork).Assembly.Location")));
        (int exitCode, string output, string error) = await sandbox.Run("a.ipynb", "--output", "pages");
        Assert.True(exitCode == 0, error);
        Assert.Contains($"{bin}/Rnn.dll", output.Replace('\\', '/'), StringComparison.Ordinal);
        string source = Regex.Match(output, @" in (.*\.cs):line \d+").Groups[1].Value;
        Assert.True(File.Exists(source), output);
        Assert.StartsWith(Path.Combine(Root, "lib", "Rnn"), source, StringComparison.Ordinal);
    }

    [Fact]
    public void The_container_pins_its_image_and_has_the_extensions_that_VS_Code_recommends()
    {
        JsonElement container = Read(".devcontainer/devcontainer.json");
        Assert.Matches(
            @"^mcr\.microsoft\.com/devcontainers/dotnet:\d+\.\d+\.\d+-10\.0-[a-z]+$", container.GetProperty("image").GetString());
        Assert.Equal("Major", container.GetProperty("containerEnv").GetProperty("DOTNET_ROLL_FORWARD").GetString());
        JsonElement customizations = container.GetProperty("customizations");
        Assert.Equal(
            Read(".vscode/extensions.json").GetProperty("recommendations").EnumerateArray().Select(each => each.GetString()),
            customizations.GetProperty("vscode").GetProperty("extensions").EnumerateArray().Select(each => each.GetString()));
        Assert.All(
            customizations.GetProperty("codespaces").GetProperty("openFiles").EnumerateArray(),
            file => Assert.True(File.Exists(Path.Combine(Root, file.GetString()!))));
        Assert.Contains(
            "notebooks/01-rnn-from-scratch.ipynb", container.GetProperty("postAttachCommand").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_container_builds_the_library_and_fetches_the_kernel_tool_and_the_packages()
    {
        string[] command = Read(".devcontainer/devcontainer.json").GetProperty("updateContentCommand").GetString()!.Split(' ');
        Assert.Equal("bash", command[0]);
        string script = File.ReadAllText(Path.Combine(Root, command[1]));
        Assert.Contains("\ndotnet build\n", script, StringComparison.Ordinal);
        Assert.Contains("\ndotnet tool restore ||", script, StringComparison.Ordinal);
        Assert.Contains("\ndotnet run --no-build --project lib/Rnn.Runner -- prefetch ||", script, StringComparison.Ordinal);
        Assert.Matches(@"RNN_DEV_CONTAINER.*\n.* lib/Rnn.Runner -- mend --servers \|\|", script);
        JsonElement environment = Read(".devcontainer/devcontainer.json").GetProperty("containerEnv");
        Assert.Equal("1", environment.GetProperty("RNN_DEV_CONTAINER").GetString());
        JsonElement tool = Read(".config/dotnet-tools.json").GetProperty("tools").GetProperty("microsoft.dotnet-interactive");
        Assert.Matches(@"^\d+\.\d+\.\d+$", tool.GetProperty("version").GetString());
    }

    /// <summary>What prefetch restores, against the plainest possible reading of the files.</summary>
    [Fact]
    public void Every_package_that_a_notebook_names_is_fetched_in_the_very_version()
    {
        foreach (string path in Directory.GetFiles(Repo.Path("notebooks"), "*.ipynb", SearchOption.AllDirectories))
        {
            IEnumerable<(string, string)> named =
                from cell in JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty("cells").EnumerateArray()
                where cell.GetProperty("cell_type").GetString() == "code"
                from line in cell.GetProperty("source").EnumerateArray()
                let match = Regex.Match(line.GetString()!, "#r \"nuget: *([^,]+), *([^\"]+)\"")
                where match.Success
                select (match.Groups[1].Value, match.Groups[2].Value);
            Assert.Equal(named.Distinct(), NuGetReferences.In(NotebookFile.Read(path, path)));
        }

        Assert.Contains(
            ("Plotly.NET.Interactive", "5.0.0"),
            NuGetReferences.In(NotebookFile.Read(Repo.Path("notebooks", "extras.ipynb"), "extras")));
    }

    private static JsonElement Read(string path) =>
        JsonDocument.Parse(
            File.ReadAllText(
                Path.Combine(Root, path)), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip }).RootElement;
}
