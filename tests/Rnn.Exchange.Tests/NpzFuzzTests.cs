using System.Buffers.Binary;

namespace Rnn.Exchange.Tests;

/// <summary>Damaged files: each is loaded, or refused by name, and none costs more than its size warrants.</summary>
public sealed class NpzFuzzTests(ITestOutputHelper log)
{
    private const int Count = 10_000;

    private static readonly ulong[] Numbers =
        [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, 0x7fffffffffffffff, 0xffffffffffffffff];

    /// <summary>What can stand in the place of any piece of a header.</summary>
    private static readonly string[] Pieces =
    [
        "{", "}", "(", ")", ",", ":", "'", "\"", "[", "]", " ", "\n", "\0", "\\", "'descr'", "'shape'", "'fortran_order'",
        "'<f8'", "'>f4'", "'|O'", "True", "False", "None", "()", "(1,)", "(1, 5)", "(5, 5)", "(2147483647, 2147483647)",
        "-1", "0", "1e9", "99999999999999999999", "é", "(((((((((", "{{{{{{{{",
    ];

    [Fact]
    public void A_damaged_file_is_loaded_or_refused_by_name()
    {
        using Folder folder = new();
        Random random = new(15);
        ZipEntry[][] originals =
        [
            Samples.Entries(Samples.Weights()),
            [.. Samples.Entries(Samples.Weights(1, 1, 1)).Select(entry => entry with { IsZip64 = true })],
            [.. Samples.Entries(Samples.Weights(1, 2, 1)).Select(entry => entry with { IsLong = true })],
            [.. Samples.Entries(Samples.Weights(2, 9, 4)).Select(entry => entry with { IsDeflated = true })],
            [.. Samples.Names.Select(name => new ZipEntry(
                $"{name}.npy", NpyBytes.Of(Samples.Matrix(Samples.Weights(4, 3, 7), name), ">f4", true, null, 2)))],
        ];
        byte[][] files = [.. originals.Select(entries => ZipBytes.Of(entries))];
        int refused = 0;
        long mostAllocated = 0;
        for (int i = 0; i < Count; i++)
        {
            byte[] bytes = (i % 4) switch
            {
                // The archive, of which some damage hits what nobody reads.
                0 or 1 => Damaged(files[random.Next(files.Length)], random),
                // An array, in an archive that is right.
                2 => Rebuilt(originals[random.Next(originals.Length)], random, content => Damaged(content, random)),
                _ => Rebuilt(originals[random.Next(originals.Length)], random, content => WithOtherHeader(content, random)),
            };
            string path = folder.Write("w.npz", bytes);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                WeightsFile.LoadNpz(path);
            }
            catch (InvalidDataException e)
            {
                refused++;
                Assert.StartsWith(path, e.Message, StringComparison.Ordinal);
                Assert.Contains(": expected ", e.Message, StringComparison.Ordinal);
                Assert.Contains(", but found ", e.Message, StringComparison.Ordinal);
                Assert.DoesNotContain(e.Message, char.IsControl);
            }
            catch (Exception e)
            {
                Assert.Fail($"file {i}: {e}\n{Convert.ToBase64String(bytes)}");
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            mostAllocated = Math.Max(mostAllocated, allocated);
            Assert.True(allocated <= Allocation.Allowed(bytes.Length), $"file {i}: {allocated} bytes for {bytes.Length}");
        }

        log.WriteLine($"{Count} files, {refused} of them refused, at most {mostAllocated} bytes allocated");
        Assert.InRange(refused, Count / 2, Count - Count / 20);
    }

    /// <summary>A flipped bit of a weight is as likely as any other: it is never taken for the weight.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_flipped_bit_changes_a_weight_unseen(bool isDeflated)
    {
        using Folder folder = new();
        Weights weights = Samples.Weights(1, 2, 1);
        byte[] whole = ZipBytes.Of(Samples.Entries(weights).Select(entry => entry with { IsDeflated = isDeflated }));
        int loaded = 0, flipped = 8 * whole.Length;
        for (int bit = 0; bit < flipped; bit++)
        {
            byte[] bytes = [.. whole];
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                Samples.AreEqual(weights, WeightsFile.LoadNpz(folder.Write("w.npz", bytes)));
                loaded++;
            }
            catch (InvalidDataException)
            {
            }
        }

        log.WriteLine($"{flipped} bits, {flipped - loaded} of them seen, and the others change nothing");
        Assert.InRange(loaded, 1, flipped / 2);
    }

    private static byte[] Rebuilt(ZipEntry[] entries, Random random, Func<byte[], byte[]> damage)
    {
        int at = random.Next(entries.Length);
        return ZipBytes.Of(entries.Select((entry, index) =>
            index == at ? entry with { Content = damage(entry.Content) } : entry));
    }

    private static byte[] WithOtherHeader(byte[] content, Random random)
    {
        int start = Array.IndexOf(content, (byte)'{'), end = Array.LastIndexOf(content, (byte)'}') + 1;
        string text = Encoding.Latin1.GetString(content[start..end]);
        for (int edits = random.Next(1, 4); edits > 0; edits--)
        {
            int at = random.Next(text.Length + 1), length = Math.Min(random.Next(0, 12), text.Length - at);
            text = text[..at] + Pieces[random.Next(Pieces.Length)] + text[(at + length)..];
        }

        return NpyBytes.Of(text, content[Math.Min(content.Length, 128)..], (byte)random.Next(1, 4));
    }

    private static byte[] Damaged(byte[] bytes, Random random)
    {
        int at = random.Next(bytes.Length), length = Math.Min(random.Next(1, 60), bytes.Length - at);
        int other = random.Next(bytes.Length - length + 1);
        byte[] damaged = [.. bytes];
        switch (random.Next(8))
        {
            case 0:
                damaged[at] ^= (byte)(1 << random.Next(8));
                return damaged;
            case 1:
                return bytes[..at];
            case 2:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 3:
                return [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]];
            case 4:
                return [.. bytes[..at], .. bytes[other..(other + length)], .. bytes[at..]];
            case 5:
                bytes.AsSpan(other, length).CopyTo(damaged.AsSpan(at));
                return damaged;
            case 6:
                damaged[random.Next(bytes.Length)] = (byte)random.Next(256);
                damaged[at] = (byte)random.Next(256);
                return damaged;
            default:
                byte[] number = new byte[8];
                BinaryPrimitives.WriteUInt64LittleEndian(number, Numbers[random.Next(Numbers.Length)]);
                number.AsSpan(0, Math.Min(1 << random.Next(4), bytes.Length - at)).CopyTo(damaged.AsSpan(at));
                return damaged;
        }
    }
}
