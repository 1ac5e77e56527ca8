using System.Xml.Linq;
using Rnn.Runner.Page;

namespace Rnn.Runner.Programs;

/// <summary>
/// TeX formulas as they are written in a comment: h_t = tanh(x_t W_x + b). What the pages cannot draw stays TeX here, too.
/// </summary>
internal static partial class PlainFormula
{
    /// <summary>Signs with a blank on both sides; plus and minus not where they stand before what they belong to.</summary>
    private const string Infix = "=+-·⊙≈←<>";

    /// <summary>The formula as text; a line each where it has several.</summary>
    public static string Of(string tex, bool display)
    {
        XElement root = XElement.Parse($"<all>{Formula.ToHtml(tex, display, _ => { })}</all>");
        string[] lines = [.. root.Descendants().Where(each => each.Name == "math" || each.Name == "code").Select(Text)];
        return string.Join('\n', lines.Length > 1 ? lines.Select(line => line.TrimEnd(',')) : lines);
    }

    private static string Text(XElement element) => element.Name.LocalName switch
    {
        "mi" or "mn" or "mtext" or "mo" or "code" => Sign(element.Value),
        "mspace" => " ",
        "annotation" => "",
        "mfrac" => $"{Part(element, 0)}/{Part(element, 1)}",
        "msub" or "munder" => $"{Base(element)}_{Script(element, 1)}",
        "msup" or "mover" => $"{Base(element)}^{Script(element, 1)}",
        "msubsup" or "munderover" => $"{Base(element)}_{Script(element, 1)}^{Script(element, 2)}",
        "mtable" => string.Join('\n', element.Elements().Select(Text)),
        "mtr" => string.Join(' ', element.Elements().Select(Text).Where(text => text.Length > 0)).Trim(),
        _ => Row([.. element.Elements()]),
    };

    /// <summary>As a keyboard has it, or as the lessons write it.</summary>
    private static string Sign(string sign) =>
        sign.Replace('−', '-').Replace('⋅', '·').Replace('∑', 'Σ').Replace('⊤', 'T').Replace('\u00A0', ' ');

    private static string Base(XElement element) => Text(element.Elements().First());

    /// <summary>A part of a fraction; in brackets where a fraction in one line would otherwise mean something else.</summary>
    private static string Part(XElement fraction, int index)
    {
        string text = Text(fraction.Elements().ElementAt(index));
        int depth = 0;
        foreach (char c in text)
        {
            depth += c is '(' or '[' ? 1 : c is ')' or ']' ? -1 : 0;
            if (depth == 0 && c is ' ' or '/' or '-')
                return $"({text})";
        }

        return text;
    }

    /// <summary>What stands above or below: narrow, and in brackets where it is more than one word.</summary>
    private static string Script(XElement element, int index)
    {
        XElement script = element.Elements().ElementAt(index);
        string text = Text(script);
        if (script.Name == "mtext" || text.All(c => char.IsLetterOrDigit(c) || c == '.'))
            return text;
        foreach (string sign in (string[])["-", "+", "="])
            text = text.Replace($" {sign} ", sign, StringComparison.Ordinal);
        text = text.Replace(", ", ",", StringComparison.Ordinal);
        return text[0] == '(' && text[^1] == ')' ? text : $"({text})";
    }

    private static string Row(XElement[] items)
    {
        StringBuilder row = new();
        string before = "";
        foreach (XElement item in items)
        {
            string text = Text(item);
            bool isInfix = text.Length == 1 && Infix.Contains(text, StringComparison.Ordinal);
            if (isInfix && !(text is "-" or "+" && IsOpen(before)))
                row.Append($" {text} ");
            else if (text == ",")
                row.Append(", ");
            else
                row.Append(!isInfix && AreApart(before, text, item.Name == "mfrac") ? $" {text}" : text);
            before = text;
        }

        return Blanks.Replace(row.ToString(), " ").Trim(' ');
    }

    /// <summary>Whether a sign after this belongs to what follows, as the minus in (-1).</summary>
    private static bool IsOpen(string before) =>
        before.Trim().Length == 0 || "([|,/".Contains(before[^1], StringComparison.Ordinal)
        || (before.Length == 1 && Infix.Contains(before, StringComparison.Ordinal));

    /// <summary>Two factors are apart; a d and what it is of are one name, and so are a function and its bracket.</summary>
    private static bool AreApart(string before, string text, bool isFraction) =>
        before.StartsWith('Σ') || (Ends(before) && (isFraction || Begins(text)) && before is not ("d" or "∂"));

    private static bool Ends(string before) =>
        before.Length > 0 && (char.IsLetterOrDigit(before[^1]) || before[^1] is ')' or ']');

    private static bool Begins(string text) => text.Length > 0 && (char.IsLetterOrDigit(text[0]) || text[0] is 'Σ' or '∂');

    [GeneratedRegex(" {2,}")] private static partial Regex Blanks { get; }
}
