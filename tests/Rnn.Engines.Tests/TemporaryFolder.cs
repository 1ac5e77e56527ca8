namespace Rnn.Engines.Tests;

/// <summary>A folder that is deleted with everything in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string path = Directory.CreateTempSubdirectory("rnn-engines-").FullName;

    /// <summary>The full name of a file in it, whether or not it is there.</summary>
    public string File(string name) => Path.Combine(path, name);

    /// <summary>The folder's own full name.</summary>
    public override string ToString() => path;

    public void Dispose() => Directory.Delete(path, recursive: true);
}
