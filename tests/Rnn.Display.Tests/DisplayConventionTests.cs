using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.DotNet.Interactive.Formatting;

namespace Rnn.Display.Tests;

/// <summary>
/// How a notebook shows the display types: the .NET Interactive kernel by an attribute's name, Verso by ToHtml().
/// </summary>
public sealed class DisplayConventionTests
{
    public static TheoryData<Type> Types => [typeof(Chart), typeof(Table), typeof(OfflineScript), typeof(Explorer)];

    private static object Sample(Type type) =>
        type == typeof(Chart) ? Charts.LossCurve(Samples.Training()) :
        type == typeof(Table) ? Charts.Table(Samples.Matrix(2, 2), "A table") :
        type == typeof(Explorer) ? Explorers.Softmax([1, 2]) :
        Charts.UseOffline();

    private static string Html(object value) =>
        Assert.IsType<string>(value.GetType().GetMethod("ToHtml", Type.EmptyTypes)!.Invoke(value, null));

    private static object? Get(object value, string property) => value.GetType().GetProperty(property)!.GetValue(value);

    [Theory, MemberData(nameof(Types))]
    public void Versos_convention_is_a_public_parameterless_ToHtml(Type type)
    {
        MethodInfo method = type.GetMethod("ToHtml", BindingFlags.Public | BindingFlags.Instance, null, Type.EmptyTypes, null)!;
        Assert.Equal(typeof(string), method.ReturnType);
        Assert.StartsWith("<", Html(Sample(type)));
        Assert.True(type.IsSealed && type.IsPublic);
    }

    // As Formatter.TryRegisterFromConventionBasedFormatterSources does it.
    [Theory, MemberData(nameof(Types))]
    public void The_kernels_convention_gives_the_same_html_and_a_text(Type type)
    {
        object attribute = Assert.Single(type.GetCustomAttributes(true), a => a.GetType().Name == "TypeFormatterSourceAttribute");
        Assert.Equal(typeof(Charts).Assembly, attribute.GetType().Assembly);
        Assert.Equal(["text/html", "text/plain"], Assert.IsType<string[]>(Get(attribute, "PreferredMimeTypes")));

        object source = Activator.CreateInstance((Type)Get(attribute, "FormatterSourceType")!)!;
        IEnumerable formatters = (IEnumerable)source.GetType().GetMethod("CreateTypeFormatters")!.Invoke(source, null)!;
        object value = Sample(type);
        Dictionary<string, string> shown = [];
        foreach (object formatter in formatters)
        {
            ParameterExpression[] parameters = [Expression.Parameter(typeof(object)), Expression.Parameter(typeof(TextWriter))];
            MethodInfo method = formatter.GetType().GetMethod("Format")!;
            Func<object, TextWriter, bool> format = Expression.Lambda<Func<object, TextWriter, bool>>(
                Expression.Call(Expression.Constant(formatter), method, parameters), parameters).Compile();
            using StringWriter text = new();
            Assert.True(format(value, text));
            Assert.False(format("something else", TextWriter.Null));
            shown.Add((string)Get(formatter, "MimeType")!, text.ToString());
        }
        Assert.Equal(Html(value), shown["text/html"]);
        Assert.Equal(value.ToString(), shown["text/plain"]);
    }

    [Theory, MemberData(nameof(Types))]
    public void The_kernels_own_formatter_agrees(Type type)
    {
        object value = Sample(type);
        Assert.Equal(["text/html", "text/plain"], Formatter.GetPreferredMimeTypesFor(type));
        Assert.Equal(Html(value), value.ToDisplayString("text/html"));
        Assert.Equal(value.ToString(), value.ToDisplayString("text/plain"));
    }

    [Fact]
    public void Nothing_public_mentions_another_assembly_than_the_runtime_MathNet_and_Rnn()
    {
        string[] allowed = ["MathNet.Numerics", "Rnn", "Rnn.Display"];
        const BindingFlags everyOwn =
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        IEnumerable<Type> mentioned =
            from type in typeof(Charts).Assembly.GetExportedTypes()
            from method in type.GetMethods(everyOwn)
            from mention in method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType)
            from part in mention.GenericTypeArguments.Append(mention)
            select part;
        Assert.All(mentioned, type => Assert.True(
            type.Namespace!.StartsWith("System", StringComparison.Ordinal) || allowed.Contains(type.Assembly.GetName().Name)));
    }
}
