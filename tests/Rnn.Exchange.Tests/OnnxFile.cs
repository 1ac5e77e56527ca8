using System.Runtime.InteropServices;

namespace Rnn.Exchange.Tests;

/// <summary>A graph of an ONNX file, as far as ours have them; field numbers are those of ONNX's onnx.proto.</summary>
internal sealed class OnnxFile
{
    private OnnxFile(ProtobufField[] graph)
    {
        Name = graph.Single(field => field.Number == 2).Text;
        Inputs = [.. graph.Where(field => field.Number == 11).Select(Value)];
        Outputs = [.. graph.Where(field => field.Number == 12).Select(Value)];
        Tensors = graph.Where(field => field.Number == 5).Select(field => Tensor(field.Message()))
            .ToDictionary(each => each.Name);
        Nodes = [.. graph.Where(field => field.Number == 1).Select(field => new OnnxNode(field.Message()))];
        Assert.All(graph, field => Assert.Contains(field.Number, (int[])[1, 2, 5, 11, 12]));
    }

    public string Name { get; }

    /// <summary>Each as <c>x: double (T, 3)</c>.</summary>
    public string[] Inputs { get; }

    public string[] Outputs { get; }

    public Dictionary<string, (string Name, string Type, long[] Shape, double[] Values)> Tensors { get; }

    public OnnxNode[] Nodes { get; }

    /// <summary>The fields of a model, and its graph.</summary>
    public static (ILookup<int, ProtobufField> Model, OnnxFile Graph) Read(string path)
    {
        ProtobufField[] model = ProtobufField.Read(File.ReadAllBytes(path));
        return (model.ToLookup(field => field.Number), Of(model.Single(field => field.Number == 7)));
    }

    public static OnnxFile Of(ProtobufField graph) => new(graph.Message());

    public static (string Name, string Type, long[] Shape, double[] Values) Tensor(ProtobufField[] tensor)
    {
        byte[] raw = tensor.Single(field => field.Number == 9).Bytes;
        string type = Type(tensor.Single(field => field.Number == 2).Value);
        return (
            tensor.Single(field => field.Number == 8).Text,
            type,
            [.. tensor.Where(field => field.Number == 1).Select(field => field.Value)],
            type switch
            {
                "double" => MemoryMarshal.Cast<byte, double>(raw).ToArray(),
                "float" => [.. MemoryMarshal.Cast<byte, float>(raw).ToArray()],
                _ => [.. MemoryMarshal.Cast<byte, long>(raw).ToArray()],
            });
    }

    private static string Value(ProtobufField value)
    {
        string name = value.Message().Single(field => field.Number == 1).Text;
        ProtobufField[] tensor = value.Message().Single(field => field.Number == 2).Message().Single().Message();
        IEnumerable<string> shape = tensor.Single(field => field.Number == 2).Message().Select(field => field.Message().Single())
            .Select(field => field.Number == 1 ? $"{field.Value}" : field.Text);
        return $"{name}: {Type(tensor.Single(field => field.Number == 1).Value)} ({string.Join(", ", shape)})";
    }

    private static string Type(long number) => number switch
    {
        1 => "float",
        7 => "int64",
        11 => "double",
        _ => throw new ArgumentOutOfRangeException(nameof(number), number, null),
    };
}
