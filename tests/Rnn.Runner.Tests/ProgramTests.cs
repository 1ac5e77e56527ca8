using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using static Rnn.Testing.Notebooks;

namespace Rnn.Runner.Tests;

/// <summary>The built program, run as a process on small notebooks.</summary>
[Collection(ProcessWide.Name)]
public sealed class ProgramTests
{
    [Fact]
    public void Written_outputs_are_up_to_date_until_one_is_changed()
    {
        using Sandbox sandbox = new();
        sandbox.Write(
            "a.ipynb",
            Of(
                Code("Console.WriteLine(\"é \" + 1.0 / 3);"), Code("\"text\""), Code("System.DateTime.Now.Ticks", "volatile"),
                Code("")));
        Assert.Equal(0, (sandbox.RunHere("write", "a.ipynb", "--output", "pages")).ExitCode);
        string fresh = sandbox.Read("a.ipynb");
        Assert.Contains("\"é 0.3333333333333333\\n\"", fresh, StringComparison.Ordinal);
        Assert.Equal(
            [1, 2, 3, null], Enumerable.Range(0, 4).Select(i => (int?)sandbox.ReadCell("a.ipynb", i)["execution_count"]));

        // One run checks them all: what is up to date, what differs within the tolerance, and each kind of difference.
        sandbox.Write("close.ipynb", fresh.Replace("0.3333333333333333", "0.33333333334", StringComparison.Ordinal));
        sandbox.Write("number.ipynb", fresh.Replace("0.3333333333333333", "0.3333333343333333", StringComparison.Ordinal));
        sandbox.Write("text.ipynb", fresh.Replace("\"text\"\n", "\"Text\"\n", StringComparison.Ordinal));
        sandbox.Write(
            "count.ipynb",
            fresh.Replace("\"execution_count\": 2,\n   \"id\"", "\"execution_count\": 5,\n   \"id\"", StringComparison.Ordinal));
        JsonNode emptied = JsonNode.Parse(fresh)!;
        emptied["cells"]![2]!["outputs"] = new JsonArray();
        sandbox.Write("missing.ipynb", emptied.ToJsonString());
        Assert.Equal(0, sandbox.RunHere("check", "a.ipynb").ExitCode);
        sandbox.Write("two.ipynb", sandbox.Read("text.ipynb").Replace("0.3333333333333333", "0.4", StringComparison.Ordinal));
        (int exitCode, string output, string error) = sandbox.RunHere("check", "two.ipynb");
        Assert.Equal(1, exitCode);
        Assert.Contains("two.ipynb: stale, 2 differences; 'write' refreshes it (", error, StringComparison.Ordinal);
        (exitCode, output, error) = sandbox.RunHere(
            "check", "a.ipynb", "close.ipynb", "number.ipynb", "text.ipynb", "count.ipynb", "missing.ipynb");
        Assert.Equal(1, exitCode);
        Assert.Contains("a.ipynb: up to date", output, StringComparison.Ordinal);
        Assert.Contains("close.ipynb: up to date", output, StringComparison.Ordinal);
        Assert.Equal(
            [
                "number.ipynb, cell 1 (cell-1): output 1 (stream stdout), text, line 1: expected \"é 0.3333333343333333\", "
                    + "got \"é 0.3333333333333333\"",
                "text.ipynb, cell 2 (cell-2): output 1 (execute_result text/plain), data, text/plain, line 1: expected "
                    + "\"Text\", got \"text\"",
                "count.ipynb, cell 2 (cell-2): execution count: expected 5, got 2",
                "missing.ipynb, cell 3 (cell-3): kinds of output: expected \"\", got \"execute_result text/html\"",
            ],
            error.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => !line.Contains(": stale, 1 difference;", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_failing_cell_is_named_with_its_line_and_the_notebook_stays()
    {
        using Sandbox sandbox = new();
        string compile = Of(Code("1"), Code("// second\nint a = 1;\n  foo + a"));
        string thrown = Of(
            Code("int At(int[] all, int i)\n{\n    return all[i];\n}"), Code("var all = new int[2];\n\nAt(all, 7)"));
        string own = Of(
            Code(
                "class OutOfData : Exception { public OutOfData(string m, Exception e) : base(m, e) { } }\nawait Task.Run(() "
                    + "=>\n{\n    throw new OutOfData(\"none left\", new FormatException(\"why\"));\n});"),
            Code("1"));
        sandbox.Write("compile.ipynb", compile);
        sandbox.Write("thrown.ipynb", thrown);
        sandbox.Write("custom.ipynb", own);
        (int exitCode, string output, string error) = sandbox.RunHere(
            "write", "compile.ipynb", "thrown.ipynb", "custom.ipynb", "--output", "pages");
        Assert.Equal(1, exitCode);
        Assert.Equal(
            [
                "compile.ipynb, cell 2 (cell-2), line 3: error CS0103: The name 'foo' does not exist in the current context",
                "thrown.ipynb, cell 2 (cell-2), line 3: System.IndexOutOfRangeException: Index was outside the bounds of the "
                    + "array. (thrown in cell 1 (cell-1), line 3)",
                "custom.ipynb, cell 1 (cell-1), line 4: OutOfData: none left ---> System.FormatException: why",
            ],
            error.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain(
            "[2/2", output[output.IndexOf("custom.ipynb:", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Equal(
            (compile, thrown, own), (sandbox.Read("compile.ipynb"), sandbox.Read("thrown.ipynb"), sandbox.Read("custom.ipynb")));
        Assert.Contains("error CS0103", sandbox.Read("pages/compile.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void Notebooks_of_one_call_share_nothing()
    {
        using Sandbox sandbox = new();
        sandbox.Write(
            "a.ipynb",
            Of(
                Code(
                    "int shared = 1;\nMicrosoft.DotNet.Interactive.Formatting.Formatter.Register<int>((i, w) => "
                        + "w.Write(\"mine\"), \"text/html\");\nshared")));
        sandbox.Write("b.ipynb", Of(Code("42"), Code("shared")));
        (int exitCode, string output, string error) = sandbox.RunHere("write", "a.ipynb", "b.ipynb", "--output", "pages");
        Assert.Equal(1, exitCode);
        Assert.Contains("\n42", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("b.ipynb, cell 2 (cell-2), line 1: error CS0103", error, StringComparison.Ordinal);
        Assert.Contains("mine", sandbox.Read("a.ipynb"), StringComparison.Ordinal);
        Assert.Contains(sandbox["pages/index.html"], output, StringComparison.Ordinal);
        Assert.Matches("(?s)<a href=\"a.html\">.*ran to its end.*<a href=\"b.html\">.*stopped", sandbox.Read("pages/index.html"));
    }

    [Fact]
    public void Paths_start_from_the_notebooks_folder()
    {
        using Sandbox sandbox = new();
        File.Copy(typeof(CsCheck.Check).Assembly.Location, Directory.CreateDirectory(sandbox["lib"]).FullName + "/CsCheck.dll");
        sandbox.Write("lessons/data/x.txt", "from the file");
        sandbox.Write(
            "lessons/a.ipynb",
            Of(
                Code("#r \"../lib/CsCheck.dll\"\ntypeof(CsCheck.Gen).Assembly.Location"),
                Code("System.IO.File.ReadAllText(\"data/x.txt\")")));
        (int exitCode, string output, string error) = sandbox.RunHere("lessons/a.ipynb", "--output", "pages");
        Assert.True(exitCode == 0, error);
        Assert.Contains($"{Path.Combine("lib", "CsCheck.dll")}", output, StringComparison.Ordinal);
        Assert.Contains("from the file", output, StringComparison.Ordinal);
        Assert.True(File.Exists(sandbox["pages/a.html"]));
    }

    [Fact]
    public void A_missing_dll_or_package_says_so_and_only_an_optional_cell_is_skipped_for_it()
    {
        using Sandbox sandbox = new();
        string committed = Of(Code("#r \"../none.dll\"\n1", "optional"), Code("2"))
            .Replace(
                "\"execution_count\": null,\n   \"id\": \"cell-1\"", "\"execution_count\": 1,\n   \"id\": \"cell-1\"",
                StringComparison.Ordinal)
            .Replace(
                "\"outputs\": [],\n   \"source\": \"#r",
                "\"outputs\": [{\"output_type\": \"stream\", \"name\": \"stdout\", \"text\": \"kept\"}],\n   \"source\": \"#r",
                StringComparison.Ordinal);
        sandbox.Write("optional.ipynb", committed);
        sandbox.Write("dll.ipynb", Of(Code("\n#r \"../none.dll\"\n1")));
        sandbox.Write("broken.ipynb", Of(Code("nonsense", "optional")));
        sandbox.Write("unversioned.ipynb", Of(Code("#r \"nuget: MathNet.Numerics\"\n1", "optional")));
        sandbox.Write("magic.ipynb", Of(Code("1 +\n#!pwsh\n1", "optional")));
        (int exitCode, string output, string error) = sandbox.RunHere(
            "write", "optional.ipynb", "dll.ipynb", "broken.ipynb", "unversioned.ipynb", "magic.ipynb", "--output", "pages");
        Assert.Equal(1, exitCode);
        Assert.Contains(
            "skipped, because it is optional: optional.ipynb, cell 1 (cell-1), line 1: error CS0006: Metadata file "
                + "'../none.dll' could not be found",
            output, StringComparison.Ordinal);
        Assert.Equal("kept", (string?)sandbox.ReadCell("optional.ipynb", 0)["outputs"]![0]!["text"]);
        Assert.Equal(2, (int?)sandbox.ReadCell("optional.ipynb", 1)["execution_count"]);
        Assert.Contains(
            "dll.ipynb, cell 1 (cell-1), line 2: error CS0006: Metadata file '../none.dll' could not be found; run 'dotnet "
                + "build' first",
            error, StringComparison.Ordinal);
        Assert.Contains("broken.ipynb, cell 1 (cell-1), line 1: error CS0103", error, StringComparison.Ordinal);
        Assert.Contains(
            "unversioned.ipynb, cell 1 (cell-1), line 1: error: #r \"nuget: MathNet.Numerics\" does not name one exact version",
            error, StringComparison.Ordinal);
        Assert.Contains(
            "magic.ipynb, cell 1 (cell-1), line 2: error: '#!pwsh' is a magic command", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Packages_are_resolved_from_the_feed_in_exactly_the_version_that_is_named()
    {
        using Sandbox sandbox = LocalFeed.Sandbox();
        sandbox.Write(
            "real.ipynb",
            Of(
                Code(
                    "#r \"nuget: MathNet.Numerics, 5.0.0\"\nusing "
                        + "MathNet.Numerics.LinearAlgebra;\nVector<double>.Build.Dense(2, 1.5)"),
                Code("Vector<double>.Build.Dense(1, 2.5).Sum()")));
        sandbox.Write(
            "lacking.ipynb",
            Of(
                Code(
                    "#r \"nuget: MathNet.Numerics, 4.99.99\"\n1", "optional"), Code(
                        "#r \"nuget: MathNet.Numerics, 4.99.99\"\n1")));
        (int exitCode, string output, string error) = sandbox.RunHere(
            "write", "real.ipynb", "lacking.ipynb", "--output", "pages");
        Assert.Equal(1, exitCode);
        Assert.True(output.Contains("real.ipynb: refreshed", StringComparison.Ordinal), error);
        JsonArray outputs = sandbox.ReadCell("real.ipynb", 0)["outputs"]!.AsArray();
        Assert.Equal(2, outputs.Count);
        Assert.Contains(
            "<li><span>MathNet.Numerics, 5.0.0</span></li>",
            outputs[0]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }),
            StringComparison.Ordinal);
        Assert.Contains("[ 1.5, 1.5 ]", outputs[1]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(
            "skipped, because it is optional: lacking.ipynb, cell 1 (cell-1): error NU1102: Unable to find package "
                + "MathNet.Numerics with version (= 4.99.99)",
            output, StringComparison.Ordinal);
        Assert.Contains(
            "lacking.ipynb, cell 2 (cell-2): error NU1102: Unable to find package MathNet.Numerics with version (= 4.99.99)",
            error, StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_and_what_goes_to_stderr_are_told()
    {
        using Sandbox sandbox = new();
        sandbox.Write("a.ipynb", Of(Code("\nstring? s = null;"), Code("Console.Error.WriteLine(\"oh\");")));
        (int exitCode, _, string error) = sandbox.RunHere("write", "a.ipynb", "--output", "pages");
        Assert.Equal(0, exitCode);
        Assert.Contains("a.ipynb, cell 1 (cell-1), line 2: warning CS8632: ", error, StringComparison.Ordinal);
        Assert.Contains("warning: the cell writes to Console.Error", error, StringComparison.Ordinal);
        Assert.Equal("stderr", (string?)sandbox.ReadCell("a.ipynb", 1)["outputs"]![0]!["name"]);
    }

    [Fact]
    public void Bad_arguments_and_files_that_are_no_notebooks_exit_with_2_before_anything_runs()
    {
        using Sandbox sandbox = new();
        sandbox.Write("good.ipynb", Of(Code("System.IO.File.WriteAllText(\"ran\", \"\");")));
        sandbox.Write("text.ipynb", "no json");
        Directory.CreateDirectory(sandbox["folder.ipynb"]);
        (string[] Arguments, string Message)[] cases =
        [
            (
                ["--chekc", "good.ipynb"],
                "There is no option '--chekc'. The verbs: run, check, write, portable, doctor, prefetch, mend, site, script."),
            (["good.ipynb", "--check"], "There is no option '--check'; a verb does it: check notebooks/02-looking-inside.ipynb"),
            (
                ["check", "good.ipynb", "--write"],
                "There is no option '--write'; a verb does it: write notebooks/02-looking-inside.ipynb"),
            (
                ["good.ipynb", "--portable", "folder"],
                "There is no option '--portable'; a verb does it: portable artifacts/portable "),
            (["verify"], "'verify' is neither a verb nor a notebook. The verbs: run, check, "),
            (["check", ""], "An argument is empty. Try: --help"),
            (["good.ipynb", "--output="], "Required argument missing for option: '--output'."),
            (["good.ipynb", "--timeout", "soon"], "--timeout wants a number of seconds, and got 'soon'."),
            (["good.ipynb", "--max-output", "0"], "--max-output wants a number of MB, and got '0'."),
            (["doctor", "good.ipynb"], "Unrecognized command or argument 'good.ipynb'."),
            (["portable"], "Required argument 'folder' missing for command: 'portable'."),
            (["site"], "Required argument 'folder' missing for command: 'site'."),
            (["script"], "Required argument 'folder' missing for command: 'script'."),
            (["good.ipynb", "--output"], "--output"),
            (["good.ipynb", "none.ipynb"], "none.ipynb: no such file"),
            (["good.ipynb", "folder.ipynb"], "folder.ipynb: a folder, not a notebook"),
            (["good.ipynb", "text.ipynb"], "text.ipynb, line 1, column 2: not valid JSON: "),
        ];
        foreach ((string[] arguments, string message) in cases)
        {
            (int exitCode, _, string error) = sandbox.RunHere(arguments);
            Assert.Equal(2, exitCode);
            Assert.Contains(message, error, StringComparison.Ordinal);
        }

        Assert.Equal(["good.ipynb", "text.ipynb"], Files(sandbox));
    }

    [Theory]
    [InlineData("run", "b.ipynb: done in ")]
    [InlineData("check", "b.ipynb: up to date")]
    [InlineData("write", "b.ipynb: unchanged")]
    [InlineData("portable", "pages/b.ipynb")]
    public void Where_a_notebook_is_damaged_the_others_run_all_the_same(string verb, string done)
    {
        using Sandbox sandbox = new();
        sandbox.Write("half.ipynb", Of(Code("1", "half")).Replace("\"half\"", "\"\\ud800\"", StringComparison.Ordinal));
        sandbox.Write("twice.ipynb", Of(Code("1"), Code("2")).Replace("cell-2", "cell-1", StringComparison.Ordinal));
        sandbox.Write("b.ipynb", Of(Markdown("# b")));
        string[] names = ["half.ipynb", "twice.ipynb", "b.ipynb"];
        (int exitCode, string told, string error) = sandbox.RunHere(verb switch
        {
            "check" => [verb, .. names],
            "portable" => [verb, "pages", .. names],
            _ => [verb, .. names, "--output", "pages"],
        });
        Assert.Equal(1, exitCode);
        Assert.Matches(
            @"\Ahalf\.ipynb, line \d+, column \d+: not valid JSON: a string that is not valid Unicode\r?\n"
            + @"twice\.ipynb, line \d+, column \d+: [^\n]*as is an earlier cell's; ids must differ\r?\n\z",
            error);
        Assert.Contains(done, told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "", "run <notebooks>", "check <notebooks>", "write <notebooks>", "portable <folder> <notebooks>", "doctor", "prefetch",
        "mend")]
    [InlineData("run", "<notebooks>", "--output <folder>", "lib/Rnn.Runner -- run notebooks/02-looking-inside.ipynb")]
    [InlineData("check", "<notebooks>", "lib/Rnn.Runner -- check notebooks/02-looking-inside.ipynb")]
    [InlineData("write", "<notebooks>", "--output <folder>", "lib/Rnn.Runner -- write notebooks/02-looking-inside.ipynb")]
    [InlineData("portable", "<folder>", "<notebooks>", "lib/Rnn.Runner -- portable artifacts/portable")]
    [InlineData("doctor", "lib/Rnn.Runner -- doctor")]
    [InlineData("prefetch", "lib/Rnn.Runner -- prefetch")]
    [InlineData("mend", "--servers", "lib/Rnn.Runner -- mend")]
    public void Help_explains_every_verb_with_examples(string verb, params string[] parts)
    {
        string[] words = verb.Length == 0 ? ["--help"] : [verb, "--help"];
        using StringWriter output = new();
        Assert.Equal(
            0, CommandLine.Parse(words, new Progress(output, output)).Invoke(new InvocationConfiguration { Output = output }));
        Assert.All(parts, part => Assert.Contains(part, output.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Where_no_verb_is_named_run_is_meant() =>
        Assert.All(new string[][] { [], ["a.ipynb"], ["--output", "pages", "a.ipynb"], ["run", "a.ipynb"] }, words =>
            Assert.Equal(
                "run", CommandLine.Parse(words, new Progress(TextWriter.Null, TextWriter.Null)).CommandResult.Command.Name));

    [Theory]
    [InlineData(PosixSignal.SIGINT, "while (true) { }", false)]
    [InlineData(PosixSignal.SIGINT, "while (true) Console.Write(\"x\");", false)]
    [InlineData(PosixSignal.SIGINT, "while (true) { }", true)]
    [InlineData(PosixSignal.SIGTERM, "try { System.Threading.Thread.Sleep(-1); } finally { while (true) { } }", false)]
    public async Task A_signal_stops_it_at_once_and_leaves_nothing_behind(
        PosixSignal signal, string endless, bool asShellsStartBackgroundJobs)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such signals.");
        using Sandbox sandbox = new();
        string notebook = Of(Code("Console.WriteLine(\"started\");"), Code(endless));
        sandbox.Write("endless.ipynb", notebook);
        using Process process = sandbox.Start(asShellsStartBackgroundJobs, "write", "endless.ipynb", "--output", "pages");
        while (
            await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is string line
                && !line.Contains("[2/2", StringComparison.Ordinal))
            Assert.NotEmpty(line);
        Task drained = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.False(process.HasExited);

        Stopwatch watch = Stopwatch.StartNew();
        using (Process kill = Process.Start("kill", [signal == PosixSignal.SIGINT ? "-INT" : "-TERM", $"{process.Id}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        using CancellationTokenSource second = CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.Current.CancellationToken);
        second.CancelAfter(TimeSpan.FromSeconds(20));
        await process.WaitForExitAsync(second.Token);
        // A second, and another for a machine that is busy with other tests.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"it took {watch.Elapsed}");
        Assert.Equal(signal == PosixSignal.SIGINT ? 130 : 143, process.ExitCode);
        await drained;
        Assert.Equal(notebook, sandbox.Read("endless.ipynb"));
        Assert.Equal(["endless.ipynb"], Files(sandbox));
    }


    internal static string[] Files(Sandbox sandbox) =>
        [
            .. Directory.GetFiles(
                sandbox.Folder, "*", SearchOption.AllDirectories).Select(path =>
                    Path.GetFileName(path)).Order(StringComparer.Ordinal)
        ];
}
