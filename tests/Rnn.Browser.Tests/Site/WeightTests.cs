using System.IO.Compression;

namespace Rnn.Browser.Tests.Site;

/// <summary>How much there is to load, and from whom.</summary>
public sealed class WeightTests(ITestOutputHelper output)
{
    private static IEnumerable<FileInfo> Files =>
        new DirectoryInfo(BuiltSite.Folder).EnumerateFiles("*", SearchOption.AllDirectories);

    [Fact]
    public void All_of_it_is_less_than_ten_megabytes_and_no_two_files_are_the_same()
    {
        FileInfo[] files = [.. Files];
        long size = files.Sum(file => file.Length);
        output.WriteLine($"{files.Length} files, {size / 1e6:0.0} MB");
        Assert.InRange(size, 1_000_000, 10_000_000);
        Found.Nothing("the same", files.GroupBy(file => Convert.ToBase64String(File.ReadAllBytes(file.FullName)))
            .Where(same => same.Count() > 1).Select(same => string.Join(", ", same.Select(file => file.FullName))));
        Assert.Single(files, file => file.Extension == ".js" && file.Length > 1_000_000);
    }

    /// <summary>
    /// What a browser must have before it shows the first line: the page and its styles, packed as servers pack them. In half a
    /// second a slow line, of 1.6 Mbit/s, brings 100 kB; the other half is for finding the server.
    /// </summary>
    [Fact]
    public void The_text_comes_within_a_second_on_a_slow_line()
    {
        (string Place, long Size)[] sizes =
            [.. WrittenPage.All.Select(page => (page.Place, Needed(page))).OrderByDescending(each => each.Item2)];
        foreach ((string place, long size) in sizes.Take(3))
            output.WriteLine($"{place}: {size / 1000.0:0} kB");
        Found.Nothing("too large", sizes.Where(each => each.Size > 100_000).Select(each => $"{each.Place}: {each.Size}"));
        Found.Nothing("scripts that hold the text up", WrittenPage.All.SelectMany(page =>
            page.Document.QuerySelectorAll("script[src]:not([defer], [async], [type=module])")
                .Select(script => $"{page.Place}: {script.OuterHtml}")));

        static long Needed(WrittenPage page) =>
            Packed(page.Place) + page.Document.QuerySelectorAll("link[rel=stylesheet]")
                .Sum(link => Packed(page.Target(link.GetAttribute("href")!)!.Value.Place));
    }

    private static long Packed(string place)
    {
        using MemoryStream packed = new();
        using (GZipStream zip = new(packed, CompressionLevel.Optimal, leaveOpen: true))
            zip.Write(File.ReadAllBytes(BuiltSite.PathOf(place)));
        return packed.Length;
    }
}
