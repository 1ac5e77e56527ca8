using Rnn.Exchange.Internals;

namespace Rnn.Exchange.Tests;

/// <summary>A file is there whole, or as it was before.</summary>
public sealed class SavingTests
{
    private static readonly (string Name, Action<Weights, string> Save)[] Savers =
    [
        ("w.npz", WeightsFile.SaveNpz),
        .. Enum.GetValues<OnnxForm>().Select(form =>
            ("w.onnx", (Action<Weights, string>)((weights, path) => WeightsFile.SaveOnnx(weights, path, form)))),
    ];

    [Fact]
    public void A_file_is_replaced_and_nothing_stays_beside_it()
    {
        foreach ((string name, Action<Weights, string> save) in Savers)
        {
            using Folder folder = new();
            folder.Write(name, new byte[100_000]);
            save(Samples.Weights(), folder[name]);
            byte[] replaced = File.ReadAllBytes(folder[name]);
            save(Samples.Weights(), folder[$"new-{name}"]);
            Assert.Equal(replaced, File.ReadAllBytes(folder[$"new-{name}"]));
            Assert.Equal([$"new-{name}", name], folder.Names);
        }
    }

    [Fact]
    public void What_fails_while_it_is_written_leaves_the_old_file_and_nothing_else()
    {
        using Folder folder = new();
        string path = folder.Write("w.npz", [1, 2, 3]);
        Assert.Throws<IOException>(() => WholeFile.Write(path, stream =>
        {
            stream.Write(new byte[100_000]);
            throw new IOException("The disk is full.");
        }));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal(["w.npz"], folder.Names);
    }

    [Fact]
    public void What_cannot_be_moved_into_place_leaves_nothing()
    {
        foreach ((string name, Action<Weights, string> save) in Savers)
        {
            using Folder folder = new();
            Directory.CreateDirectory(folder[name]);
            Exception failure = Assert.ThrowsAny<Exception>(() => save(Samples.Weights(), folder[name]));
            Assert.True(failure is IOException or UnauthorizedAccessException, $"{failure}");
            Assert.Throws<DirectoryNotFoundException>(() => save(Samples.Weights(), folder[$"none/{name}"]));
            Assert.Equal([name], folder.Names);
            Assert.Empty(Directory.GetFileSystemEntries(folder[name]));
        }
    }

    [Fact]
    public void What_is_refused_touches_no_file()
    {
        foreach ((string name, Action<Weights, string> save) in Savers)
        {
            using Folder folder = new();
            Weights spoilt = Samples.Weights();
            spoilt.Wy[2, 1] = double.NaN;
            folder.Write(name, [1, 2, 3]);
            Assert.Throws<ArgumentException>(() => save(spoilt, folder[name]));
            Assert.Throws<ArgumentException>(() => save(spoilt, folder["other"]));
            Assert.Equal([1, 2, 3], File.ReadAllBytes(folder[name]));
            Assert.Equal([name], folder.Names);
        }
    }

    /// <summary>A name may be as long as the system allows.</summary>
    [Fact]
    public void A_long_name_is_no_hindrance()
    {
        using Folder folder = new();
        string name = new string('w', 251) + ".npz";
        WeightsFile.SaveNpz(Samples.Weights(), folder[name]);
        Samples.AreEqual(Samples.Weights(), WeightsFile.LoadNpz(folder[name]));
    }

    [Fact]
    public void A_link_stays_one_and_the_file_keeps_its_rights()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Links want a right there that tests may not have.");
            return;
        }

        using Folder folder = new();
        Directory.CreateDirectory(folder["real"]);
        string file = folder.Write("real/w.npz", [1, 2, 3]);
        UnixFileMode rights = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupExecute;
        File.SetUnixFileMode(file, rights);
        File.CreateSymbolicLink(folder["link.npz"], file);
        File.CreateSymbolicLink(folder["early.npz"], "real/later.npz");
        foreach (string link in (string[])["link.npz", "early.npz"])
        {
            WeightsFile.SaveNpz(Samples.Weights(), folder[link]);
            Samples.AreEqual(Samples.Weights(), WeightsFile.LoadNpz(folder[link]));
            Assert.NotNull(new FileInfo(folder[link]).LinkTarget);
        }

        Assert.Equal(rights, File.GetUnixFileMode(file));
        Assert.Equal(["early.npz", "link.npz", "real"], folder.Names);
        Assert.Equal(2, Directory.GetFiles(folder["real"]).Length);
    }

    [Fact]
    public async Task Several_save_to_one_file_and_whoever_loads_it_gets_one_of_them()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A file that is being read cannot be replaced there.");
        using Folder folder = new();
        Weights[] weights = [.. Enumerable.Range(0, 4).Select(seed => Samples.Weights(7, 30, 5, seed))];
        WeightsFile.SaveNpz(weights[0], folder["w.npz"]);
        CancellationToken token = TestContext.Current.CancellationToken;
        Task[] writers = [.. weights.Select(each => Task.Run(
            () =>
            {
                for (int i = 0; i < 25; i++)
                    WeightsFile.SaveNpz(each, folder["w.npz"]);
            },
            token))];
        Task reader = Task.Run(
            () =>
            {
                do
                {
                    Weights loaded = WeightsFile.LoadNpz(folder["w.npz"]);
                    Samples.AreEqual(Assert.Single(weights, each => each.Wh[0, 0] == loaded.Wh[0, 0]), loaded);
                }
                while (!Array.TrueForAll(writers, writer => writer.IsCompleted));
            },
            token);
        await Task.WhenAll([.. writers, reader]);
        Assert.Equal(["w.npz"], folder.Names);
    }
}
