using System.Collections.Frozen;

namespace Rnn.Runner.Page;

/// <summary>
/// TeX formulas as MathML, which browsers draw by themselves. It knows the commands that the notebooks use; a formula with any
/// other stays on the page as its TeX source. A new symbol is a word in
/// <see cref="Identifiers"/> or <see cref="Operators"/>.
/// </summary>
internal sealed class Formula(string tex, bool display)
{
    private const string Identifiers = "rho=ρ sigma=σ tau=τ varepsilon=ε partial=∂ top=⊤ ln=ln log=log tanh=tanh";
    private const string Operators = "approx=≈ cdot=⋅ odot=⊙ leftarrow=← sum=∑ %=%";

    private static readonly FrozenDictionary<string, string> Symbols =
        Elements("mi", Identifiers).Concat(Elements("mo", Operators)).ToFrozenDictionary();

    private int position;

    /// <summary>More groups than this within each other would exhaust the stack.</summary>
    private const int Deepest = 100;

    private int depth;

    /// <summary>How deep in fractions and scripts, where limits stand beside their sum to save height.</summary>
    private int small;

    /// <summary>The formula as MathML, with its source for whoever copies it; or, where that fails, its source.</summary>
    /// <param name="tex">The formula, without its dollars.</param>
    /// <param name="display">Whether it stands on a line of its own.</param>
    /// <param name="warn">Told why it stays TeX.</param>
    public static string ToHtml(string tex, bool display, Action<string> warn)
    {
        tex = tex.Trim();
        try
        {
            // Two formulas on one line stand below each other where the line is short.
            return display ? $"<span class=\"formula\">{string.Concat(Parts(tex).Select(Math))}</span>" : Math(tex);
        }
        catch (FormatException e)
        {
            warn($"the formula \"{tex}\" stays TeX: {e.Message}");
            return $"<code class=\"{(display ? "tex block" : "tex")}\">{Html.Encode(tex)}</code>";
        }

        string Math(string part)
        {
            string block = display ? " display=\"block\"" : "";
            string mathML = new Formula(part, display).Whole();
            string source = $"<annotation encoding=\"application/x-tex\">{Html.Encode(part.Trim())}</annotation>";
            return $"<math{block}><semantics>{mathML}{source}</semantics></math>";
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Elements(string element, string symbols) =>
        symbols.Split(' ').Select(each => each.Split('='))
            .Select(each => KeyValuePair.Create(each[0], $"<{element}>{each[1]}</{element}>"));

    /// <summary>What stands between wide spaces, unless those may be inside of something.</summary>
    private static string[] Parts(string tex)
    {
        string[] parts = tex.Split(@"\qquad");
        bool areWhole = !tex.Contains(@"\begin", StringComparison.Ordinal)
            && !tex.Contains(@"\left", StringComparison.Ordinal)
            && parts.All(part => part.AsSpan().Count('{') == part.AsSpan().Count('}'));
        return areWhole ? parts : [tex];
    }

    private string Whole() => Row(() => position == tex.Length);

    /// <summary>Everything up to where <paramref name="ends"/> says, as one element.</summary>
    private string Row(Func<bool> ends)
    {
        List<string> items = [];
        for (SkipBlanks(); !ends(); SkipBlanks())
        {
            if (position == tex.Length)
                throw new FormatException("it ends too early");
            items.Add(WithScripts());
        }

        return items.Count == 1 ? items[0] : $"<mrow>{string.Concat(items)}</mrow>";
    }

    private string WithScripts()
    {
        bool hasLimits = display && small == 0 && AtCommand("sum");
        string @base = Atom();
        string? lower = null;
        string? upper = null;
        for (SkipBlanks(); Peek() is '^' or '_'; SkipBlanks())
        {
            ref string? script = ref tex[position++] == '^' ? ref upper : ref lower;
            script = script is null ? SmallArgument() : throw new FormatException("two scripts of a kind");
        }

        (string both, string below, string above) = hasLimits ? ("munderover", "munder", "mover") : ("msubsup", "msub", "msup");
        return (lower, upper) switch
        {
            (null, null) => @base,
            (_, null) => $"<{below}>{@base}{lower}</{below}>",
            (null, _) => $"<{above}>{@base}{upper}</{above}>",
            _ => $"<{both}>{@base}{lower}{upper}</{both}>",
        };
    }

    private string Atom()
    {
        if (++depth > Deepest)
            throw new FormatException("it is nested too deeply");
        string atom = AtomItself();
        depth--;
        return atom;
    }

    private string AtomItself()
    {
        char c = Peek();
        switch (c)
        {
            case '\\':
                return Command(CommandName());
            case '{':
                position++;
                string group = Row(() => Peek() == '}');
                position++;
                return group;
            case >= '0' and <= '9':
                int start = position;
                while (char.IsAsciiDigit(Peek()) || (Peek() == '.' && char.IsAsciiDigit(Peek(1))))
                    position++;
                return $"<mn>{tex[start..position]}</mn>";
            case '}' or '^' or '_' or '&' or '%' or '#' or '~' or '\'':
                throw new FormatException($"a stray {c}");
        }

        Rune rune = Rune.GetRuneAt(tex, position);
        position += rune.Utf16SequenceLength;
        return Rune.IsLetter(rune) ? $"<mi>{rune}</mi>" : Operator(c == '-' ? "−" : rune.ToString());
    }

    private string Command(string name)
    {
        if (Symbols.TryGetValue(name, out string? symbol))
            return symbol;
        return name switch
        {
            "frac" => $"<mfrac>{SmallArgument()}{SmallArgument()}</mfrac>",
            "text" => $"<mtext>{Html.Encode(Verbatim().Replace(' ', '\u00A0'))}</mtext>",
            "left" => $"<mrow>{Delimiter()}{Row(() => AtCommand("right"))}{Right()}</mrow>",
            "Big" => Delimiter(),
            "," => "<mspace width=\"0.167em\"></mspace>",
            "qquad" => "<mspace width=\"2em\"></mspace>",
            "begin" => Verbatim() is string other and not "aligned"
                ? throw new FormatException($"\\begin{{{other}}} is unknown")
                : Aligned(),
            _ => throw new FormatException($"\\{name} is unknown"),
        };

        string Right()
        {
            CommandName();
            return Delimiter();
        }
    }

    /// <summary>Equations below each other, in line at their equals signs.</summary>
    private string Aligned()
    {
        const string End = @"\end{aligned}";
        int end = tex.IndexOf(End, position, StringComparison.Ordinal);
        if (end < 0)
            throw new FormatException("aligned does not end");
        // A line break before the end makes no line.
        string[] lines = tex[position..end].Split(@"\\", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        position = end + End.Length;
        return $"<mrow><mtable>{string.Concat(lines.Select(line => $"<mtr>{string.Concat(line.Split('&').Select(Cell))}</mtr>"))}"
            + "</mtable></mrow>";

        string Cell(string part, int column) =>
            $"<mtd style=\"text-align: {(column % 2 == 0 ? "right" : "left")}\">{new Formula(part, display).Whole()}</mtd>";
    }

    private string Delimiter()
    {
        SkipBlanks();
        string sign = Peek() == '\\' ? $"\\{CommandName()}" : tex.Substring(position, Math.Min(1, tex.Length - position));
        if (sign.Length != 1 || !"()[]|.".Contains(sign, StringComparison.Ordinal))
            throw new FormatException($"\"{sign}\" is unknown as a delimiter");
        position++;
        return sign == "." ? "" : $"<mo stretchy=\"true\">{sign}</mo>";
    }

    private string SmallArgument()
    {
        SkipBlanks();
        small++;
        if (position == tex.Length)
            throw new FormatException("an argument is missing");
        // Without braces an argument is one token, so \frac12 is a half.
        string argument = char.IsAsciiDigit(Peek()) ? $"<mn>{tex[position++]}</mn>" : Atom();
        small--;
        return argument;
    }

    /// <summary>The text of the next group, as it is written.</summary>
    private string Verbatim()
    {
        SkipBlanks();
        int end = Peek() == '{' ? tex.IndexOf('}', position) : -1;
        if (end < 0)
            throw new FormatException("a group is missing");
        string text = tex[(position + 1)..end];
        position = end + 1;
        return text.AsSpan().IndexOfAny("{$\\") < 0 ? text : throw new FormatException("a formula within text");
    }

    private string CommandName()
    {
        int start = ++position;
        while (char.IsAsciiLetter(Peek()))
            position++;
        if (position == start)
            position++;
        return position <= tex.Length ? tex[start..position] : throw new FormatException("a lone backslash");
    }

    private bool AtCommand(string name) =>
        Peek() == '\\'
        && string.CompareOrdinal(tex, position + 1, name, 0, name.Length) == 0
        && !(char.IsAsciiLetter(name[0]) && char.IsAsciiLetter(Peek(1 + name.Length)));

    private char Peek(int ahead = 0) => position + ahead < tex.Length ? tex[position + ahead] : '\0';

    private void SkipBlanks()
    {
        while (char.IsWhiteSpace(Peek()))
            position++;
    }

    // A bar or a bracket in running text must not grow to the height of the line.
    private static string Operator(string sign) =>
        "()[]|".Contains(sign, StringComparison.Ordinal)
            ? $"<mo stretchy=\"false\">{sign}</mo>"
            : $"<mo>{Html.Encode(sign)}</mo>";
}
