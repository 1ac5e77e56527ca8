using System.CommandLine;
using System.ComponentModel;
using System.Net;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;
using System.Text.Json.Nodes;
using NuGet.Configuration;
using Rnn.Runner.Host;
using Rnn.Runner.Kernel;
using Rnn.Runner.Notebook;
using Rnn.Runner.Pictures;

namespace Rnn.Runner.Commands;

/// <summary>
/// What a notebook needs, and whether it is there: one screen of plain text that can be pasted into a bug report. It names no
/// folder outside the repository and no credentials.
/// </summary>
internal static class DoctorCommand
{
    private const int Width = 80;
    private const int Indentation = 20;
    private const string KernelTool = "microsoft.dotnet-interactive";

    public static Verb Create(Progress progress)
    {
        Verb verb = new(
            "doctor",
            "Say what the notebooks need, whether it is there, and how to fix what is missing; for a bug report, too. "
            + "Exit code 1: a notebook cannot run.",
            "doctor");
        verb.SetAction(_ => Run(progress));
        return verb;
    }

    private static int Run(Progress progress)
    {
        (string Thing, Func<string, Finding[]> Check)[] checks =
        [
            ("SDK", Sdk),
            ("runtime", Runtime),
            ("notebooks", AllNotebooks),
            ("Rnn", thing => [Library(thing, "lib/Rnn", "lib/Rnn/bin", "Rnn.dll", "MathNet.Numerics.dll")]),
            ("Rnn.Steps", thing => [Library(thing, "lib/Rnn.Steps", "lib/Rnn.Steps/bin", "Rnn.Steps.dll")]),
            ("Rnn.Display", thing => [Library(thing, "lib/Rnn.Display", "lib/Rnn.Display/bin", "Rnn.Display.dll")]),
            ("plotly", thing => [Library(
                thing, "lib/Rnn.Display.Plotly", "lib/Rnn.Display/bin/plotly",
                "Rnn.Display.Plotly.dll", "Plotly.NET.dll", "plotly.min.js")]),
            ("kernel tool", Kernel),
            ("packages", Packages),
            ("Chromium", Browser),
            ("feed", Feeds),
        ];
        // Most of them wait, for another process or for the network.
        Task<Finding[]>[] running = [.. checks.Select(each => Task.Run(() => Attempt(each.Thing, each.Check)))];
        Finding[] findings = [.. running.SelectMany(each => each.Result)];
        bool isBad = findings.Any(each => each.Health == Health.Bad);
        string[] lines =
        [
            $"Rnn.Notebook's doctor, {Commit()}", "", .. findings.SelectMany(Lines), "",
            isBad ? "Some notebooks cannot run. Fix the lines marked !!" : "Everything that the notebooks need is there.",
        ];
        foreach (string line in lines)
            progress.Line(line);
        return isBad ? 1 : 0;
    }

    private static Finding[] Attempt(string thing, Func<string, Finding[]> check)
    {
        try
        {
            return check(thing);
        }
        catch (NotebookException e)
        {
            return [new Finding(Health.Bad, thing, e.Message, "git restore notebooks")];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Win32Exception
            or JsonException or InvalidOperationException or NuGetConfigurationException)
        {
            // Its message may name a folder of the user's.
            return [new Finding(Health.Note, thing, $"could not be checked ({e.GetType().Name})", "dotnet --info")];
        }
    }

    /// <summary>Two letters, what was checked and what was found, within the width of a screen; then the command.</summary>
    private static IEnumerable<string> Lines(Finding finding)
    {
        string mark = finding.Health switch { Health.Ok => "ok", Health.Note => "--", _ => "!!" };
        string line = $"{mark}  {finding.Thing}".PadRight(Indentation - 1);
        foreach (string word in finding.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length + 1 + word.Length > Width && line.Length >= Indentation)
            {
                yield return line;
                line = new string(' ', Indentation - 1);
            }

            line += $" {word}";
        }

        yield return line;
        if (finding.Remedy is not null)
            yield return $"{new string(' ', Indentation)}> {finding.Remedy}";
    }

    /// <summary>What is checked out, as a bug report needs it.</summary>
    private static string Commit()
    {
        try
        {
            (int exitCode, string name) = Tool.Run("git", Repository.Root, "describe", "--always", "--dirty");
            return exitCode == 0 ? $"commit {name.Trim()}" : "no commit";
        }
        catch (Win32Exception)
        {
            return "no git to ask for the commit";
        }
    }

    private static Finding[] Sdk(string thing)
    {
        const string Remedy = "https://dotnet.microsoft.com/download/dotnet/10.0 (the SDK)";
        try
        {
            // In the repository, so that its global.json is asked for its opinion.
            (int exitCode, string output) = Tool.Dotnet(Repository.Root, "--version");
            return exitCode == 0
                ? [new Finding(Health.Ok, thing, output.Trim())]
                : [new Finding(Health.Bad, thing, "none that global.json accepts; it wants .NET 10", Remedy)];
        }
        catch (Win32Exception)
        {
            return [new Finding(Health.Bad, thing, "no 'dotnet' command was found", Remedy)];
        }
    }

    private static Finding[] Runtime(string thing)
    {
        int bits = Vector512.IsHardwareAccelerated ? 512
            : Vector256.IsHardwareAccelerated ? 256
            : Vector128.IsHardwareAccelerated ? 128 : 64;
        return [new Finding(
            Health.Ok,
            thing,
            $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}, "
            + $"{RuntimeInformation.OSDescription}, {bits}-bit vectors, {Environment.ProcessorCount} processors")];
    }

    private static Finding[] AllNotebooks(string thing)
    {
        string[] paths = [.. Repository.Notebooks.Append(Repository.FirstNotebook).Distinct()];
        foreach (string path in paths)
            Read(path);
        return [new Finding(Health.Ok, thing, $"{paths.Length}, all readable")];
    }

    private static NotebookFile Read(string path) => NotebookFile.Read(path, Repository.FromRoot(path));

    /// <summary>Whether a project's files are where the notebooks' #r lines look, and newer than their sources.</summary>
    private static Finding Library(string thing, string project, string output, params string[] files)
    {
        const string Remedy = "dotnet build";
        string folder = Path.Combine(Repository.Root, output);
        if (files.FirstOrDefault(file => !File.Exists(Path.Combine(folder, file))) is string missing)
            return new Finding(Health.Bad, thing, $"{output}/{missing} is missing", Remedy);
        DateTime built = File.GetLastWriteTimeUtc(Path.Combine(folder, files[0]));
        string? newer = Sources(Path.Combine(Repository.Root, project))
            .FirstOrDefault(source => File.GetLastWriteTimeUtc(source) > built);
        return newer is null
            ? new Finding(Health.Ok, thing, $"{output}, built {built:yyyy-MM-dd HH:mm} UTC")
            : new Finding(Health.Bad, thing, $"{output}/{files[0]} is older than {Repository.FromRoot(newer)}", Remedy);
    }

    /// <summary>What a build of the project would look at.</summary>
    private static IEnumerable<string> Sources(string project)
    {
        EnumerationOptions deep = new() { RecurseSubdirectories = true };
        IEnumerable<string> own = Directory.Exists(project) ? Directory.EnumerateFiles(project, "*", deep) : [];
        return own
            .Where(path => Path.GetExtension(path) is ".cs" or ".csproj" or ".js"
                && Path.GetRelativePath(project, path).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
            .Concat(Directory.EnumerateFiles(Repository.Root, "Directory.*.props"));
    }

    private static Finding[] Kernel(string thing)
    {
        string home = Environment.GetEnvironmentVariable("DOTNET_CLI_HOME") is { Length: > 0 } named
            ? named
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        DirectoryInfo store = new(Path.Combine(home, ".dotnet", "tools", ".store", KernelTool));
        if (store.Exists && store.GetDirectories().FirstOrDefault() is { } installed)
            return [new Finding(Health.Ok, thing, $"dotnet-interactive {installed.Name}, a global tool")];

        string manifest = Path.Combine(Repository.Root, ".config", "dotnet-tools.json");
        JsonNode? tools = File.Exists(manifest) ? JsonNode.Parse(File.ReadAllText(manifest))?["tools"] : null;
        string? pinned = (string?)tools?[KernelTool]?["version"];
        return pinned is not null && IsCached(KernelTool, pinned)
            ? [new Finding(Health.Ok, thing, $"dotnet-interactive {pinned}, from .config/dotnet-tools.json")]
            : [new Finding(Health.Note, thing, "not installed; only Jupyter needs it", "dotnet tool restore")];
    }

    private static Finding[] Packages(string thing)
    {
        (string Package, string Version)[] packages =
            [.. Repository.Notebooks.SelectMany(path => NuGetReferences.In(Read(path))).Distinct()];
        string[] missing =
            [.. packages.Where(each => !IsCached(each.Package, each.Version)).Select(each => $"{each.Package} {each.Version}")];
        return missing.Length == 0
            ? [new Finding(Health.Ok, thing, $"all {packages.Length} that #r \"nuget: …\" lines name are in NuGet's cache")]
            : [new Finding(
                Health.Note,
                thing,
                $"{missing.Length} of {packages.Length} not in NuGet's cache: {string.Join(", ", missing)}; "
                + "only cells tagged 'optional' need them",
                "dotnet run --project lib/Rnn.Runner -- prefetch")];
    }

    private static ISettings NuGetSettings() => Settings.LoadDefaultSettings(Repository.Root);

    /// <summary>Whether NuGet has finished unpacking it: it writes this file last.</summary>
    private static bool IsCached(string package, string version)
    {
        string cache = SettingsUtility.GetGlobalPackagesFolder(NuGetSettings());
        return File.Exists(Path.Combine(cache, package.ToLowerInvariant(), version.ToLowerInvariant(), ".nupkg.metadata"));
    }

    private static Finding[] Browser(string thing)
    {
        string remedy =
            Environment.GetEnvironmentVariable("CHROME_BIN") is { Length: > 0 } ? "unset CHROME_BIN, which names no file"
            : OperatingSystem.IsWindows() ? "winget install Google.Chrome"
            : OperatingSystem.IsMacOS() ? "brew install --cask google-chrome"
            : "sudo apt-get install chromium";
        const string None = "neither Chromium nor Chrome nor Edge was found; only 'write' needs one, for the charts' pictures";
        return Chromium.Path is string path
            ? [new Finding(Health.Ok, thing, Path.GetFileName(path))]
            : [new Finding(Health.Note, thing, None, remedy)];
    }

    private static Finding[] Feeds(string thing)
    {
        PackageSource[] sources = [.. PackageSourceProvider.LoadPackageSources(NuGetSettings()).Where(each => each.IsEnabled)];
        return sources.Length == 0
            ? [new Finding(Health.Note, thing, "no enabled NuGet source; the first build needs one", "dotnet nuget list source")]
            : [.. sources.AsParallel().AsOrdered().Select(source => Feed(thing, source))];
    }

    private static Finding Feed(string thing, PackageSource source)
    {
        const string Need = "the first build needs it";
        const string Remedy = "dotnet nuget list source";
        if (source.IsLocal)
        {
            return Directory.Exists(source.Source)
                ? new Finding(Health.Ok, thing, "a folder, which exists")
                : new Finding(Health.Note, thing, $"a folder, which does not exist; {Need}", Remedy);
        }

        // Neither its path nor its query: either may hold a key.
        string name = source.SourceUri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
        try
        {
            using HttpClient client = new() { Timeout = TimeSpan.FromSeconds(3) };
            using HttpResponseMessage response = client.Send(
                new HttpRequestMessage(HttpMethod.Get, source.SourceUri), HttpCompletionOption.ResponseHeadersRead);
            return response.StatusCode switch
            {
                HttpStatusCode.OK => new Finding(Health.Ok, thing, $"{name} answers"),
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                    new Finding(Health.Note, thing, $"{name} answers, and wants credentials", Remedy),
                HttpStatusCode status => new Finding(Health.Note, thing, $"{name} answers with {(int)status}; {Need}", Remedy),
            };
        }
        catch (TaskCanceledException)
        {
            return new Finding(Health.Note, thing, $"{name} does not answer within 3 s; {Need}", Remedy);
        }
        catch (HttpRequestException e)
        {
            return new Finding(Health.Note, thing, $"{name} cannot be reached ({e.HttpRequestError}); {Need}", Remedy);
        }
    }
}
