using System.Globalization;
using System.Text;

namespace Rnn.Display;

/// <summary>Text and numbers, as they stand in HTML and in plain text.</summary>
internal static class Html
{
    /// <summary>Good in text and in double-quoted attributes. Letters of other scripts stay as they are.</summary>
    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            _ = c switch
            {
                '&' => result.Append("&amp;"),
                '<' => result.Append("&lt;"),
                '>' => result.Append("&gt;"),
                '"' => result.Append("&quot;"),
                '\'' => result.Append("&#39;"),
                _ => result.Append(c),
            };
        }
        return result.ToString();
    }

    /// <summary>For sentences: four significant digits.</summary>
    public static string Brief(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    public static string Exact(double value) => value.ToString(CultureInfo.InvariantCulture);
}
