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

/// <summary>What the three display types have in common; <c>ToString()</c> gives the same as text.</summary>
internal interface IShowsAsHtml
{
    string ToHtml();
}

internal sealed class HtmlFormatterSource
{
#pragma warning disable CA1822 // The kernel makes an instance and calls it.
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new Formatter("text/html", value => value.ToHtml()),
        new Formatter("text/plain", value => value.ToString()!),
    ];
#pragma warning restore CA1822

    private sealed class Formatter(string mimeType, Func<IShowsAsHtml, string> format)
    {
        public string MimeType { get; } = mimeType;

        public bool Format(object value, TextWriter writer)
        {
            if (value is not IShowsAsHtml shown)
                return false;
            writer.Write(format(shown));
            return true;
        }
    }
}
