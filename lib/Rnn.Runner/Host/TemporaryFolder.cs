namespace Rnn.Runner.Host;

/// <summary>A folder that is deleted with everything in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly IDisposable registration;

    public TemporaryFolder() => registration = CleanUp.OnExit(Delete);

    public string Path { get; } = Directory.CreateTempSubdirectory("rnn-runner-").FullName;

    public void Dispose()
    {
        Delete();
        registration.Dispose();
    }

    private void Delete()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
