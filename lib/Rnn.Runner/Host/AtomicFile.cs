namespace Rnn.Runner.Host;

/// <summary>Files that are there whole or not at all.</summary>
internal static class AtomicFile
{
    private const string Ending = ".tmp";

    /// <summary>
    /// Writes beside the file and moves into place, so that neither a crash nor Ctrl+C nor a power cut leaves half of it.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">What it is to hold.</param>
    /// <param name="expected">What it must hold still, for it to be replaced; null where that does not matter.</param>
    /// <returns>Whether it was written; false where it holds something else by now.</returns>
    public static bool Write(string path, byte[] bytes, byte[]? expected = null)
    {
        string target = TargetOf(path);
        RemoveLeftOvers(path);
        string beside = $"{target}.{LeftOver.NewName()}{Ending}";
        lock (CleanUp.Gate)
        {
            try
            {
                // Nobody can have put a file, or a link to one, in its place.
                using (FileStream stream = new(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None))
                {
                    stream.Write(bytes);
                    stream.Flush(flushToDisk: true);
                }

                if (!OperatingSystem.IsWindows() && File.Exists(target))
                    File.SetUnixFileMode(beside, File.GetUnixFileMode(target));
                if (expected is not null && !(File.Exists(target) && File.ReadAllBytes(target).AsSpan().SequenceEqual(expected)))
                    return false;
                File.Move(beside, target, overwrite: true);
                return true;
            }
            finally
            {
                File.Delete(beside);
            }
        }
    }

    /// <summary>Removes what a run that was killed has left beside the file.</summary>
    public static void RemoveLeftOvers(string path)
    {
        string target = TargetOf(path), start = $"{Path.GetFileName(target)}.", folder = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder))
            return;
        foreach (string file in Directory.EnumerateFiles(folder, $"*{Ending}").ToArray())
        {
            string name = Path.GetFileNameWithoutExtension(file);
            if (name.StartsWith(start, StringComparison.Ordinal) && LeftOver.Is(name[start.Length..]))
                File.Delete(file);
        }
    }

    /// <summary>A link stays one: the file that it leads to is replaced.</summary>
    private static string TargetOf(string path) =>
        (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? path;
}
