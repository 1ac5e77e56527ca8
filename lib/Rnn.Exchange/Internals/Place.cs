namespace Rnn.Exchange.Internals;

/// <summary>Where something is, to say so when it is not what it should be.</summary>
/// <param name="File">As the caller wrote it.</param>
/// <param name="Entry">An entry of the archive, or null for the archive itself.</param>
internal sealed record Place(string File, string? Entry = null)
{
    /// <summary>Names the file, the entry, what was expected and what was found.</summary>
    public InvalidDataException Refusal(string expected, string found, Exception? cause = null) =>
        new($"{File}{(Entry is null ? "" : $", {Entry}")}: expected {expected}, but found {found}.", cause);

    /// <summary>Text from the file as a part of a message: short, and without characters that a console obeys.</summary>
    public static string Shown(string text)
    {
        const int longest = 60;
        string trimmed = text.Trim();
        string shown = string.Concat(trimmed.Take(longest).Select(each => each is >= ' ' and <= '~' ? each : '?'));
        return trimmed.Length > longest ? $"{shown}…" : shown;
    }
}
