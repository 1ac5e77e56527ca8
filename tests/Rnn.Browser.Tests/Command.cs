using System.Diagnostics;

namespace Rnn.Browser.Tests;

internal static class Command
{
    /// <summary>Runs a program at the repository's root; returns what it printed as errors if it failed, else null.</summary>
    public static async Task<string?> RunAsync(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = Notebooks.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await output;
        return process.ExitCode == 0 ? null : $"'{program} {string.Join(' ', arguments)}' ended with {process.ExitCode}: {await error}";
    }
}
