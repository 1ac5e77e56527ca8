namespace Rnn.Exchange.Internals;

/// <summary>Files that are there whole or as they were before.</summary>
internal static class WholeFile
{
    /// <summary>Writes beside the file and moves into place; where that fails, nothing is left behind.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        // A link stays one, also where the file that it leads to is still to be made.
        string target = Path.GetFullPath(path);
        if (new FileInfo(target).LinkTarget is not null)
            target = File.ResolveLinkTarget(target, returnFinalTarget: true)!.FullName;
        string beside = Path.Combine(Path.GetDirectoryName(target) ?? target, $"rnn-{Path.GetRandomFileName()}.tmp");
        try
        {
            // Nobody can have put a file, or a link to one, in its place.
            using (FileStream stream = new(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            if (!OperatingSystem.IsWindows() && File.Exists(target))
                File.SetUnixFileMode(beside, File.GetUnixFileMode(target));
            File.Move(beside, target, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }
}
