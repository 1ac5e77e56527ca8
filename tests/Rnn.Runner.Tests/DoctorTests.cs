using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Rnn.Runner.Tests;

/// <summary>The doctor, in small repositories that lack this and that.</summary>
public class DoctorTests
{
    private static readonly string[] Built =
    [
        "lib/Rnn/bin/Rnn.dll", "lib/Rnn/bin/MathNet.Numerics.dll", "lib/Rnn.Steps/bin/Rnn.Steps.dll",
        "lib/Rnn.Exchange/bin/Rnn.Exchange.dll",
        "lib/Rnn.Display/bin/Rnn.Display.dll", "lib/Rnn.Display/bin/plotly/Rnn.Display.Plotly.dll",
        "lib/Rnn.Display/bin/plotly/Plotly.NET.dll", "lib/Rnn.Display/bin/plotly/plotly.min.js",
    ];

    [Fact]
    public async Task In_a_repository_that_is_built_every_notebook_could_run()
    {
        using Sandbox sandbox = BuiltRepository();
        // Neither what the build itself writes is a source, nor what no build reads.
        sandbox.Write("lib/Rnn/obj/Debug/Rnn.AssemblyInfo.cs", "// written by the build");
        sandbox.Write("lib/Rnn/notes.txt", "no source");
        (int exitCode, string output, string error) = await Ask(sandbox);
        Assert.True(exitCode == 0, output);
        Assert.Empty(error);
        Assert.StartsWith("Rnn.Notebook's doctor, no commit\n", output, StringComparison.Ordinal);
        Assert.All(
            ["SDK", "runtime", "notebooks", "Rnn", "Rnn.Display", "plotly"], thing => Assert.Equal("ok", MarkOf(output, thing)));
        Assert.Matches(@"ok  SDK +10\.\d+\.\d+", output);
        Assert.Matches(
            $@"ok  runtime +\.NET {Regex.Escape(Environment.Version.ToString(3))}, .*\b(512|256|128)-bit vectors",
            Unwrapped(output));
        Assert.EndsWith("Everything that the notebooks need is there.\n", output, StringComparison.Ordinal);
        AssertIsOneScreen(output);
    }

    [Theory]
    [InlineData("lib/Rnn/bin/Rnn.dll", "lib/Rnn.Display/bin/plotly/plotly.min.js", "lib/Rnn.Steps/bin/Rnn.Steps.dll")]
    [InlineData(
        "lib/Rnn/bin/MathNet.Numerics.dll", "lib/Rnn.Display/bin/plotly/Plotly.NET.dll", "lib/Rnn.Display/bin/Rnn.Display.dll")]
    [InlineData("lib/Rnn.Display/bin/plotly/Rnn.Display.Plotly.dll", "lib/Rnn.Exchange/bin/Rnn.Exchange.dll")]
    public async Task Each_library_that_is_missing_is_named_with_the_command_that_builds_it(params string[] files)
    {
        using Sandbox sandbox = BuiltRepository();
        foreach (string file in files)
            File.Delete(sandbox[file]);
        string output = Unwrapped(await AssertCannotRun(sandbox));
        Assert.All(files, file => Assert.Matches(
            $@"!!  {Regex.Escape(ThingOf(file))} +{Regex.Escape(file)} is missing\n +> dotnet build\n", output));
        Assert.Equal(files.Length, Regex.Count(output, "(?m)^!!"));
        Assert.DoesNotContain("could not be checked", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lib/Rnn/Softmax.cs", "lib/Rnn.Display/chart.js", "lib/Rnn.Display.Plotly/Rnn.Display.Plotly.csproj")]
    [InlineData("lib/Rnn/Internals/MatMul.cs", "lib/Rnn.Steps/Size.cs", "lib/Rnn.Exchange/OnnxForm.cs")]
    public async Task Each_library_that_is_older_than_its_sources_is_stale(params string[] sources)
    {
        using Sandbox sandbox = BuiltRepository();
        foreach (string source in sources)
            sandbox.Write(source, "// changed");
        string output = await AssertCannotRun(sandbox);
        Assert.All(sources, source => Assert.Matches(
            $@"!!  {Regex.Escape(ThingOf(source))} +\S+ is older than {Regex.Escape(source)}\n +> dotnet build\n",
            Unwrapped(output)));
        Assert.Equal(sources.Length, Regex.Count(output, "(?m)^!!"));
        AssertIsOneScreen(output);
    }

    [Fact]
    public async Task A_change_of_what_all_projects_share_makes_all_of_them_stale()
    {
        using Sandbox sandbox = BuiltRepository();
        sandbox.Write("Directory.Packages.props", "<!-- changed -->");
        Assert.Equal(
            5, Regex.Count(Unwrapped(await AssertCannotRun(sandbox)), @"(?m)^!!.* is older than Directory\.Packages\.props$"));
    }

    [Fact]
    public async Task An_sdk_that_the_repository_does_not_take_is_none()
    {
        using Sandbox sandbox = BuiltRepository();
        sandbox.Write("global.json", """{ "sdk": { "version": "99.0.100" } }""");
        await AssertCannotRun(sandbox, "SDK");
    }

    [Fact]
    public async Task A_notebook_that_is_missing_or_broken_is_named()
    {
        using Sandbox sandbox = BuiltRepository();
        string first = sandbox.Read("notebooks/01-rnn-from-scratch.ipynb");
        sandbox.Write("notebooks/solutions/02-more.ipynb", "<<<<<<< HEAD");
        Assert.Contains(
            "notebooks/solutions/02-more.ipynb, line 1, column 1: not valid JSON",
            Unwrapped(await AssertCannotRun(sandbox, "notebooks")), StringComparison.Ordinal);
        sandbox.Write("notebooks/solutions/02-more.ipynb", first);
        File.Delete(sandbox["notebooks/01-rnn-from-scratch.ipynb"]);
        Assert.Matches(
            @"notebooks/01-rnn-from-scratch\.ipynb: no such file\n +> git restore notebooks\n",
            Unwrapped(await AssertCannotRun(sandbox, "notebooks")));
    }

    [Fact]
    public async Task What_notebooks_run_without_is_a_note_and_no_failure()
    {
        using Sandbox sandbox = BuiltRepository();
        sandbox.Write(
            "notebooks/02-more.ipynb", Notebooks.Of(Notebooks.Code("#r \"nuget: Rnn.No.Such.Package, 1.2.3\"", "optional")));
        sandbox.Environment["CHROME_BIN"] = "";
        sandbox.Environment["PATH"] = sandbox.Folder;
        sandbox.Environment["DOTNET_CLI_HOME"] = sandbox["home"];
        sandbox.Environment["NUGET_PACKAGES"] = sandbox["cache"];
        (int exitCode, string output, _) = await Ask(sandbox);
        Assert.True(exitCode == 0, output);
        Assert.All(["kernel tool", "packages"], thing => Assert.Equal("--", MarkOf(output, thing)));
        Assert.Contains("1 of 1 not in NuGet's cache: Rnn.No.Such.Package 1.2.3;", Unwrapped(output), StringComparison.Ordinal);
        Assert.Contains("> dotnet tool restore\n", output, StringComparison.Ordinal);
        Assert.Contains("> dotnet run --project lib/Rnn.Runner -- prefetch\n", output, StringComparison.Ordinal);
        // Elsewhere, browsers are also looked for in the places where their installers put them.
        if (OperatingSystem.IsLinux())
            Assert.Matches(@"--  Chromium .*\n +> sudo apt-get install chromium\n", Unwrapped(output));
        AssertIsOneScreen(output);

        sandbox.Environment["CHROME_BIN"] = "x";
        Assert.Matches(
            @"--  Chromium .*\n +> unset CHROME_BIN, which names no file\n", Unwrapped((await Ask(sandbox)).Output));
    }

    [Fact]
    public async Task The_kernel_tool_and_the_packages_are_found_in_the_cache()
    {
        using Sandbox sandbox = BuiltRepository();
        sandbox.Write("notebooks/02-more.ipynb", Notebooks.Of(Notebooks.Code("#r \"nuget: Some.Package, 1.2.3\"", "optional")));
        sandbox.Write(
            ".config/dotnet-tools.json",
            """{ "tools": { "microsoft.dotnet-interactive": { "version": "1.0.99", "commands": ["dotnet-interactive"] } } }""");
        sandbox.Environment["DOTNET_CLI_HOME"] = sandbox["home"];
        sandbox.Environment["NUGET_PACKAGES"] = sandbox["cache"];
        sandbox.Write("cache/some.package/1.2.3/.nupkg.metadata", "{}");
        sandbox.Write(
            "notebooks/03-large.ipynb",
            Notebooks.Of(Notebooks.Code("#r \"nuget: Some.Engine, 4.5.6\"", "optional", "large")));
        sandbox.Write("cache/microsoft.dotnet-interactive/1.0.98/.nupkg.metadata", "{}");
        string output = (await Ask(sandbox)).Output;
        Assert.Equal("ok", MarkOf(output, "packages"));
        Assert.Contains(
            "all 1 that #r \"nuget: …\" lines name are in NuGet's cache; not the large Some.Engine 4.5.6, which "
                + "'prefetch --large' gets",
            Unwrapped(output), StringComparison.Ordinal);
        Assert.Equal("--", MarkOf(output, "kernel tool"));

        sandbox.Write("cache/microsoft.dotnet-interactive/1.0.99/.nupkg.metadata", "{}");
        Assert.Matches(@"ok  kernel tool +dotnet-interactive 1\.0\.99", (await Ask(sandbox)).Output);
    }

    [Fact]
    public async Task Each_enabled_feed_is_asked_and_no_credentials_are_printed()
    {
        using Sandbox sandbox = BuiltRepository();
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        int silentPort = ((IPEndPoint)silent.LocalEndpoint).Port;
        using TcpListener closed = new(IPAddress.Loopback, 0);
        closed.Start();
        int closedPort = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        sandbox.Write("nuget.config", $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="silent" value="http://someone:secret@127.0.0.1:{silentPort}/key-in-the-path/index.json?key=secret"
                     allowInsecureConnections="true" />
                <add key="closed" value="http://127.0.0.1:{closedPort}/index.json" allowInsecureConnections="true" />
                <add key="disabled" value="http://127.0.0.1:1/index.json" allowInsecureConnections="true" />
                <add key="folder" value="packages" />
                <add key="none" value="none" />
              </packageSources>
              <disabledPackageSources><clear /><add key="disabled" value="true" /></disabledPackageSources>
            </configuration>
            """);
        Directory.CreateDirectory(sandbox["packages"]);
        (int exitCode, string output, string error) = await Ask(sandbox);
        Assert.True(exitCode == 0, output);
        Assert.Contains(
            $"--  feed            http://127.0.0.1:{silentPort} does not answer within 3 s", output, StringComparison.Ordinal);
        Assert.Contains(
            $"--  feed            http://127.0.0.1:{closedPort} cannot be reached (ConnectionError)", output,
            StringComparison.Ordinal);
        Assert.Contains("ok  feed            a folder, which exists", output, StringComparison.Ordinal);
        Assert.Contains("--  feed            a folder, which does not exist", output, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1:1 ", output, StringComparison.Ordinal);
        Assert.DoesNotMatch("secret|someone|key", output + error);
        Assert.DoesNotContain(sandbox.Folder, output, StringComparison.Ordinal);
        AssertIsOneScreen(output);
    }

    [Fact]
    public void Every_dll_that_a_notebook_loads_is_looked_at()
    {
        string root = Repo.Root;
        IEnumerable<string> loaded =
            from path in Directory.GetFiles(Repo.Path("notebooks"), "*.ipynb", SearchOption.AllDirectories)
            let notebook = NotebookFile.Read(path, path)
            from reference in notebook.CodeCells.SelectMany(cell => KernelSession.ReferencesIn(cell.Source))
                .Select(line => line.File.ValueText)
            where reference.EndsWith(".dll", StringComparison.Ordinal)
            select Path.GetRelativePath(root, Path.Combine(notebook.Folder, reference)).Replace('\\', '/');
        Assert.Subset(Built.ToHashSet(), loaded.ToHashSet());
    }

    private static async Task<(int ExitCode, string Output, string Error)> Ask(Sandbox sandbox)
    {
        (int exitCode, string output, string error) = await sandbox.Run("doctor");
        return (exitCode, output.ReplaceLineEndings("\n"), error);
    }

    /// <summary>A repository of empty files, the built ones newer than the sources.</summary>
    private static Sandbox BuiltRepository()
    {
        Sandbox sandbox = new();
        string[] sources =
        [
            "Rnn.Notebook.sln", "Directory.Build.props", "Directory.Packages.props", "lib/Rnn/Rnn.csproj", "lib/Rnn/Softmax.cs",
            "lib/Rnn/Internals/MatMul.cs", "lib/Rnn.Display/Charts.cs", "lib/Rnn.Display/chart.js",
            "lib/Rnn.Display.Plotly/Figures.cs", "lib/Rnn.Display.Plotly/Rnn.Display.Plotly.csproj", "lib/Rnn.Steps/Size.cs",
            "lib/Rnn.Exchange/OnnxForm.cs",
        ];
        foreach (string file in sources)
            File.SetLastWriteTimeUtc(sandbox.Write(file, ""), DateTime.UtcNow.AddHours(-2));
        foreach (string file in Built)
            File.SetLastWriteTimeUtc(sandbox.Write(file, ""), DateTime.UtcNow.AddHours(-1));
        sandbox.Write("notebooks/01-rnn-from-scratch.ipynb", Notebooks.Of(Notebooks.Code("1")));
        return sandbox;
    }

    private static async Task<string> AssertCannotRun(Sandbox sandbox, params string[] things)
    {
        (int exitCode, string output, _) = await Ask(sandbox);
        Assert.True(exitCode == 1, output);
        Assert.All(things, thing => Assert.Equal("!!", MarkOf(output, thing)));
        Assert.EndsWith("Some notebooks cannot run. Fix the lines marked !!\n", output, StringComparison.Ordinal);
        return output;
    }

    /// <summary>Each finding on one line, and its command on the next.</summary>
    private static string Unwrapped(string output) => Regex.Replace(output, @"\n {20}(?!>)", " ");

    private static string ThingOf(string file) =>
        file.Contains("lotly", StringComparison.Ordinal) ? "plotly" : file.Split('/')[1];

    private static string MarkOf(string output, string thing) =>
        Regex.Match(output, $@"(?m)^(ok|--|!!)  {Regex.Escape(thing)} ").Groups[1].Value;

    private static void AssertIsOneScreen(string output)
    {
        string[] lines = output.Split('\n');
        Assert.InRange(lines.Length, 10, 40);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.DoesNotContain('\e', output);
        // What is not well has the command that mends it.
        Assert.All(
            Regex.Matches(Unwrapped(output), @"(?m)^(--|!!)  .*\n.*$"),
            finding => Assert.Matches(@"\n {20}> \S", finding.Value));
    }
}
