namespace Rnn.Runner.Tests;

/// <summary>The process in which a notebook's cells run, and what they can do to it.</summary>
public sealed class CellProcessTests
{
    [Theory]
    [InlineData("int Deep(int x) => Deep(x + 1) + 1;\nDeep(1)", "ended the process: Stack overflow.")]
    [InlineData("Environment.Exit(0);", "ended the process: it called Environment.Exit, with exit code 0")]
    [InlineData("Environment.FailFast(\"no\\nmore\");", "ended the process: Process terminated. no more")]
    [InlineData(
        "new System.Threading.Thread(() => throw new FormatException(\"why\")).Start();\nSystem.Threading.Thread.Sleep(-1);",
        "ended the process: an unhandled exception on a thread of its own: System.FormatException: why")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill();", "ended the process: ")]
    [InlineData(
        "while (true) try { Console.WriteLine(new string('x', 9999)); } catch { }",
        ": error: it prints and shows more than 1 MB; print less, or allow more with '--max-output 2'")]
    public void However_a_cell_ends_its_process_it_is_named(string source, string message)
    {
        using IKernel kernel = Start(new CellLimits(Seconds: 120, Megabytes: 1));
        Assert.Equal("41", Printed(kernel, 11, "1 + 40"));
        CellResult result = Run(kernel, 12, source);
        Assert.StartsWith(
            $"n.ipynb, cell 12 (c12){(message[0] == ':' ? "" : " ")}{message}", Assert.Single(result.Failure!.Messages),
            StringComparison.Ordinal);
        Assert.Equal("error", Outputs.Type(result.Outputs[^1]));
    }

    /// <summary>However slow the machine is: the time runs from the cell's start, compiling included.</summary>
    [Fact]
    public void A_cell_that_takes_too_long_is_named()
    {
        using IKernel kernel = Start(new CellLimits(Seconds: 2));
        Assert.Equal(
            ["n.ipynb, cell 1 (c1): error: it ran for more than the 2 s that '--timeout' allows"],
            Run(kernel, 1, "while (true) { }").Failure!.Messages);
    }

    /// <summary>The program that the cell has started holds the pipes open.</summary>
    [Fact]
    public void What_a_cell_has_started_does_not_hide_its_end()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no such program.");
        using IKernel kernel = Start();
        CellResult result = Run(kernel, 1, "System.Diagnostics.Process.Start(\"sleep\", \"60\"); Environment.Exit(3);");
        Assert.EndsWith("it called Environment.Exit, with exit code 3", result.Failure!.Messages[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Cultures_exist_and_numbers_stay_what_they_are_everywhere()
    {
        using IKernel kernel = Start();
        const string German = "System.Globalization.CultureInfo.GetCultureInfo(\"de-DE\")";
        Assert.Equal("1.5", Printed(kernel, 1, "1.5"));
        Assert.Equal("de-DE", Printed(kernel, 2, $"{German}.Name"));
        // Without ICU, all cultures are alike.
        bool hasCultures = Printed(kernel, 3, $"{German}.EnglishName").StartsWith("German", StringComparison.Ordinal);
        Assert.Equal(hasCultures ? "1,5" : "1.5", Printed(kernel, 4, $"1.5.ToString({German})"));
        // What the process was started with is not handed on.
        Assert.Equal(
            "True", Printed(kernel, 5, "Environment.GetEnvironmentVariable(\"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT\") is null"));
    }

    /// <summary>Charts would ask the network for plotly.js; a page has it.</summary>
    [Fact]
    public void Charts_are_told_that_the_page_has_plotly_js()
    {
        using IKernel kernel = Start();
        Assert.Equal(
            "True", Printed(kernel, 1, "AppContext.TryGetSwitch(\"Rnn.Display.PageHasPlotly\", out bool isSet) && isSet"));
    }

    [Fact]
    public void Nothing_leaks_into_the_next_notebook()
    {
        using Sandbox sandbox = new();
        string leak = sandbox.Write("leak.ipynb", Notebooks.Of(Notebooks.Code(
            """
            Console.SetOut(System.IO.TextWriter.Null);
            Environment.CurrentDirectory = System.IO.Path.GetTempPath();
            Environment.SetEnvironmentVariable("RNN_LEAK", "1");
            System.Globalization.CultureInfo.DefaultThreadCurrentCulture = new System.Globalization.CultureInfo("de-DE");
            AppContext.SetSwitch("Rnn.Leak", true);
            """)));
        string next = sandbox.Write("next/next.ipynb", Notebooks.Of(Notebooks.Code(
            """
            Console.Write(System.IO.Path.GetFileName(Environment.CurrentDirectory));
            Console.Write(Environment.GetEnvironmentVariable("RNN_LEAK"));
            Console.Write(System.Globalization.CultureInfo.DefaultThreadCurrentCulture?.Name);
            Console.WriteLine(AppContext.TryGetSwitch("Rnn.Leak", out _) ? "leaks" : " is clean");
            """)));
        (int exitCode, string output) = Call("run", leak, next, "--output", sandbox["pages"]);
        Assert.Equal(0, exitCode);
        Assert.Contains("\nnext is clean\n", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_printed_is_told_whole_and_as_it_comes()
    {
        using IKernel kernel = Start();
        List<KernelMessage> told = [];
        const string Halves = "Console.Write(\"\\ud83d\"); Console.Write(\"\\ude00\\ud83d\"); Console.Error.Write(2); 3";
        CellResult result = kernel.Run(new CellRequest("c1", 1, Halves, 7), told.Add);
        Assert.Equal(["\U0001f600", "\ufffd", "2"], told.OfType<KernelMessage.Printed>().Select(each => each.Text));
        Assert.Contains(result.Outputs, output => (int?)output["execution_count"] == 7);
    }

    [Fact]
    public void A_crash_spares_the_other_notebooks_of_the_call()
    {
        using Sandbox sandbox = new();
        string crash = sandbox.Write("crash.ipynb", Notebooks.Of(Notebooks.Code("Environment.FailFast(\"gone\");")));
        string fine = sandbox.Write("fine.ipynb", Notebooks.Of(Notebooks.Code("41 + 1")));
        (int exitCode, string output) = Call("run", crash, fine, "--output", sandbox["pages"]);
        Assert.Equal(1, exitCode);
        Assert.Contains(
            "crash.ipynb, cell 1 (cell-1) ended the process: Process terminated. gone", output, StringComparison.Ordinal);
        Assert.Contains("\n42\n", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("ended the process", sandbox.Read("pages/crash.html"), StringComparison.Ordinal);
    }

    private static IKernel Start(CellLimits? limits = null) =>
        CellProcess.Start(Path.Combine(AppContext.BaseDirectory, "n.ipynb"), "n.ipynb", limits ?? new CellLimits());

    private static CellResult Run(IKernel kernel, int number, string source) =>
        kernel.Run(new CellRequest($"c{number}", number, source, number), _ => { });

    private static string Printed(IKernel kernel, int number, string expression) =>
        Outputs.Text(Assert.Single(Run(kernel, number, $"Console.Write({expression});").Outputs)["text"]);

    private static (int ExitCode, string Output) Call(params string[] words)
    {
        using StringWriter output = new();
        return (CommandLine.Run(words, new Progress(output, output)), output.ToString());
    }
}
