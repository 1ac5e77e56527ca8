using static Rnn.Testing.Notebooks;

namespace Rnn.Runner.Tests;

/// <summary>Copies of notebooks that run in other folders.</summary>
[Collection(ProcessWide.Name)]
public sealed class PortableTests
{
    [Fact]
    public void A_copy_runs_in_a_folder_of_its_own()
    {
        using Sandbox sandbox = new();
        Library(sandbox, "lib");
        sandbox.Write("lessons/data/x.txt", "from the file");
        sandbox.Write("shared/y-2.txt", "from the folder");
        sandbox.Write("lessons/images/a b.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        sandbox.Write("outside.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        sandbox.Write("lessons/a.ipynb", Of(
            Markdown("# \"data/x.txt\"\n![a picture](images/a%20b.svg) ![none](none.svg) ![out](../outside.svg) [b](b.ipynb)"),
            Code("#r \"../lib/CsCheck.dll\"\ntypeof(CsCheck.Gen).Assembly.Location"),
            Code(
                "// \"data\" is a folder\nstring none = \"\", data = \"data/x.txt\"; \"data/none.txt, data, \" + "
                    + "System.IO.File.ReadAllText(data)"),
            Code("int n = 2; System.IO.File.ReadAllText($\"../shared/y-{n}.txt\") + $\", {n}/{n}\" + $\"a/{n}\"")));
        sandbox.Write("elsewhere/b.ipynb", Of(Code("#r \"none.dll\"\n1")));
        (int exitCode, string output, string error) = sandbox.RunHere(
            "portable", "portable/deep", "lessons/a.ipynb", "elsewhere/b.ipynb");
        Assert.True(exitCode == 0, error);
        Assert.Equal("portable/deep/a.ipynb\nportable/deep/b.ipynb\n", output.ReplaceLineEndings("\n"));

        Assert.Equal($"#r \"{Slashes(sandbox["lib/CsCheck.dll"])}\"", SourceOf("portable/deep/a.ipynb", 1).Split('\n')[0]);
        // What is not there yet would be built there.
        Assert.Equal($"#r \"{Slashes(sandbox["elsewhere/none.dll"])}\"\n1", SourceOf("portable/deep/b.ipynb", 0));
        Assert.Equal(
            $"// \"data\" is a folder\nstring none = \"\", data = \"{Slashes(sandbox["lessons/data/x.txt"])}\"; "
                + "\"data/none.txt, data, \" + System.IO.File.ReadAllText(data)",
            SourceOf("portable/deep/a.ipynb", 2));
        string svg = Convert.ToBase64String(File.ReadAllBytes(sandbox["lessons/images/a b.svg"]));
        Assert.Equal(
            $"# \"data/x.txt\"\n![a picture](data:image/svg+xml;base64,{svg}) "
                + "![none](none.svg) ![out](../outside.svg) [b](b.ipynb)",
            SourceOf("portable/deep/a.ipynb", 0));
        (exitCode, output, error) = sandbox.RunHere("portable/deep/a.ipynb", "--output", "pages");
        Assert.True(exitCode == 0, error);
        Assert.Contains("data/none.txt, data, from the file", output, StringComparison.Ordinal);
        Assert.Contains("from the folder, 2/2a/2", output, StringComparison.Ordinal);
        Assert.Contains($"src=\"data:image/svg+xml;base64,{svg}\"", sandbox.Read("pages/a.html"), StringComparison.Ordinal);

        // On macOS, the folder for temporary files is a link into /private.
        string SourceOf(string copy, int cell) =>
            ((string)sandbox.ReadCell(copy, cell)["source"]!).Replace("/private/", "/", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a%20b")]
    [InlineData("a$(OS)b")]
    [InlineData("a;b")]
    [InlineData("a{b")]
    [InlineData("a{{b}}c")]
    [InlineData("é 'ü' #")]
    public void A_copy_runs_whatever_the_folder_is_called(string folder)
    {
        using Sandbox sandbox = new();
        Library(sandbox, $"{folder}/lib");
        sandbox.Write($"{folder}/a.ipynb", Of(Code(EveryKindOfText), Code("#r \"lib/CsCheck.dll\"\ntypeof(CsCheck.Gen).Name")));
        WriteTexts(sandbox, folder);
        (int exitCode, string output, string error) = RunCopy(sandbox, folder);
        Assert.True(exitCode == 0, error);
        Assert.Contains("one{two}, three, four, five, six", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_runs_where_a_folder_has_a_quotation_mark_unless_a_reference_has_to_name_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such folders");
        using Sandbox sandbox = new();
        const string Folder = "a\"b\\c";
        sandbox.Write($"{Folder}/a.ipynb", Of(Code(EveryKindOfText)));
        WriteTexts(sandbox, Folder);
        (int exitCode, string output, string error) = RunCopy(sandbox, Folder);
        Assert.True(exitCode == 0, error);
        Assert.Contains("one{two}, three, four, five, six", output, StringComparison.Ordinal);

        sandbox.Write($"{Folder}/b.ipynb", Of(Code("1"), Code("#r \"none.dll\"\n1")));
        sandbox.Write("c.ipynb", Of(Code("1")));
        (exitCode, output, error) = sandbox.RunHere("portable", "portable", $"{Folder}/b.ipynb", "c.ipynb");
        Assert.Equal(1, exitCode);
        Assert.Equal("portable/c.ipynb\n", output.ReplaceLineEndings("\n"));
        Assert.StartsWith($"{Folder}/b.ipynb, cell 2 (cell-2): #r cannot name /", error, StringComparison.Ordinal);
        const string What = "/none.dll, which has a quotation mark in it; rename that folder";
        Assert.EndsWith(What, error.TrimEnd(), StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    /// <summary>Each reads a file of the folder that the notebook is in.</summary>
    private const string EveryKindOfText =
        "using static System.IO.File; int n = 1; string.Join(\", \", ReadAllText(\"data/x1.txt\"), "
        + "ReadAllText(@\"data/x2.txt\"), ReadAllText($\"data/x{n + 2}.txt\"), ReadAllText($@\"data/x{n + 3}.txt\"), "
        + "ReadAllText($$\"\"\"data/x{{n + 4}}.txt\"\"\"))";

    private static void WriteTexts(Sandbox sandbox, string folder)
    {
        foreach ((int i, string text) in ((string[])["one{two}", "three", "four", "five", "six"]).Index())
            sandbox.Write($"{folder}/data/x{i + 1}.txt", text);
    }

    private static (int ExitCode, string Output, string Error) RunCopy(Sandbox sandbox, string folder)
    {
        (int exitCode, string output, string error) = sandbox.RunHere("portable", "portable", $"{folder}/a.ipynb");
        return exitCode == 0 ? sandbox.RunHere("portable/a.ipynb", "--output", "pages") : (exitCode, output, error);
    }

    private static void Library(Sandbox sandbox, string folder)
    {
        Directory.CreateDirectory(sandbox[folder]);
        File.Copy(typeof(CsCheck.Check).Assembly.Location, sandbox[$"{folder}/CsCheck.dll"]);
    }

    private static string Slashes(string path) => path.Replace('\\', '/');
}
