using System.Runtime.Intrinsics;
using NuGet.Configuration;
using Rnn.Runner.Editors;

namespace Rnn.Runner.Commands;

/// <summary>
/// What a notebook needs, and whether it is there: one screen of plain text that can be pasted into a bug report. It names no
/// folder outside the repository and no credentials.
/// </summary>
internal static partial class DoctorCommand
{
    private const int Indentation = 20;
    private const string KernelTool = "microsoft.dotnet-interactive";

    public static Verb Create(Progress progress) => new(
        "doctor",
        "Say what the notebooks need, whether it is there, and how to fix what is missing; for a bug report, too. "
        + "Exit code 1: a notebook cannot run.",
        ["doctor"],
        _ => Run(progress));

    private static int Run(Progress progress)
    {
        (string Thing, Func<Finding[]> Check)[] checks =
        [
            ("SDK", Sdk),
            ("runtime", Runtime),
            ("notebooks", AllNotebooks),
            ("Rnn", () => Library("lib/Rnn", "lib/Rnn/bin", "Rnn.dll", "MathNet.Numerics.dll")),
            ("Rnn.Steps", () => Library("lib/Rnn.Steps", "lib/Rnn.Steps/bin", "Rnn.Steps.dll")),
            ("Rnn.Exchange", () => Library("lib/Rnn.Exchange", "lib/Rnn.Exchange/bin", "Rnn.Exchange.dll")),
            ("Rnn.Display", () => Library("lib/Rnn.Display", "lib/Rnn.Display/bin", "Rnn.Display.dll")),
            ("plotly", () => Library(
                "lib/Rnn.Display.Plotly", "lib/Rnn.Display/bin/plotly",
                "Rnn.Display.Plotly.dll", "Plotly.NET.dll", "plotly.min.js")),
            ("VS Code", Editors),
            ("kernel tool", Kernel),
            ("packages", Packages),
            ("Chromium", Browser),
            ("feed", Sources),
        ];
        // Most of them wait, for another process or for the network.
        (string Thing, Task<Finding[]> Findings)[] running =
            [.. checks.Select(each => (each.Thing, Task.Run(() => Attempt(each.Check))))];
        string commit = Tool.Run("git", Repository.Root, "describe", "--always", "--dirty") switch
        {
            (0, string name) => $"commit {name.Trim()}",
            (Tool.IsMissing, _) => "no git to ask for the commit",
            _ => "no commit",
        };
        bool isBad = running.Any(each => each.Findings.Result.Any(finding => finding.Health == Health.Bad));
        string[] lines =
        [
            $"Rnn.Notebook's doctor, {commit}", "",
            .. running.SelectMany(each => each.Findings.Result.SelectMany(finding => Lines(each.Thing, finding))), "",
            isBad ? "Some notebooks cannot run. Fix the lines marked !!" : "Everything that the notebooks need is there.",
        ];
        foreach (string line in lines)
            progress.Line(line);
        return isBad ? 1 : 0;
    }

    private static Finding[] Attempt(Func<Finding[]> check)
    {
        try
        {
            return check();
        }
        catch (NotebookException e)
        {
            return [new(Health.Bad, e.Message, "git restore notebooks")];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException
            or JsonException or InvalidOperationException or NuGetConfigurationException)
        {
            // Its message may name a folder of the user's.
            return [new(Health.Note, $"could not be checked ({e.GetType().Name})", "dotnet --info")];
        }
    }

    /// <summary>Two letters, what was checked and what was found, within the width of a screen; then the command.</summary>
    private static IEnumerable<string> Lines(string thing, Finding finding)
    {
        string mark = finding.Health switch { Health.Ok => "ok", Health.Note => "--", _ => "!!" };
        string start = $"{mark}  {thing}".PadRight(Indentation);
        foreach (Match line in LineOfText.Matches(finding.Text))
        {
            yield return start + line.Value;
            start = new string(' ', Indentation);
        }

        if (finding.Remedy is not null)
            yield return $"{start}> {finding.Remedy}";
    }

    private static Finding[] Sdk()
    {
        const string Remedy = "https://dotnet.microsoft.com/download/dotnet/10.0 (the SDK)";
        // In the repository, so that its global.json is asked for its opinion.
        return Tool.Dotnet(Repository.Root, "--version") switch
        {
            (0, string version) => [new(Health.Ok, version.Trim())],
            (Tool.IsMissing, _) => [new(Health.Bad, "no 'dotnet' command was found", Remedy)],
            _ => [new(Health.Bad, "none that global.json accepts; it wants .NET 10", Remedy)],
        };
    }

    private static Finding[] Runtime()
    {
        int bits = Vector512.IsHardwareAccelerated ? 512
            : Vector256.IsHardwareAccelerated ? 256
            : Vector128.IsHardwareAccelerated ? 128 : 64;
        return [new(
            Health.Ok,
            $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}, "
            + $"{RuntimeInformation.OSDescription}, {bits}-bit vectors, {Environment.ProcessorCount} processors")];
    }

    private static Finding[] AllNotebooks()
    {
        NotebookFile[] read = [.. Repository.Notebooks.Append(Repository.FirstNotebook).Distinct().Select(Read)];
        return [new(Health.Ok, $"{read.Length}, all readable")];
    }

    private static NotebookFile Read(string path) => NotebookFile.Read(path, Repository.FromRoot(path));

    /// <summary>Whether a project's files are where the notebooks' #r lines look, and newer than their sources.</summary>
    private static Finding[] Library(string project, string output, params string[] files)
    {
        const string Remedy = "dotnet build";
        string folder = Path.Combine(Repository.Root, output);
        if (files.FirstOrDefault(file => !File.Exists(Path.Combine(folder, file))) is string missing)
            return [new(Health.Bad, $"{output}/{missing} is missing", Remedy)];
        DateTime built = File.GetLastWriteTimeUtc(Path.Combine(folder, files[0]));
        string? newer = SourcesOf(Path.Combine(Repository.Root, project))
            .FirstOrDefault(source => File.GetLastWriteTimeUtc(source) > built);
        return newer is null
            ? [new(Health.Ok, $"{output}, built {built:yyyy-MM-dd HH:mm} UTC")]
            : [new(Health.Bad, $"{output}/{files[0]} is older than {Repository.FromRoot(newer)}", Remedy)];
    }

    /// <summary>What a build of the project would look at.</summary>
    private static IEnumerable<string> SourcesOf(string project)
    {
        EnumerationOptions deep = new() { RecurseSubdirectories = true };
        IEnumerable<string> own = Directory.Exists(project) ? Directory.EnumerateFiles(project, "*", deep) : [];
        return own
            .Where(path => Path.GetExtension(path) is ".cs" or ".csproj" or ".js"
                && Path.GetRelativePath(project, path).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
            .Concat(Directory.EnumerateFiles(Repository.Root, "Directory.*.props"));
    }

    private static Finding[] Editors()
    {
        (Editor Editor, ManifestState State)[] here = [.. Editor.Here().Select(each => (each, new ToolManifest(each).State()))];
        string[] wrong = [.. here.Where(each => each.State != ManifestState.Right).Select(each => each.Editor.Name)];
        string remedy = "dotnet run --project lib/Rnn.Runner -- mend";
        return wrong.Length > 0
            ? [new(Health.Note, $"no kernel from the second start on in {string.Join(", ", wrong)}", remedy)]
            : [new(Health.Ok, here.Length == 0 ? "not started here yet" : "the extension can find its kernel")];
    }

    private static Finding[] Kernel()
    {
        string home = Environment.GetEnvironmentVariable("DOTNET_CLI_HOME") is { Length: > 0 } named
            ? named
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        DirectoryInfo store = new(Path.Combine(home, ".dotnet", "tools", ".store", KernelTool));
        if (store.Exists && store.GetDirectories().FirstOrDefault() is { } installed)
            return [new(Health.Ok, $"dotnet-interactive {installed.Name}, a global tool")];

        string manifest = Path.Combine(Repository.Root, ".config", "dotnet-tools.json");
        JsonNode? tools = File.Exists(manifest) ? JsonNode.Parse(File.ReadAllText(manifest))?["tools"] : null;
        string? pinned = (string?)tools?[KernelTool]?["version"];
        return pinned is not null && IsCached(KernelTool, pinned)
            ? [new(Health.Ok, $"dotnet-interactive {pinned}, from .config/dotnet-tools.json")]
            : [new(Health.Note, "not installed; only Jupyter needs it", "dotnet tool restore")];
    }

    private static Finding[] Packages()
    {
        Cell[] cells = [.. Repository.Notebooks.SelectMany(path => Read(path).CodeCells)];
        (string[] Missing, int Count) usual = Named(isLarge: false), large = Named(isLarge: true);
        string others = large.Missing.Length == 0 ? ""
            : $"; not the large {string.Join(", ", large.Missing)}, which 'prefetch --large' gets";
        return usual.Missing.Length == 0
            ? [new(Health.Ok, $"all {usual.Count} that #r \"nuget: …\" lines name are in NuGet's cache{others}")]
            : [new(
                Health.Note,
                $"{usual.Missing.Length} of {usual.Count} not in NuGet's cache: {string.Join(", ", usual.Missing)}; "
                + $"only cells tagged 'optional' need them{others}",
                "dotnet run --project lib/Rnn.Runner -- prefetch")];

        (string[] Missing, int Count) Named(bool isLarge)
        {
            (string Package, string Version)[] packages =
                [.. cells.Where(cell => cell.HasTag("large") == isLarge).SelectMany(NuGetReferences.In).Distinct()];
            IEnumerable<(string Package, string Version)> missing = packages.Where(each => !IsCached(each.Package, each.Version));
            return ([.. missing.Select(each => $"{each.Package} {each.Version}")], packages.Length);
        }
    }

    private static bool IsCached(string package, string version) => Feeds.IsCached(Repository.Root, package, version);

    private static Finding[] Browser()
    {
        string remedy =
            Environment.GetEnvironmentVariable("CHROME_BIN") is { Length: > 0 } ? "unset CHROME_BIN, which names no file"
            : OperatingSystem.IsWindows() ? "winget install Google.Chrome"
            : OperatingSystem.IsMacOS() ? "brew install --cask google-chrome"
            : "sudo apt-get install chromium";
        const string None = "neither Chromium nor Chrome nor Edge was found; only 'write' needs one, for its pictures";
        return Chromium.Path is string path ? [new(Health.Ok, Path.GetFileName(path))] : [new(Health.Note, None, remedy)];
    }

    private static Finding[] Sources()
    {
        PackageSource[] sources = Feeds.For(Repository.Root);
        return sources.Length == 0
            ? [new(Health.Note, "no enabled NuGet source; the first build needs one", "dotnet nuget list source")]
            : [.. sources.AsParallel().AsOrdered().Select(Feed)];
    }

    private static Finding Feed(PackageSource source)
    {
        const string Need = "the first build needs it";
        const string Remedy = "dotnet nuget list source";
        if (source.IsLocal)
            return Directory.Exists(source.Source)
                ? new(Health.Ok, "a folder, which exists")
                : new(Health.Note, $"a folder, which does not exist; {Need}", Remedy);

        string name = Feeds.NameOf(source);
        return Feeds.Ask(source) switch
        {
            (HttpStatusCode.OK, _) => new(Health.Ok, $"{name} answers"),
            (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, _) =>
                new(Health.Note, $"{name} answers, and wants credentials", Remedy),
            (HttpStatusCode status, _) => new(Health.Note, $"{name} answers with {(int)status}; {Need}", Remedy),
            (null, string why) => new(Health.Note, $"{name} {why}; {Need}", Remedy),
        };
    }

    /// <summary>As many whole words as there is room for beside the name.</summary>
    [GeneratedRegex(@"\S(.{0,58}\S)?(?!\S)|\S+")] private static partial Regex LineOfText { get; }
}
