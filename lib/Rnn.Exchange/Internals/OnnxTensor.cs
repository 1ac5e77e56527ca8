namespace Rnn.Exchange.Internals;

/// <summary>Tensors of an ONNX model, and the types and shapes of its values.</summary>
internal static class OnnxTensor
{
    /// <summary>ONNX's number of the type.</summary>
    public const int Float = 1, Int64 = 7, Double = 11;

    /// <summary>float64, row by row.</summary>
    public static ProtobufMessage Doubles(string name, double[] values, params int[] shape)
    {
        byte[] bytes = new byte[values.Length * sizeof(double)];
        for (int k = 0; k < values.Length; k++)
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(k * sizeof(double)), values[k]);
        return Tensor(name, Double, shape, bytes);
    }

    /// <summary>float32, row by row.</summary>
    public static ProtobufMessage Floats(string name, double[] values, params int[] shape)
    {
        byte[] bytes = new byte[values.Length * sizeof(float)];
        for (int k = 0; k < values.Length; k++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(k * sizeof(float)), (float)values[k]);
        return Tensor(name, Float, shape, bytes);
    }

    /// <summary>A list of int64 without a name.</summary>
    public static ProtobufMessage Integers(params long[] values)
    {
        byte[] bytes = new byte[values.Length * sizeof(long)];
        for (int k = 0; k < values.Length; k++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(k * sizeof(long)), values[k]);
        return Tensor("", Int64, [values.Length], bytes);
    }

    /// <summary>An input or output of a graph.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">ONNX's number of the type.</param>
    /// <param name="shape">Its dimensions; null is T, which each run decides.</param>
    public static ProtobufMessage Value(string name, int type, params int?[] shape)
    {
        ProtobufMessage dimensions = new ProtobufMessage().Messages(1, shape.Select(each =>
            each is int size ? new ProtobufMessage().Number(1, size) : new ProtobufMessage().Text(2, "T")));
        ProtobufMessage tensor = new ProtobufMessage().Number(1, type).Message(2, dimensions);
        return new ProtobufMessage().Text(1, name).Message(2, new ProtobufMessage().Message(1, tensor));
    }

    private static ProtobufMessage Tensor(string name, int type, int[] shape, byte[] bytes)
    {
        ProtobufMessage tensor = new();
        foreach (int each in shape)
            tensor.Number(1, each);
        return tensor.Number(2, type).Text(8, name).Bytes(9, bytes);
    }
}
