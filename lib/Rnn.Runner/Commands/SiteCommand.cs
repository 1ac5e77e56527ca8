using Rnn.Runner.Site;

namespace Rnn.Runner.Commands;

/// <summary>Writes the whole course as a site.</summary>
internal static class SiteCommand
{
    public static Verb Create(Progress progress)
    {
        Argument<string> folder = new("folder") { Description = "Where the site goes; what an earlier one left there goes." };
        return new(
            "site",
            "Write the whole course as static pages, to be opened from disk or put on any web server; nothing is run.",
            ["site artifacts/site"],
            arguments => Write(arguments.GetValue(folder)!, progress))
        { folder };
    }

    private static int Write(string folder, Progress progress)
    {
        (IReadOnlyList<NotebookFile> notebooks, int exitCode) = NotebookRun.ReadAll(Repository.Notebooks, progress);
        if (exitCode != 0)
            return exitCode;
        if (PlotlyJs.OfRepository() is not { } plotly)
        {
            progress.Error(PlotlyJs.Missing);
            return 1;
        }

        TimeSpan start = progress.Elapsed;
        string root = Path.GetFullPath(folder);
        IReadOnlyDictionary<string, byte[]> files = new Course(notebooks, plotly, Home.OfThisBuild, progress.Error).Files();
        foreach ((string place, byte[] bytes) in files)
        {
            string path = Path.Combine(root, place);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, bytes);
        }

        long size = files.Values.Sum(bytes => (long)bytes.Length);
        progress.Line(
            $"{files.Count} files, {size / 1e6:0.0} MB, in {progress.Since(start)}; open {Path.Combine(root, "index.html")}");
        return 0;
    }
}
