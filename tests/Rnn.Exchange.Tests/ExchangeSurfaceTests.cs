using System.Diagnostics;
using System.Reflection;
using PublicApiGenerator;

namespace Rnn.Exchange.Tests;

public sealed class ExchangeSurfaceTests
{
    private static readonly Assembly Library = typeof(WeightsFile).Assembly;

    /// <summary>Names, parameters and defaults are promises: notebooks compile against them.</summary>
    [Fact]
    public void Is_what_was_accepted()
    {
        string committed = Repo.Path("tests", "Rnn.Exchange.Tests", "Rnn.Exchange.api.txt");
        string generated = Path.Combine(AppContext.BaseDirectory, "Rnn.Exchange.api.txt");
        ApiGeneratorOptions options = new() { IncludeAssemblyAttributes = false };
        File.WriteAllText(generated, Library.GeneratePublicApi(options).ReplaceLineEndings("\n") + "\n");
        string[] expected = File.Exists(committed) ? File.ReadAllLines(committed) : [];
        Assert.True(
            File.ReadAllLines(generated).SequenceEqual(expected),
            $"The public surface has changed. If that is meant, accept it:\ncp {generated} {committed}");
    }

    [Fact]
    public void Everything_public_is_in_the_one_namespace() =>
        Assert.All(Library.GetExportedTypes(), type => Assert.Equal("Rnn.Exchange", type.Namespace));

    /// <summary>The notebooks load what a plain build made.</summary>
    [Fact]
    public void Is_optimised_in_every_configuration() =>
        Assert.DoesNotContain(Library.GetCustomAttributes<DebuggableAttribute>(), attribute => attribute.IsJITOptimizerDisabled);
}
