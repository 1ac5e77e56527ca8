namespace Rnn.Display;

/// <summary>Text and numbers, as they stand in HTML and in plain text.</summary>
internal static class Html
{
    /// <summary>Good in text and in quoted attributes. Letters of other scripts stay as they are.</summary>
    public static string Escape(string text) => text
        .Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;").Replace("'", "&#39;");

    /// <summary>For sentences: four significant digits.</summary>
    public static string Brief(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    public static string Exact(double value) => value.ToString(CultureInfo.InvariantCulture);
}
