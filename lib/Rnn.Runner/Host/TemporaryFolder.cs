namespace Rnn.Runner.Host;

/// <summary>A folder that is deleted with everything in it; where the process is killed, by the next that makes one.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private const string Start = "rnn-runner-";

    private readonly IDisposable registration;

    public TemporaryFolder()
    {
        RemoveLeftOvers();
        registration = CleanUp.OnExit(() => Delete(Path));
    }

    public string Path { get; } = Directory.CreateTempSubdirectory($"{Start}{LeftOver.NewName()}-").FullName;

    public void Dispose()
    {
        Delete(Path);
        registration.Dispose();
    }

    private static void RemoveLeftOvers()
    {
        foreach (string folder in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), $"{Start}*").ToArray())
        {
            string[] parts = System.IO.Path.GetFileName(folder)[Start.Length..].Split('-');
            try
            {
                if (parts.Length == 3 && LeftOver.Is($"{parts[0]}-{parts[1]}"))
                    Delete(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Somebody else's.
            }
        }
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
