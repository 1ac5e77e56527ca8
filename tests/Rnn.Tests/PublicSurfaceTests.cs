using System.Diagnostics;
using Xunit;

namespace Rnn.Tests;

public sealed class PublicSurfaceTests
{
    /// <summary>
    /// Names, parameters and defaults are promises: notebooks compile against them. Where a change is meant, PublicSurface.txt
    /// says so too.
    /// </summary>
    [Fact]
    public void Is_what_PublicSurface_txt_says() =>
        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "PublicSurface.txt")).ReplaceLineEndings("\n"), PublicApi.Describe());

    [Fact]
    public void Everything_public_is_in_the_one_namespace() =>
        Assert.All(PublicApi.Types, type => Assert.Equal("Rnn", type.Namespace));

    [Fact]
    public void Needs_MathNet_and_nothing_else()
    {
        IEnumerable<string> others = PublicApi.Assembly.GetReferencedAssemblies().Select(name => name.Name!)
            .Where(name => name is not "MathNet.Numerics" and not "System" && !name.StartsWith("System.", StringComparison.Ordinal));
        Assert.Empty(others);
        Assert.Equal(new Version(5, 0, 0, 0), PublicApi.Assembly.GetReferencedAssemblies().Single(name => name.Name == "MathNet.Numerics").Version);
    }

    /// <summary>The notebooks load what a plain build made.</summary>
    [Fact]
    public void Is_optimised_in_every_configuration() =>
        Assert.DoesNotContain(PublicApi.Assembly.GetCustomAttributes(typeof(DebuggableAttribute), false).Cast<DebuggableAttribute>(),
            attribute => attribute.IsJITOptimizerDisabled);
}
