using System.Diagnostics;

namespace Rnn.Runner.Tests;

/// <summary>Files and folders of a run, and what is left of them when it is killed.</summary>
public sealed class AtomicFileTests
{
    [Fact]
    public void A_file_is_replaced_only_while_it_holds_what_was_read()
    {
        using Sandbox sandbox = new();
        string file = sandbox.Write("a.ipynb", "read");
        Assert.True(AtomicFile.Write(file, "first"u8.ToArray(), "read"u8.ToArray()));
        Assert.False(AtomicFile.Write(file, "second"u8.ToArray(), "read"u8.ToArray()));
        Assert.Equal("first", sandbox.Read("a.ipynb"));
        File.Delete(file);
        Assert.False(AtomicFile.Write(file, "third"u8.ToArray(), "first"u8.ToArray()));
        Assert.Empty(Directory.GetFileSystemEntries(sandbox.Folder));
    }

    [Fact]
    public void What_killed_runs_have_left_is_removed_and_nothing_else()
    {
        using Sandbox sandbox = new();
        int gone = Gone();
        sandbox.Write($"a.ipynb.{gone}-abcdefghij0.tmp", "half");
        string[] kept =
        [
            $"a.ipynb.{Environment.ProcessId}-abcdefghij0.tmp", $"b.ipynb.{gone}-abcdefghij0.tmp", "a.ipynb.tmp", "a.ipynb.1.tmp",
            $"a.ipynb.{gone}-mine.tmp", $"xa.ipynb.{gone}-abcdefghij0.tmp",
        ];
        foreach (string name in kept)
            sandbox.Write(name, "mine");
        AtomicFile.Write(sandbox["a.ipynb"], "whole"u8.ToArray());
        Assert.Equal(
            kept.Append("a.ipynb").Order(StringComparer.Ordinal),
            Directory.GetFiles(sandbox.Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Temporary_folders_of_killed_runs_are_removed_and_no_others()
    {
        string Named(string rest) => Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"rnn-runner-{rest}")).FullName;
        string gone = Named($"{Gone()}-abcdefghij0-x");
        string[] kept = [Named($"{Environment.ProcessId}-abcdefghij0-x"), Named("tests-y")];
        File.WriteAllText(Path.Combine(gone, "file"), "");
        string own;
        using (TemporaryFolder folder = new())
        {
            own = folder.Path;
            Assert.False(Directory.Exists(gone));
            Assert.All(kept.Append(own), each => Assert.True(Directory.Exists(each)));
        }

        Assert.False(Directory.Exists(own));
        Assert.All(kept, Directory.Delete);
    }

    [Fact]
    public void A_link_stays_one_and_the_file_keeps_its_rights()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Links want a right there that tests may not have.");
            return;
        }

        using Sandbox sandbox = new();
        string file = sandbox.Write("real/a.txt", "old");
        UnixFileMode rights = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupExecute;
        File.SetUnixFileMode(file, rights);
        File.CreateSymbolicLink(sandbox["link.txt"], file);
        AtomicFile.Write(sandbox["link.txt"], "new"u8.ToArray());
        Assert.Equal(("new", file), (sandbox.Read("real/a.txt"), new FileInfo(sandbox["link.txt"]).LinkTarget));
        Assert.Equal(rights, File.GetUnixFileMode(file));
        Assert.Single(Directory.GetFiles(sandbox["real"]));
    }

    /// <summary>The number of a process that has ended.</summary>
    private static int Gone()
    {
        ProcessStartInfo start = new(Tool.DotnetPath, "--version") { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.Id;
    }
}
