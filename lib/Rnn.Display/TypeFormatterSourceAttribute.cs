namespace Rnn.Display;

/// <summary>
/// Tells the .NET Interactive kernel how a type shows itself. The kernel finds the attribute by its name and the formatters by
/// their members' names, so that no reference to any of its packages is needed. (Verso calls <c>ToHtml()</c> instead.)
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[]? PreferredMimeTypes { get; set; }
}
