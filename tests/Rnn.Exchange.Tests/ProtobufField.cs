namespace Rnn.Exchange.Tests;

/// <summary>A field of a message in Protocol Buffers' wire format, read without knowing what the message is.</summary>
/// <param name="Number">Which field it is.</param>
/// <param name="Value">Of a number.</param>
/// <param name="Bytes">Of text, bytes or a message.</param>
internal sealed record ProtobufField(int Number, long Value, byte[] Bytes)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>All fields of a message; throws where it is none.</summary>
    public static ProtobufField[] Read(byte[] message)
    {
        List<ProtobufField> fields = [];
        int at = 0;
        while (at < message.Length)
        {
            ulong key = VarInt();
            if ((key & 7) == 0)
            {
                fields.Add(new ProtobufField((int)(key >> 3), (long)VarInt(), []));
                continue;
            }

            Assert.Equal(2UL, key & 7);
            int length = (int)VarInt();
            fields.Add(new ProtobufField((int)(key >> 3), 0, message[at..(at + length)]));
            at += length;
        }

        return [.. fields];

        ulong VarInt()
        {
            ulong value = 0;
            for (int shift = 0; ; shift += 7)
            {
                byte each = message[at++];
                value |= (ulong)(each & 0x7f) << shift;
                if (each < 0x80)
                    return value;
            }
        }
    }

    /// <summary>The message that this field is.</summary>
    public ProtobufField[] Message() => Read(Bytes);
}
