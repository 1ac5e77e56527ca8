using System.ComponentModel;

namespace Rnn.Engines.Tests;

/// <summary>Python's own programs. An engine that is not there fails a test, and the message says how to get it.</summary>
internal static class Python
{
    /// <summary>Debian's own Python comes first: it is the one that has Debian's packages.</summary>
    private static readonly string[] Names = ["/usr/bin/python3", "python3", "python"];

    private static readonly Lazy<string> WithNumPy = new(() => Find("numpy", "python3-numpy"));

    private static readonly Lazy<string> WithTorch = new(() => Find("numpy, torch", "python3-numpy python3-torch"));

    /// <summary>Runs a script that stands beside the tests and needs NumPy; what it prints.</summary>
    public static string NumPy(string script, params string[] arguments) =>
        Run(WithNumPy.Value, "", [Beside(script), .. arguments]);

    /// <summary>Runs a script that stands beside the tests and needs PyTorch, on a request; its answer.</summary>
    public static JsonElement Torch<T>(string script, T request, params string[] arguments) =>
        JsonElement.Parse(Run(WithTorch.Value, JsonSerializer.Serialize(request), [Beside(script), .. arguments]));

    /// <summary>Runs torchrun, the one of the Python that has PyTorch; what it prints.</summary>
    public static string Torchrun(params string[] arguments)
    {
        string python = Run(WithTorch.Value, "", ["-c", "import sys; print(sys.executable)"]).Trim();
        return Run(
            Path.Combine(Path.GetDirectoryName(python)!, "torchrun"), "",
            // Without these two, PyTorch 1.13 does not start on Python 3.11, which Debian 12 has: its own default, to redirect
            // nothing, is not found. They speak of a tenth process, and there is none.
            ["--redirects", "9:1", "--tee", "9:1", .. arguments]);
    }

    private static string Beside(string script) => Path.Combine(AppContext.BaseDirectory, script);

    private static string Run(string program, string input, params IReadOnlyList<string> arguments)
    {
        (int exitCode, string output, string errors) = TryRun(program, input, arguments);
        Assert.True(exitCode == 0, $"'{program} {string.Join(' ', arguments)}' ended with {exitCode}: {output}{errors}");
        return output;
    }

    private static (int ExitCode, string Output, string Errors) TryRun(
        string program, string input, params IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The processes that train together meet on this machine alone, whatever its name resolves to.
        start.Environment["GLOO_SOCKET_IFNAME"] = "lo";
        start.Environment["OMP_NUM_THREADS"] = "1";
        using Process process = new() { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return (127, "", e.Message);
        }

        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromMinutes(3)))
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return (process.ExitCode, output.Result, errors.Result);
    }

    private static string Find(string modules, string packages) =>
        Names.FirstOrDefault(python => TryRun(python, "", "-c", $"import {modules}").ExitCode == 0)
        ?? throw new InvalidOperationException(
            $"None of {string.Join(", ", Names)} has {modules}. Debian and Ubuntu: apt-get install {packages}; "
            + $"elsewhere: pip install {modules.Replace(",", "")}.");
}
