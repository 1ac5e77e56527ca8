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
}
