// What cells see of the kernel, under the names and in the namespaces that the kernel has them. These are the only public
// types of the runner. DisplayedValue has no Update: what display returns cannot be updated in the last kernel either.
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;

namespace Microsoft.DotNet.Interactive
{
    /// <summary>The static members that every cell can call by their bare names.</summary>
    public static class Kernel
    {
        /// <summary>Shows a value below the cell.</summary>
        /// <param name="value">What to show.</param>
        /// <param name="mimeTypes">How to show it; when empty, as its type prefers.</param>
        /// <returns>What was shown.</returns>
#pragma warning disable IDE1006, CA1707 // The kernel's own spelling.
        public static DisplayedValue display(object? value, params string[] mimeTypes) => value.Display(mimeTypes);
#pragma warning restore IDE1006, CA1707

        /// <summary>Markup that is shown as it is.</summary>
        public static IHtmlContent HTML(string content) => content.ToHtmlContent();
    }
}

namespace Microsoft.DotNet.Interactive.Formatting
{
    /// <summary>A value in one mime type.</summary>
    public sealed class FormattedValue(string mimeType, string value)
    {
        /// <summary>The mime type, such as text/html.</summary>
        public string MimeType { get; } = mimeType;

        /// <summary>The text.</summary>
        public string Value { get; } = value;

        /// <summary>Formats a value in the given mime types, or in those that its type prefers.</summary>
        public static IReadOnlyList<FormattedValue> CreateManyFromObject(object? value, params string[] mimeTypes)
        {
            IEnumerable<string> wanted = mimeTypes is { Length: > 0 }
                ? mimeTypes
                : Formatter.GetPreferredMimeTypesFor(value?.GetType());
            return [.. wanted.Select(mime => new FormattedValue(mime, value.ToDisplayString(mime)))];
        }
    }

    /// <summary>Something that a cell has shown.</summary>
    public sealed class DisplayedValue(object? value, IReadOnlyList<FormattedValue> formattedValues)
    {
        /// <summary>What was shown.</summary>
        public object? Value { get; } = value;

        /// <summary>How it was shown.</summary>
        public IReadOnlyList<FormattedValue> FormattedValues { get; } = formattedValues;
    }
}

namespace System
{
    /// <summary>Shows values below the cell that is running.</summary>
    public static class DisplayExtensions
    {
        /// <summary>Shows a value below the cell.</summary>
        /// <param name="value">What to show.</param>
        /// <param name="mimeTypes">How to show it; when empty, as its type prefers.</param>
        /// <returns>What was shown.</returns>
        public static DisplayedValue Display(this object? value, params string[] mimeTypes) =>
            Show(value, FormattedValue.CreateManyFromObject(value, mimeTypes));

        /// <summary>Shows a text that is already of the given mime type, such as markup.</summary>
        public static DisplayedValue DisplayAs(this string value, string mimeType) =>
            Show(value, [new FormattedValue(mimeType, value)]);

        private static DisplayedValue Show(object? value, IReadOnlyList<FormattedValue> formattedValues)
        {
            DisplayedValue displayed = new(value, formattedValues);
            CellOutput.Current?.Display(displayed);
            return displayed;
        }
    }
}
