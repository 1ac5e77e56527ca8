using System.Diagnostics;
using System.Reflection;
using PublicApiGenerator;

namespace Rnn.Tests;

public sealed class PublicSurfaceTests
{
    private static readonly Assembly Library = typeof(RecurrentNetwork).Assembly;

    /// <summary>Names, parameters and defaults are promises: notebooks compile against them.</summary>
    [Theory]
    [InlineData("Rnn")]
    [InlineData("Rnn.Steps")]
    public void Is_what_was_accepted(string library)
    {
        string committed = Repo.Path("tests", "Rnn.Tests", $"{library}.api.txt");
        string generated = Path.Combine(AppContext.BaseDirectory, $"{library}.api.txt");
        string[] expected = File.Exists(committed) ? File.ReadAllLines(committed) : [];
        ApiGeneratorOptions options = new() { IncludeAssemblyAttributes = false };
        string surface = Assembly.Load(library).GeneratePublicApi(options).ReplaceLineEndings("\n");
        File.WriteAllText(generated, surface + "\n");
        string[] actual = File.ReadAllLines(generated);

        string[] difference =
            [.. expected.Except(actual).Select(line => $"- {line}"), .. actual.Except(expected).Select(line => $"+ {line}")];
        Assert.True(actual.SequenceEqual(expected), $"""
            The public surface of {library} has changed:
            {string.Join('\n', difference)}
            If that is meant, accept it:
            cp {generated} {committed}
            """);
    }

    [Fact]
    public void Everything_public_is_in_the_one_namespace() =>
        Assert.All(Library.GetExportedTypes(), type => Assert.Equal("Rnn", type.Namespace));

    [Fact]
    public void Needs_MathNet_and_nothing_else()
    {
        AssemblyName[] others = [.. Library.GetReferencedAssemblies()
            .Where(name => name.Name != "System" && !name.Name!.StartsWith("System.", StringComparison.Ordinal))];
        AssemblyName mathNet = Assert.Single(others);
        Assert.Equal(("MathNet.Numerics", new Version(5, 0, 0, 0)), (mathNet.Name, mathNet.Version));
    }

    /// <summary>The notebooks load what a plain build made.</summary>
    [Fact]
    public void Is_optimised_in_every_configuration() =>
        Assert.DoesNotContain(Library.GetCustomAttributes<DebuggableAttribute>(), attribute => attribute.IsJITOptimizerDisabled);
}
