// A notebook may measure times: nothing else runs while the pages are made.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Rnn.Browser.Tests;

/// <summary>The pages of all notebooks, made once, as a reader makes them.</summary>
internal static class Pages
{
    // They stay there after the tests, for whoever wants to see what a test saw.
    private static readonly string Folder = Path.Combine(Notebooks.Root, "artifacts", "pages");

    private static readonly Lazy<Task<string?>> Made = new(MakeAsync);

    /// <summary>What the runner said if it failed, else null.</summary>
    public static Task<string?> FailureAsync() => Made.Value;

    /// <summary>The file of a notebook's page, or of the index.</summary>
    public static async Task<string> FileAsync(string name)
    {
        string? failure = await FailureAsync();
        string file = Path.Combine(Folder, name + ".html");
        Assert.True(File.Exists(file), $"The runner has written no {file}. {failure}");
        return file;
    }

    private static Task<string?> MakeAsync()
    {
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        return Command.RunAsync(
            "dotnet", ["run", "--no-build", "--project", "lib/Rnn.Runner", "--", .. Notebooks.All.Select(Notebooks.PathOf), "--output", Folder]);
    }
}
