using System.IO.Compression;

namespace Rnn.Exchange.Tests;

/// <summary>Archives byte by byte, so that they can also be wrong.</summary>
internal static class ZipBytes
{
    public static byte[] Of(params IEnumerable<ZipEntry> entries)
    {
        using MemoryStream archive = new(), directory = new();
        using BinaryWriter local = new(archive), central = new(directory);
        int count = 0;
        foreach (ZipEntry entry in entries)
        {
            long offset = entry.Offset ?? archive.Position;
            byte[] name = Encoding.ASCII.GetBytes(entry.Name);
            byte[] stored = entry.IsDeflated ? Deflated(entry.Content) : entry.Content;
            long length = entry.Length ?? entry.Content.Length, compressed = entry.CompressedLength ?? stored.Length;
            bool isLong = entry.IsLong || ((long[])[length, compressed, offset]).Any(each => each is < 0 or > uint.MaxValue);
            byte[] sizes = [.. BitConverter.GetBytes(length), .. BitConverter.GetBytes(compressed)];
            byte[] localSizes = entry.IsZip64 || isLong ? [1, 0, 16, 0, .. sizes] : [];
            byte[] centralSizes = isLong ? [1, 0, 24, 0, .. sizes, .. BitConverter.GetBytes(offset)] : [];

            local.Write(0x04034b50);
            Header(local, localSizes.Length);
            local.Write(name);
            local.Write(localSizes);
            local.Write(stored);

            central.Write(0x02014b50);
            central.Write((ushort)45);
            Header(central, centralSizes.Length);
            central.Write(new byte[10]);
            central.Write(isLong ? uint.MaxValue : (uint)offset);
            central.Write(name);
            central.Write(centralSizes);
            count++;

            void Header(BinaryWriter writer, int extra)
            {
                writer.Write((ushort)(extra > 0 ? 45 : 20));
                writer.Write(entry.Flags);
                writer.Write(entry.Method ?? (ushort)(entry.IsDeflated ? 8 : 0));
                // 1 January 1980, midnight.
                writer.Write((ushort)0);
                writer.Write((ushort)0x21);
                writer.Write(entry.Crc ?? Crc(entry.Content));
                writer.Write(extra > 0 ? uint.MaxValue : (uint)compressed);
                writer.Write(extra > 0 ? uint.MaxValue : (uint)length);
                writer.Write((ushort)name.Length);
                writer.Write((ushort)extra);
            }
        }

        int start = (int)archive.Position;
        local.Write(directory.ToArray());
        local.Write(0x06054b50);
        local.Write(0);
        local.Write((ushort)count);
        local.Write((ushort)count);
        local.Write((uint)directory.Length);
        local.Write((uint)start);
        local.Write((ushort)0);
        return archive.ToArray();
    }

    private static byte[] Deflated(byte[] content)
    {
        using MemoryStream compressed = new();
        using (DeflateStream deflate = new(compressed, CompressionLevel.SmallestSize))
            deflate.Write(content);
        return compressed.ToArray();
    }

    /// <summary>Bit by bit, as the definition has it.</summary>
    private static uint Crc(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte each in bytes)
        {
            crc ^= each;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}
