using System.Diagnostics;

namespace Rnn.Testing;

/// <summary>A folder for a test, and the runner's own program, run in it.</summary>
internal sealed class Sandbox : IDisposable
{
    public Sandbox() => Folder = Directory.CreateTempSubdirectory("rnn-runner-tests-").FullName;

    public string Folder { get; }

    /// <summary>For the runner, beside what the tests themselves run in; it ends too soon for a profile to pay.</summary>
    public Dictionary<string, string> Environment { get; } = new() { ["DOTNET_TieredPGO"] = "0" };

    public string this[string name] => Path.Combine(Folder, name);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public string Read(string name) => File.ReadAllText(this[name]);

    public JsonNode ReadCell(string name, int index) => JsonNode.Parse(Read(name))!["cells"]![index]!;

    /// <summary>Starts the runner in the folder.</summary>
    /// <param name="deafToInterrupts">As a shell starts what ends in an ampersand.</param>
    /// <param name="arguments">The runner's arguments.</param>
    public Process Start(bool deafToInterrupts, params string[] arguments)
    {
        string[] command = ["dotnet", typeof(NotebookFile).Assembly.Location, .. arguments];
        if (deafToInterrupts)
            command = ["sh", "-c", "trap '' INT; exec \"$@\"", "sh", .. command];
        ProcessStartInfo start = new(command[0], command[1..])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach ((string name, string value) in Environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>
    /// Runs the runner in the folder, within this process: a fraction of the time, since the compiler is warm. The current folder
    /// and the console are the process's own, so a test that calls this belongs to the collection <see cref="ProcessWide"/>.
    /// </summary>
    public (int ExitCode, string Output, string Error) RunHere(params string[] arguments)
    {
        string before = System.Environment.CurrentDirectory;
        using StringWriter output = new();
        using StringWriter error = new();
        System.Environment.CurrentDirectory = Folder;
        try
        {
            int exitCode = CommandLine.Run(
                arguments, new Progress(output, error), (notebook, name, limits) => new KernelSession(notebook, name, limits));
            return (exitCode, output.ToString(), error.ToString());
        }
        finally
        {
            System.Environment.CurrentDirectory = before;
        }
    }

    /// <summary>Runs the runner in the folder, in a process of its own.</summary>
    public async Task<(int ExitCode, string Output, string Error)> Run(params string[] arguments)
    {
        using Process process = Start(deafToInterrupts: false, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
