namespace Rnn.Runner.Page;

/// <summary>Pictures inside a page: addresses that hold the picture itself, once it is known to be one.</summary>
internal static partial class PictureData
{
    private const string Drawing = "image/svg+xml";

    /// <summary>How files of each kind begin. A drawing is text.</summary>
    private static readonly (string Mime, byte[] Start)[] Kinds =
    [
        ("image/png", [0x89, .. "PNG"u8]), ("image/jpeg", [0xFF, 0xD8, 0xFF]), ("image/gif", [.. "GIF8"u8]),
        ("image/webp", [.. "RIFF"u8]),
    ];

    /// <summary>The address that holds a file; null where it is not of the kind that it is said to be.</summary>
    public static string? OfFile(string mime, byte[] bytes)
    {
        // Of a drawing that is a picture, a browser runs no script and follows no address.
        bool isRight = mime == Drawing
            ? Encoding.UTF8.GetString(bytes).Contains("<svg", StringComparison.OrdinalIgnoreCase)
            : Kinds.Any(kind => kind.Mime == mime && bytes.AsSpan().StartsWith(kind.Start));
        return isRight ? $"data:{mime};base64,{Convert.ToBase64String(bytes)}" : null;
    }

    /// <summary>
    /// The address that holds a picture beside a notebook; null where there is none, or where it is not in the repository or the
    /// notebook's folder: a page that is passed on must not take along what its writer could only guess to be there.
    /// </summary>
    public static string? OfFile(NotebookFile notebook, string reference)
    {
        string name = Uri.UnescapeDataString(reference.Split('?', '#')[0]);
        if (name.Contains('\0', StringComparison.Ordinal))
            return null;
        string path = Path.Combine(notebook.Folder, name);
        if (!File.Exists(path) || !(Repository.IsWithin(notebook.Folder, path) || Repository.IsWithin(Repository.Root, path)))
            return null;
        string type = Path.GetExtension(path).TrimStart('.').ToLowerInvariant();
        return OfFile($"image/{type switch { "svg" => "svg+xml", "jpg" => "jpeg", _ => type }}", File.ReadAllBytes(path));
    }

    /// <summary>The address that holds a picture of a notebook, which has it in base64, but for a drawing.</summary>
    public static string? OfNotebook(string mime, string text) =>
        (mime == Drawing ? Encoding.UTF8.GetBytes(text) : FromBase64(text)) is { } bytes ? OfFile(mime, bytes) : null;

    /// <summary>An address that holds a picture already, made anew from what it holds.</summary>
    public static string? OfAddress(string address)
    {
        if (Address.Match(address) is not { Success: true } match)
            return null;
        string content = Uri.UnescapeDataString(match.Groups["content"].Value);
        byte[]? bytes = match.Groups["base64"].Success ? FromBase64(content) : Encoding.UTF8.GetBytes(content);
        return bytes is null ? null : OfFile(match.Groups["mime"].Value.ToLowerInvariant(), bytes);
    }

    private static byte[]? FromBase64(string text)
    {
        byte[] bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int length) ? bytes[..length] : null;
    }

    [GeneratedRegex(
        "^data:(?<mime>[a-z0-9.+/-]*)[^,]*?(?<base64>;base64)?,(?<content>.*)$",
        RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Address { get; }
}
