namespace Rnn.Testing;

/// <summary>The repository that the tests were built in.</summary>
internal static class Repo
{
    /// <summary>The folder of Rnn.Notebook.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file or folder below the root.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            if (File.Exists(System.IO.Path.Combine(folder, "Rnn.Notebook.sln")))
                return folder;
        }

        throw new DirectoryNotFoundException("No folder above the tests holds Rnn.Notebook.sln.");
    }
}
