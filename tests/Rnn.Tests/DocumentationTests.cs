using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Rnn.Tests;

/// <summary>Every public member is documented: what it is, its parameters, what it returns, what it throws.</summary>
public sealed class DocumentationTests
{
    private static readonly Assembly Library = typeof(RecurrentNetwork).Assembly;

    private static readonly Dictionary<string, XElement> Documented =
        XDocument.Load(Path.ChangeExtension(Library.Location, ".xml")).Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value);

    /// <summary>What can be refused or fail; <see cref="Thrown"/> has the others.</summary>
    private static readonly Dictionary<string, Type[]> Throws = new()
    {
        ["Softmax"] = [typeof(ArgumentNullException), typeof(ArgumentException)],
        ["InitializeWeights"] = [typeof(ArgumentNullException), typeof(ArgumentOutOfRangeException)],
        ["Forward"] = [typeof(ArgumentNullException), typeof(ArgumentException), typeof(ArithmeticException)],
        ["Backward"] = [typeof(ArgumentNullException), typeof(ArgumentException), typeof(ArithmeticException)],
        ["Train"] =
        [
            typeof(ArgumentNullException), typeof(ArgumentException), typeof(ArithmeticException),
            typeof(OperationCanceledException),
        ],
        ["Rand"] = [typeof(ArgumentOutOfRangeException)],
        ["Randn"] = [typeof(ArgumentOutOfRangeException)],
        ["RandInt"] = [typeof(ArgumentOutOfRangeException)],
    };

    /// <summary>Types and members that somebody wrote, not those that the compiler adds.</summary>
    private static readonly Dictionary<string, MemberInfo> Members = Library.GetExportedTypes()
        .SelectMany(type => type
            .GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Append(type))
        .Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute))
            && member is not MethodInfo { IsSpecialName: true } and not FieldInfo { IsSpecialName: true }
            && (member is not ConstructorInfo constructor || constructor.GetParameters().Length > 0))
        .ToDictionary(Id);

    public static TheoryData<string> Ids => [.. Members.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Says_what_it_is(string id)
    {
        XElement member = Entry(id);
        Assert.False(string.IsNullOrWhiteSpace(member.Element("summary")?.Value), $"{id} has no summary.");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Says_what_its_parameters_are_and_what_comes_back(string id)
    {
        if (Members[id] is not MethodBase method)
            return;
        foreach (ParameterInfo parameter in method.GetParameters())
        {
            XElement? text =
                Entry(id).Elements("param").SingleOrDefault(param => param.Attribute("name")?.Value == parameter.Name);
            Assert.False(string.IsNullOrWhiteSpace(text?.Value), $"{id} says nothing about {parameter.Name}.");
        }

        if (method is MethodInfo info && info.ReturnType != typeof(void))
            Assert.False(string.IsNullOrWhiteSpace(Entry(id).Element("returns")?.Value), $"{id} does not say what it returns.");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Says_what_it_throws(string id)
    {
        if (Members[id] is not MethodBase method)
            return;
        IEnumerable<string> documented = Entry(id).Elements("exception")
            .Where(exception => !string.IsNullOrWhiteSpace(exception.Value))
            .Select(exception => exception.Attribute("cref")!.Value);
        foreach (Type expected in Thrown(method))
            Assert.Contains($"T:{expected.FullName}", documented);
    }

    /// <summary>A reader of the table finds every routine in it.</summary>
    [Fact]
    public void The_table_of_exceptions_names_every_routine() =>
        Assert.Empty(typeof(RecurrentNetwork).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Select(method => method.Name).Except(Throws.Keys));

    [Theory]
    [InlineData(nameof(RecurrentNetwork.Softmax), "softmax")]
    [InlineData(nameof(RecurrentNetwork.InitializeWeights), "initialize_weights")]
    [InlineData(nameof(RecurrentNetwork.Forward), "rnn_forward")]
    [InlineData(nameof(RecurrentNetwork.Backward), "rnn_backward")]
    [InlineData(nameof(RecurrentNetwork.Train), "train_rnn")]
    public void A_routine_names_its_source(string routine, string source) =>
        Assert.Contains($"Source: {source}", Documented
            .Single(member => member.Key.StartsWith($"M:Rnn.RecurrentNetwork.{routine}(", StringComparison.Ordinal)).Value.Value);

    [Fact]
    public void The_two_output_gradients_say_when_they_differ()
    {
        string text = string.Concat(Documented
            .Where(member => member.Key[2..].StartsWith("Rnn.OutputGradient", StringComparison.Ordinal))
            .Select(member => member.Value.Value));
        Assert.Contains("y - yTrue", text);
        Assert.Contains("y * rowsum(yTrue) - yTrue", text);
        Assert.Matches("(?i)differ", text);
        Assert.Matches("(?i)sums? to 1", text);
    }

    private static Type[] Thrown(MethodBase method)
    {
        if (Throws.TryGetValue(method.Name, out Type[]? expected))
            return expected;
        if (method is ConstructorInfo && method.DeclaringType == typeof(Weights))
            return [typeof(ArgumentNullException), typeof(ArgumentException)];
        if (method.DeclaringType != typeof(NumPyRandom) || method is ConstructorInfo)
            return [];
        // Of the inherited members, those with a bound or an array can be refused.
        Type[] types = [.. method.GetParameters().Select(parameter => parameter.ParameterType)];
        return types.Contains(typeof(byte[])) ? [typeof(ArgumentNullException)]
            : types.Contains(typeof(int)) || types.Contains(typeof(long)) ? [typeof(ArgumentOutOfRangeException)] : [];
    }

    private static XElement Entry(string id) =>
        Documented.TryGetValue(id, out XElement? entry) ? entry : throw new Xunit.Sdk.XunitException($"{id} is not documented.");

    /// <summary>The name that the compiler gives a member in the XML file.</summary>
    private static string Id(MemberInfo member) => member switch
    {
        Type type => $"T:{type.FullName}",
        PropertyInfo => $"P:{member.DeclaringType!.FullName}.{member.Name}",
        FieldInfo => $"F:{member.DeclaringType!.FullName}.{member.Name}",
        MethodBase method => $"M:{member.DeclaringType!.FullName}.{(method is ConstructorInfo ? "#ctor" : member.Name)}"
            + (method.GetParameters() is { Length: > 0 } all ? $"({Names(all.Select(one => one.ParameterType))})" : ""),
        _ => throw new NotSupportedException(member.ToString()),
    };

    private static string Names(IEnumerable<Type> types) => string.Join(',', types.Select(type => type.IsGenericType
        ? $"{type.Namespace}.{type.Name.Split('`')[0]}{{{Names(type.GenericTypeArguments)}}}" : type.FullName));
}
