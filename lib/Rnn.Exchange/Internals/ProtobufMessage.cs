namespace Rnn.Exchange.Internals;

/// <summary>
/// A message in Protocol Buffers' wire format: fields one after another, each a number, a kind and a value. Pieces are kept as
/// they are and copied only into the file.
/// </summary>
internal sealed class ProtobufMessage
{
    private const int VariableLength = 0, LengthFirst = 2;

    private readonly List<byte[]> pieces = [];

    /// <summary>In bytes.</summary>
    public long Length { get; private set; }

    /// <summary>An int64 or an enum's value.</summary>
    public ProtobufMessage Number(int field, long value) => Add(VarInt(field << 3 | VariableLength)).Add(VarInt(value));

    /// <summary>Text, as UTF-8.</summary>
    public ProtobufMessage Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Bytes.</summary>
    public ProtobufMessage Bytes(int field, byte[] value) =>
        Add(VarInt(field << 3 | LengthFirst)).Add(VarInt(value.Length)).Add(value);

    /// <summary>Another message, as it is by now.</summary>
    public ProtobufMessage Message(int field, ProtobufMessage value)
    {
        Add(VarInt(field << 3 | LengthFirst)).Add(VarInt(value.Length));
        foreach (byte[] piece in value.pieces)
            Add(piece);
        return this;
    }

    /// <summary>A field for each of several messages.</summary>
    public ProtobufMessage Messages(int field, IEnumerable<ProtobufMessage> values)
    {
        foreach (ProtobufMessage value in values)
            Message(field, value);
        return this;
    }

    /// <summary>Writes all that has been added.</summary>
    public void WriteTo(Stream stream)
    {
        foreach (byte[] piece in pieces)
            stream.Write(piece);
    }

    private ProtobufMessage Add(byte[] piece)
    {
        pieces.Add(piece);
        Length += piece.Length;
        return this;
    }

    /// <summary>Seven bits a byte, the lowest first; the highest bit says that another byte follows.</summary>
    private static byte[] VarInt(long value)
    {
        List<byte> bytes = [];
        ulong rest = (ulong)value;
        for (; rest >= 0x80; rest >>= 7)
            bytes.Add((byte)(rest | 0x80));
        return [.. bytes, (byte)rest];
    }
}
