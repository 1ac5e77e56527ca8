using System.Security.Cryptography;

namespace Lessons.Tests;

/// <summary>The text that lesson 05 learns from is frozen: what is said of it holds for these very bytes.</summary>
public sealed class CodeTextTests
{
    private static readonly byte[] Bytes = File.ReadAllBytes(Repo.Path("notebooks", "data", "csharp.txt"));

    [Fact]
    public void Has_300000_characters_of_94_symbols_and_one_byte_each()
    {
        Assert.Equal(300_000, Bytes.Length);
        Assert.Equal(94, Bytes.Distinct().Count());
        Assert.All(Bytes.Distinct(), symbol => Assert.True(symbol is (byte)'\n' or (>= (byte)' ' and <= (byte)'~')));
    }

    [Fact]
    public void Is_the_text_that_it_was() =>
        Assert.Equal(
            "159d8bc2c015bb7e0750034c4701c63f18b5d3871c74552753f39080927ff103",
            Convert.ToHexStringLower(SHA256.HashData(Bytes)));
}
