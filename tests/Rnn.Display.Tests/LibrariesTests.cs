using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;

namespace Rnn.Display.Tests;

public sealed class LibrariesTests
{
    [Fact]
    public void Says_name_and_version_of_what_the_types_come_from()
    {
        string numerics = typeof(Matrix<double>).Assembly.GetName().Version!.ToString(3);
        string[] lines = Libraries.Loaded(typeof(Matrix<double>), typeof(Charts)).Split('\n');
        Assert.Equal($"MathNet.Numerics {numerics}", lines[0]);
        Assert.Matches(@"^Rnn\.Display \d+\.\d+\.\d+$", lines[1]);
        Assert.Throws<ArgumentNullException>(() => Libraries.Loaded(null!));
        Assert.Throws<ArgumentException>(() => Libraries.Loaded(typeof(Charts), null!));
    }

    [Fact]
    public void A_library_that_was_built_again_under_a_running_kernel_is_named()
    {
        // There, the build cannot replace it, and says so.
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not let go of a file that is loaded");
        string folder = Directory.CreateTempSubdirectory("rnn-display-").FullName;
        AssemblyLoadContext kernel = new("a kernel", isCollectible: true);
        try
        {
            string path = Path.Combine(folder, "Rnn.Rebuilt.dll");
            Build(path);
            Type loaded = kernel.LoadFromAssemblyPath(path).GetType("Anything", throwOnError: true)!;
            Assert.Equal("Rnn.Rebuilt 1.2.3", Libraries.Loaded(loaded));

            byte[] same = File.ReadAllBytes(path);
            File.Delete(path);
            // While it is built there is none, and then there is a part of it.
            Assert.Equal("Rnn.Rebuilt 1.2.3", Libraries.Loaded(loaded));
            foreach (byte[] part in new[] { [], same[..100], same[..^100], new byte[4096] })
            {
                File.WriteAllBytes(path, part);
                Assert.Equal("Rnn.Rebuilt 1.2.3", Libraries.Loaded(loaded));
            }

            File.WriteAllBytes(path, same);
            Assert.Equal("Rnn.Rebuilt 1.2.3", Libraries.Loaded(loaded));

            File.Delete(path);
            Build(path);
            // Whatever the cell names.
            foreach (Type type in new[] { loaded, typeof(Charts) })
            {
                Assert.Equal(
                    "! Rnn.Rebuilt: built again since this kernel loaded it. The cells still run the old one: "
                    + "restart the kernel and run them again.",
                    Libraries.Loaded(type).Split('\n')[^1]);
            }
        }
        finally
        {
            kernel.Unload();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Each time with a version id of its own.</summary>
    private static void Build(string path)
    {
        AssemblyName name = new("Rnn.Rebuilt") { Version = new Version(1, 2, 3, 0) };
        PersistedAssemblyBuilder assembly = new(name, typeof(object).Assembly);
        assembly.DefineDynamicModule("Rnn.Rebuilt").DefineType("Anything", TypeAttributes.Public).CreateType();
        assembly.Save(path);
    }
}
