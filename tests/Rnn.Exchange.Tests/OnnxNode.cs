namespace Rnn.Exchange.Tests;

/// <summary>An operator of an ONNX graph.</summary>
internal sealed class OnnxNode(ProtobufField[] node)
{
    public string Type { get; } = node.Single(field => field.Number == 4).Text;

    public string[] Inputs { get; } = [.. node.Where(field => field.Number == 1).Select(field => field.Text)];

    public string[] Outputs { get; } = [.. node.Where(field => field.Number == 2).Select(field => field.Text)];

    /// <summary>By name: an integer, a tensor or a graph.</summary>
    public Dictionary<string, object> Attributes { get; } = node.Where(field => field.Number == 5).ToDictionary(
        field => field.Message().Single(each => each.Number == 1).Text,
        field => Attribute(field.Message()));

    private static object Attribute(ProtobufField[] attribute)
    {
        ProtobufField Field(int number) => attribute.Single(field => field.Number == number);
        return Field(20).Value switch
        {
            2 => Field(3).Value,
            4 => OnnxFile.Tensor(Field(5).Message()).Values,
            5 => OnnxFile.Of(Field(6)),
            long type => throw new InvalidOperationException($"An attribute of type {type}."),
        };
    }
}
