using System.ComponentModel;
using System.Diagnostics;

namespace Rnn.Runner.Host;

/// <summary>Runs other programs to their end.</summary>
internal static class Tool
{
    /// <summary>The exit code of a program that is not there, as shells have it.</summary>
    public const int IsMissing = 127;

    /// <summary>The <c>dotnet</c> command of the runtime that this process runs on, whether or not it is on the path.</summary>
    public static string DotnetPath { get; } = FindDotnet();

    public static (int ExitCode, string Output) Dotnet(string workingDirectory, params IReadOnlyList<string> arguments) =>
        Run(DotnetPath, workingDirectory, arguments);

    /// <summary>
    /// Runs a program; what it writes to stderr follows what it writes to stdout. Where there is no such program, the exit code
    /// is <see cref="IsMissing"/>.
    /// </summary>
    public static (int ExitCode, string Output) Run(
        string program, string workingDirectory, params IReadOnlyList<string> arguments)
    {
        using Process process = new() { StartInfo = StartInfo(program, workingDirectory, arguments) };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return (IsMissing, e.Message);
        }

        using IDisposable _ = CleanUp.OnExit(() => process.Kill(entireProcessTree: true));
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    /// <summary>How a program is started: all that it says is caught, and it phones home nowhere.</summary>
    public static ProcessStartInfo StartInfo(
        string program, string workingDirectory, params IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        // Where `dotnet run` set the build up for the runner's own project, that must not leak into this one.
        foreach (string variable in (string[])["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH"])
            start.Environment.Remove(variable);
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        return start;
    }

    private static string FindDotnet()
    {
        string command = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        string host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", command));
        return File.Exists(host) ? host : "dotnet";
    }
}
