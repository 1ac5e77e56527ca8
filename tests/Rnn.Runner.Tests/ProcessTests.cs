using System.Diagnostics;
using static Rnn.Testing.Notebooks;

namespace Rnn.Runner.Tests;

/// <summary>The built program as a process, which changes nothing in this one: beside other tests.</summary>
public sealed class ProcessTests
{
    [Fact]
    public async Task A_run_tells_its_progress_and_writes_the_page()
    {
        using Sandbox sandbox = new();
        string notebook = Of(
            Markdown("# Lesson\n\n## Softmax"), Code("// Say hello\nConsole.WriteLine(\"hello\");"), Code("1.5"));
        sandbox.Write("lesson.ipynb", notebook);
        (int exitCode, string output, string error) = await sandbox.Run("lesson.ipynb", "--output", "pages");
        Assert.Equal(0, exitCode);
        Assert.Empty(error);
        Assert.Matches(@"\[1/2, \d+\.\d s\] Say hello\r?\nhello\r?\n\[2/2, \d+\.\d s\] Softmax\r?\n1\.5\r?\n", output);
        Assert.Contains(sandbox["pages/lesson.html"], output, StringComparison.Ordinal);
        Assert.Contains("<title>Lesson</title>", sandbox.Read("pages/lesson.html"), StringComparison.Ordinal);
        Assert.Equal(notebook, sandbox.Read("lesson.ipynb"));
        Assert.Equal(["lesson.html", "lesson.ipynb"], ProgramTests.Files(sandbox));
    }

    [Fact]
    public async Task Killed_outright_it_leaves_no_process_behind()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere, no file tells where a process was started.");
        using Sandbox sandbox = new();
        sandbox.Write("endless.ipynb", Of(Code("Console.WriteLine(\"started\");"), Code("while (true) { }")));
        using Process process = sandbox.Start(false, "endless.ipynb", "--output", "pages");
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is string line
            && !line.Contains("[2/2", StringComparison.Ordinal))
            Assert.NotEmpty(line);
        Assert.Equal(2, Running(sandbox.Folder));
        process.Kill();
        for (int tries = 0; Running(sandbox.Folder) > 0 && tries < 100; tries++)
            await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.Equal(0, Running(sandbox.Folder));
    }

    /// <summary>How many processes were started in a folder or with it.</summary>
    private static int Running(string folder) => Directory.GetDirectories("/proc").Count(process =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Contains("Rnn.Runner.dll", StringComparison.Ordinal)
                && File.ResolveLinkTarget(Path.Combine(process, "cwd"), false)!.FullName == folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
