using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Rnn.Tests;

/// <summary>What lib/Rnn shows to the outside: types and members that somebody wrote, not those that the compiler adds to records.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(double)] = "double",
        [typeof(float)] = "float",
        [typeof(byte)] = "byte",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
    };

    public static Assembly Assembly => typeof(RecurrentNetwork).Assembly;

    public static IEnumerable<Type> Types => Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal);

    public static IEnumerable<MemberInfo> Members(Type type) => type.GetMembers(Declared)
        .Where(member => member is not Type && !member.IsDefined(typeof(CompilerGeneratedAttribute)) && member is not MethodBase { IsSpecialName: true, IsConstructor: false })
        .Where(member => !(type.IsEnum && member.Name == "value__"));

    /// <summary>One line for each, as C# would have it.</summary>
    public static string Describe()
    {
        List<string> lines = [];
        foreach (Type type in Types)
        {
            string kind = type.IsEnum ? "enum" : type is { IsAbstract: true, IsSealed: true } ? "static class"
                : type.GetMethod("<Clone>$") is not null ? type.IsSealed ? "sealed record" : "record"
                : type.IsSealed ? "sealed class" : "class";
            string inherits = type.BaseType is { } parent && parent != typeof(object) && parent != typeof(Enum) ? $" : {Name(parent)}" : "";
            lines.Add($"{kind} {type.FullName}{inherits}");
            lines.AddRange(Members(type).Select(Describe).Order(StringComparer.Ordinal).Select(line => $"    {line}"));
        }

        return string.Join('\n', lines) + "\n";
    }

    private static string Describe(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"{constructor.DeclaringType!.Name}({Parameters(constructor)})",
        MethodInfo method => $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType)} {method.Name}({Parameters(method)})",
        PropertyInfo property => $"{Name(property.PropertyType, Nullability.Create(property))} {property.Name} {{ get; {Setter(property)}}}",
        FieldInfo { IsLiteral: true } field => $"{field.Name} = {Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}",
        _ => member.ToString()!,
    };

    private static string Setter(PropertyInfo property) => property.SetMethod is not { IsPublic: true } setter ? ""
        : setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init; " : "set; ";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType, Nullability.Create(parameter))} {parameter.Name}{Default(parameter)}"));

    private static string Default(ParameterInfo parameter) => !parameter.HasDefaultValue ? ""
        : parameter.DefaultValue is null ? parameter.ParameterType.IsValueType ? " = default" : " = null"
        : parameter.ParameterType.IsEnum ? $" = {Enum.ToObject(parameter.ParameterType, parameter.DefaultValue)}"
        : FormattableString.Invariant($" = {parameter.DefaultValue}");

    private static string Name(Type type, NullabilityInfo? nullability = null)
    {
        string name = Keywords.TryGetValue(type, out string? keyword) ? keyword
            : Nullable.GetUnderlyingType(type) is { } underlying ? $"{Name(underlying)}?"
            : type.IsArray ? $"{Name(type.GetElementType()!)}[]"
            : type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(argument => Name(argument)))}>"
            : type.Name;
        return !type.IsValueType && nullability?.ReadState == NullabilityState.Nullable ? $"{name}?" : name;
    }
}
