using System.Buffers.Binary;

namespace Lessons.Tests;

/// <summary>What <c>.ci/moving-picture</c> made is what the README and the site's pages show.</summary>
public sealed class ImagesTests
{
    [Fact]
    public void The_README_begins_with_a_picture_that_moves()
    {
        string top = File.ReadAllText(Repo.Path("README.md")).Split("\n## ")[0];
        Match picture = Regex.Match(top, """<img src="(?<path>[^"]+\.gif)" width="480" alt="(?<alt>[^"]+)">""");
        Assert.InRange(picture.Groups["alt"].Length, 100, 600);

        byte[] bytes = File.ReadAllBytes(Repo.Path(picture.Groups["path"].Value));
        Assert.InRange(bytes.Length, 1, 1_000_000);
        Assert.Equal(720, BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(6)));
        (int frames, int hundredths, bool isEndless) = Walk(bytes);
        Assert.InRange(frames, 20, 200);
        Assert.InRange(hundredths, 800, 1200);
        Assert.True(isEndless);
    }

    /// <summary>1200 × 630 is what those who show a card for a link ask for.</summary>
    [Fact]
    public void The_card_has_the_size_of_cards()
    {
        byte[] bytes = File.ReadAllBytes(Repo.Path("notebooks", "images", "card.png"));
        Assert.InRange(bytes.Length, 1, 300_000);
        Assert.Equal(
            (1200, 630),
            (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20))));
    }

    /// <summary>The frames of a GIF, the hundredths of a second that they take, and whether it begins again for ever.</summary>
    private static (int Frames, int Hundredths, bool IsEndless) Walk(byte[] gif)
    {
        Assert.Equal("GIF89a"u8, gif.AsSpan(0, 6));
        int frames = 0, hundredths = 0, at = 13 + Colours(gif[10]);
        bool isEndless = false;
        while (gif[at] != 0x3B)
        {
            if (gif[at] == 0x21)
            {
                if (gif[at + 1] == 0xF9)
                    hundredths += BinaryPrimitives.ReadUInt16LittleEndian(gif.AsSpan(at + 4));
                isEndless |= gif.AsSpan(at + 3).StartsWith("NETSCAPE2.0\u0003\u0001\0\0"u8);
                at += 2;
            }
            else
            {
                Assert.Equal(0x2C, gif[at]);
                frames++;
                at += 11 + Colours(gif[at + 9]);
            }

            while (gif[at] != 0)
                at += gif[at] + 1;
            at++;
        }

        return (frames, hundredths, isEndless);

        static int Colours(byte packed) => (packed & 0x80) == 0 ? 0 : 3 << ((packed & 7) + 1);
    }
}
