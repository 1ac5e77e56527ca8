using Rnn.Runner.Site;

namespace Rnn.Runner.Commands;

/// <summary>Writes the whole course as a site.</summary>
internal static class SiteCommand
{
    public static Verb Create(Progress progress)
    {
        Argument<string> folder = new("folder")
        {
            Description = "Where the site goes; files that an earlier one left there and that are no longer part of it go.",
        };
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

        progress.Line($"making pages of {notebooks.Count} notebooks and of what stands beside them");
        try
        {
            return Put(new Course(notebooks, plotly, Home.OfThisBuild, progress.Error).Files(), folder, progress);
        }
        catch (NotebookException e)
        {
            progress.Error(e.Message);
            return 1;
        }
    }

    private static int Put(IReadOnlyDictionary<string, byte[]> files, string folder, Progress progress)
    {
        string root = Path.GetFullPath(folder);
        SiteFolder site = new(root);
        if (site.InTheWay(files) is [string first, .. string[] others])
        {
            string more = others.Length > 0 ? $" ({others.Length} more like it)" : "";
            progress.Error(
                $"{Path.Combine(root, first)} was not written by 'site'{more}. Nothing was written; name another folder.");
            return 1;
        }

        site.Write(files, progress.Error);
        long size = files.Values.Sum(bytes => (long)bytes.Length);
        progress.Line(
            $"{files.Count} files, {size / 1e6:0.0} MB, in {Progress.Seconds(progress.Elapsed)}; "
                + $"open {Path.Combine(root, SitePage.Landing)}");
        return 0;
    }
}
