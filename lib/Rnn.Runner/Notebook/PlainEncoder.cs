using System.Buffers;
using System.Text.Encodings.Web;

namespace Rnn.Runner.Notebook;

/// <summary>
/// Escapes what JSON demands and nothing else, because notebooks are read in diffs. The encoders that .NET has escape emoji
/// and U+2028 too, and lose half a surrogate pair.
/// </summary>
internal sealed partial class PlainEncoder : JavaScriptEncoder
{
    /// <summary>As many as in \u001f.</summary>
    public override int MaxOutputCharactersPerInputCharacter => 6;

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < ' ' or '"' or '\\';

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        foreach (ValueMatch match in Special().EnumerateMatches(new ReadOnlySpan<char>(text, textLength)))
            return match.Index;
        return -1;
    }

    public override OperationStatus Encode(
        ReadOnlySpan<char> source, Span<char> destination, out int charsConsumed, out int charsWritten, bool isFinalBlock = true)
    {
        string escaped = Special().Replace(source.ToString(), match =>
        {
            int letter = "\"\\\n\r\t\b\f".IndexOf(match.Value[0], StringComparison.Ordinal);
            return letter < 0 ? $"\\u{(int)match.Value[0]:x4}" : $"\\{"\"\\nrtbf"[letter]}";
        });
        escaped.CopyTo(destination);
        charsConsumed = source.Length;
        charsWritten = escaped.Length;
        return OperationStatus.Done;
    }

    /// <summary>Not asked by the JSON writer, which has whole texts encoded.</summary>
    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int written) =>
        throw new NotSupportedException();

    /// <summary>Quotes, backslashes, control characters and half a surrogate pair.</summary>
    [GeneratedRegex(@"[""\\\x00-\x1f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]")]
    private static partial Regex Special();
}
