namespace Rnn.Exchange.Tests;

/// <summary>A folder for the files of a test.</summary>
internal sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("rnn-exchange-tests-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>The names of all that is in it.</summary>
    public string[] Names =>
        [.. Directory.GetFileSystemEntries(Path).Select(each => System.IO.Path.GetFileName(each)).Order(StringComparer.Ordinal)];

    public string Write(string name, byte[] bytes)
    {
        // A file that is written over is flushed to the disk, which takes a test of thousands of files too long.
        File.Delete(this[name]);
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
