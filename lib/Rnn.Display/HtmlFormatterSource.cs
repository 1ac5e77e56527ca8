namespace Rnn.Display;

/// <summary>The formatters that <see cref="TypeFormatterSourceAttribute"/> leads the kernel to.</summary>
internal sealed class HtmlFormatterSource
{
#pragma warning disable CA1822 // The kernel makes an instance and calls it.
    public IEnumerable<object> CreateTypeFormatters() =>
        [new Formatter("text/html", value => value.ToHtml()), new Formatter("text/plain", value => value.ToString()!)];
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
