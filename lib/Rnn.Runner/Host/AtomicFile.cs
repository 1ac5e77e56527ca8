namespace Rnn.Runner.Host;

/// <summary>Files that are there whole or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>Writes beside the file and moves into place, so that neither a crash nor Ctrl+C leaves half of it.</summary>
    public static void Write(string path, byte[] bytes)
    {
        // A link stays one: the file that it leads to is replaced.
        string target = (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? path;
        string beside = $"{target}.{Environment.ProcessId}.tmp";
        lock (CleanUp.Gate)
        {
            try
            {
                File.WriteAllBytes(beside, bytes);
                if (!OperatingSystem.IsWindows() && File.Exists(target))
                    File.SetUnixFileMode(beside, File.GetUnixFileMode(target));
                File.Move(beside, target, overwrite: true);
            }
            finally
            {
                File.Delete(beside);
            }
        }
    }
}
