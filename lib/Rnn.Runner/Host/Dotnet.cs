using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Rnn.Runner.Host;

/// <summary>The <c>dotnet</c> command that belongs to the runtime that this process runs on, whether or not it is on the path.</summary>
internal static class Dotnet
{
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such command.</exception>
    public static (int ExitCode, string Output) Run(string workingDirectory, params IReadOnlyList<string> arguments)
    {
        string host = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        ProcessStartInfo start = new(File.Exists(host) ? Path.GetFullPath(host) : "dotnet", arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        // Where `dotnet run` set the build up for the runner's own project, that must not leak into this one.
        start.Environment.Remove("MSBuildSDKsPath");
        start.Environment.Remove("MSBuildExtensionsPath");
        start.Environment.Remove("MSBUILD_EXE_PATH");
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using Process process = Process.Start(start)!;
        using IDisposable _ = CleanUp.OnExit(() => process.Kill(entireProcessTree: true));
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
