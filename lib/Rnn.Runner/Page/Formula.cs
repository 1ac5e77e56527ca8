using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Rnn.Runner.Page;

/// <summary>
/// TeX formulas as MathML, which browsers draw by themselves. It knows what the notebooks' formulas are written with; a formula
/// with anything else stays on the page as its TeX source.
/// </summary>
internal sealed class Formula
{
    private static readonly FrozenDictionary<string, string> Letters = Table(
        "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν "
        + "xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π "
        + "Sigma Σ Phi Φ Psi Ψ Omega Ω ell ℓ hbar ℏ infty ∞ partial ∂ nabla ∇ emptyset ∅ top ⊤ bot ⊥ Re ℜ Im ℑ aleph ℵ");

    private static readonly FrozenDictionary<string, string> Operators = Table(
        "cdot ⋅ times × div ÷ pm ± mp ∓ odot ⊙ otimes ⊗ oplus ⊕ circ ∘ ast ∗ star ⋆ bullet ∙ le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ "
        + "approx ≈ equiv ≡ sim ∼ simeq ≃ cong ≅ propto ∝ ll ≪ gg ≫ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ cup ∪ cap ∩ "
        + "setminus ∖ to → rightarrow → leftarrow ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ iff ⇔ implies ⇒ "
        + "longrightarrow ⟶ mapsto ↦ uparrow ↑ downarrow ↓ forall ∀ exists ∃ neg ¬ land ∧ wedge ∧ lor ∨ vee ∨ mid ∣ parallel ∥ "
        + "ldots … dots … cdots ⋯ vdots ⋮ ddots ⋱ colon : coloneqq ≔ triangleq ≜ prime ′ lbrace { rbrace } "
        + "langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lvert | rvert | vert | lVert ‖ rVert ‖ Vert ‖ | ‖ { { } } % % # # & & $ $ _ _");

    /// <summary>Those that carry their limits above and below in a formula of its own line.</summary>
    private static readonly FrozenDictionary<string, string> LargeOperators = Table(
        "sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigodot ⨀ max max min min lim lim sup sup inf inf argmax arg\u2009max argmin arg\u2009min");

    private static readonly FrozenSet<string> Functions =
        "tanh sinh cosh sin cos tan arcsin arccos arctan ln log exp det dim ker deg gcd Pr arg hom".Split(' ').ToFrozenSet();

    private static readonly FrozenDictionary<string, string> Accents = Table(
        "hat ^ widehat ^ bar ¯ overline ¯ tilde ~ widetilde ~ vec → dot ˙ ddot ¨ check ˇ breve ˘ overbrace ⏞");

    private static readonly FrozenDictionary<string, string> Spaces = Table(", 0.167em : 0.222em ; 0.278em ! -0.167em quad 1em qquad 2em");

    /// <summary>Where Unicode keeps a style's letters: the code points of A and a.</summary>
    private static readonly FrozenDictionary<string, (int Upper, int Lower)> Styles = new Dictionary<string, (int, int)>
    {
        ["mathbf"] = (0x1D400, 0x1D41A),
        ["boldsymbol"] = (0x1D468, 0x1D482),
        ["bm"] = (0x1D468, 0x1D482),
        ["mathcal"] = (0x1D4D0, 0x1D4EA),
        ["mathbb"] = (0x1D538, 0x1D552),
        ["mathsf"] = (0x1D5A0, 0x1D5BA),
        ["mathtt"] = (0x1D670, 0x1D68A),
    }.ToFrozenDictionary();

    /// <summary>Letters that Unicode had before it had their styles: the blackboard's C, H, N, P, Q, R and Z.</summary>
    private static readonly FrozenDictionary<char, string> Blackboard =
        "CHNPQRZ".Zip("ℂℍℕℙℚℝℤ").ToDictionary(pair => pair.First, pair => pair.Second.ToString()).ToFrozenDictionary();

    private readonly string tex;
    private readonly bool display;
    private int position;

    /// <summary>How deep in fractions and scripts, where limits stand beside their sum to save height.</summary>
    private int small;

    private Formula(string tex, bool display)
    {
        this.tex = tex;
        this.display = display;
    }

    /// <summary>The formula as MathML, with its source for whoever copies it; or, where that fails, its source.</summary>
    public static string ToHtml(string tex, bool display)
    {
        tex = tex.Trim();
        try
        {
            // Two formulas on one line stand below each other where the line is short.
            return display ? $"<span class=\"formula\">{string.Concat(Parts(tex).Select(Math))}</span>" : Math(tex);
        }
        catch (FormatException)
        {
            return $"<code class=\"{(display ? "tex block" : "tex")}\">{Html.Encode(tex)}</code>";
        }

        string Math(string part)
        {
            string mathML = new Formula(part, display).Parse();
            string block = display ? " display=\"block\"" : "";
            return $"<math{block}><semantics>{mathML}<annotation encoding=\"application/x-tex\">{Html.Encode(part.Trim())}</annotation></semantics></math>";
        }
    }

    /// <summary>What stands between wide spaces, unless those may be inside of something.</summary>
    private static string[] Parts(string tex)
    {
        string[] parts = tex.Split(@"\qquad");
        bool areWhole = !tex.Contains(@"\begin", StringComparison.Ordinal) && !tex.Contains(@"\left", StringComparison.Ordinal)
            && parts.All(part => part.AsSpan().Count('{') == part.AsSpan().Count('}'));
        return areWhole ? parts : [tex];
    }

    private string Parse() => Row(() => position == tex.Length);

    /// <summary>Everything up to where <paramref name="ends"/> says, as one element.</summary>
    private string Row(Func<bool> ends)
    {
        List<string> items = [];
        for (SkipBlanks(); !ends(); SkipBlanks())
        {
            if (position == tex.Length)
                throw new FormatException("the formula ends too early");
            items.Add(WithScripts());
        }

        return items.Count == 1 ? items[0] : $"<mrow>{string.Concat(items)}</mrow>";
    }

    private string WithScripts()
    {
        bool hasLimits = (display && small == 0 && LargeOperators.Keys.Any(AtCommand))
            || AtCommand("underbrace") || AtCommand("overbrace");
        string @base = Peek() is '^' or '_' ? "<mrow></mrow>" : Atom();
        string? lower = null;
        string? upper = null;
        for (SkipBlanks(); Peek() is '^' or '_' or '\''; SkipBlanks())
        {
            char mark = tex[position];
            if (mark == '\'')
            {
                int primes = 0;
                for (; Peek() == '\''; position++)
                    primes++;
                upper = Operator(new string('′', primes)) + upper;
                continue;
            }

            position++;
            ref string? script = ref mark == '^' ? ref upper : ref lower;
            script = script is null ? SmallArgument() : throw new FormatException("two scripts of a kind");
        }

        string tags = hasLimits ? "munderover munder mover" : "msubsup msub msup";
        string[] names = tags.Split(' ');
        return (lower, upper) switch
        {
            (null, null) => @base,
            (string l, string u) => $"<{names[0]}>{@base}{l}{u}</{names[0]}>",
            (string l, null) => $"<{names[1]}>{@base}{l}</{names[1]}>",
            (null, string u) => $"<{names[2]}>{@base}{u}</{names[2]}>",
        };
    }

    private string Atom()
    {
        char c = tex[position];
        switch (c)
        {
            case '\\':
                return Command();
            case '{':
                position++;
                return Group('}');
            case '}' or '&':
                throw new FormatException($"a stray {c}");
            case '~':
                position++;
                return "<mspace width=\"0.333em\"></mspace>";
            case >= '0' and <= '9':
                int start = position;
                while (char.IsAsciiDigit(Peek()) || (Peek() == '.' && char.IsAsciiDigit(Peek(1))))
                    position++;
                return $"<mn>{tex[start..position]}</mn>";
        }

        Rune rune = NextRune();
        return Rune.IsLetter(rune) ? $"<mi>{rune}</mi>" : Operator(c == '-' ? "−" : c == '*' ? "∗" : rune.ToString());
    }

    private string Command()
    {
        string name = CommandName();
        if (Letters.TryGetValue(name, out string? letter))
            // Capital Greek letters stand upright in TeX.
            return char.IsAsciiLetterLower(name[0]) ? $"<mi>{letter}</mi>" : Upright(letter);
        if (Operators.TryGetValue(name, out string? sign))
            return Operator(sign);
        if (LargeOperators.TryGetValue(name, out string? large))
            return char.IsAsciiLetter(large[0]) ? Named(large) : $"<mo>{large}</mo>";
        if (Functions.Contains(name))
            return Named(name);
        if (Spaces.TryGetValue(name, out string? width))
            return $"<mspace width=\"{width}\"></mspace>";
        if (Accents.TryGetValue(name, out string? accent))
            return $"<mover accent=\"true\">{Argument()}<mo stretchy=\"{(name.Length > 5 ? "true" : "false")}\">{accent}</mo></mover>";
        if (Styles.ContainsKey(name))
            return Styled(name);
        switch (name)
        {
            case "frac" or "dfrac" or "tfrac":
                return $"<mfrac>{SmallArgument()}{SmallArgument()}</mfrac>";
            case "binom":
                return $"<mrow>{Operator("(")}<mfrac linethickness=\"0\">{Argument()}{Argument()}</mfrac>{Operator(")")}</mrow>";
            case "sqrt":
                SkipBlanks();
                if (Peek() != '[')
                    return $"<msqrt>{Argument()}</msqrt>";
                position++;
                string degree = Group(']');
                return $"<mroot>{Argument()}{degree}</mroot>";
            case "mathrel" or "mathbin" or "mathord" or "mathop":
                return Argument();
            case "text" or "textrm" or "textbf" or "textit" or "mbox":
                return $"<mtext>{Html.Encode(Verbatim().Replace(' ', '\u00A0'))}</mtext>";
            case "mathrm" or "operatorname":
                return Named(Verbatim().Replace("\\,", "\u2009", StringComparison.Ordinal));
            case "underbrace":
                return $"<munder>{Argument()}<mo stretchy=\"true\">⏟</mo></munder>";
            case "underline":
                return $"<munder>{Argument()}<mo stretchy=\"true\">_</mo></munder>";
            case "left":
                string open = Delimiter();
                string inner = Row(() => AtCommand("right"));
                CommandName();
                return $"<mrow>{open}{inner}{Delimiter()}</mrow>";
            case "big" or "Big" or "bigg" or "Bigg" or "bigl" or "bigr" or "Bigl" or "Bigr" or "biggl" or "biggr":
                return Delimiter();
            case "begin":
                return Environment(Verbatim());
            case "limits" or "nolimits" or "displaystyle" or "textstyle" or "nonumber":
                return "";
            case " ":
                return "<mspace width=\"0.333em\"></mspace>";
            default:
                throw new FormatException($"\\{name} is unknown");
        }
    }

    private string Environment(string name)
    {
        (string open, string close, string align) = name.TrimEnd('*') switch
        {
            "matrix" or "smallmatrix" => ("", "", ""),
            "pmatrix" => ("(", ")", ""),
            "bmatrix" => ("[", "]", ""),
            "vmatrix" => ("|", "|", ""),
            "array" => ("", "", Verbatim()),
            "cases" => ("{", "", "ll"),
            "aligned" or "align" or "split" => ("", "", "rlrlrl"),
            "gathered" or "gather" => ("", "", "c"),
            _ => throw new FormatException($"the environment {name} is unknown"),
        };
        StringBuilder table = new("<mtable>");
        bool goesOn = true;
        while (goesOn)
        {
            table.Append("<mtr>");
            int column = 0;
            do
            {
                string side = column < align.Length ? align[column] switch { 'l' => "left", 'r' => "right", _ => "" } : "";
                string style = side.Length > 0 ? $" style=\"text-align: {side}\"" : "";
                string cell = Row(() => Peek() == '&' || AtCommand("\\") || AtCommand("end"));
                table.Append(CultureInfo.InvariantCulture, $"<mtd{style}>{cell}</mtd>");
                column++;
            }
            while (Take('&'));
            table.Append("</mtr>");
            goesOn = CommandName() == "\\";
            SkipBlanks();
            if (goesOn && AtCommand("end"))
            {
                // A line break before the end makes no line.
                CommandName();
                goesOn = false;
            }
        }

        if (Verbatim() != name)
            throw new FormatException($"{name} does not end");
        table.Append("</mtable>");
        return $"<mrow>{(open.Length > 0 ? Operator(open, stretchy: true) : "")}{table}{(close.Length > 0 ? Operator(close, stretchy: true) : "")}</mrow>";
    }

    /// <summary>Letters of another alphabet; what that alphabet lacks stays as it is.</summary>
    private string Styled(string style)
    {
        (int upper, int lower) = Styles[style];
        SkipBlanks();
        if (!char.IsAsciiLetterOrDigit(Peek()) && !(Peek() == '{' && char.IsAsciiLetterOrDigit(Peek(1))))
            return Argument();
        string text = Peek() == '{' ? Verbatim() : tex[position++].ToString();
        StringBuilder letters = new();
        foreach (char c in text)
        {
            letters.Append(c switch
            {
                _ when style == "mathbb" && Blackboard.TryGetValue(c, out string? old) => old,
                >= 'A' and <= 'Z' => char.ConvertFromUtf32(upper + c - 'A'),
                >= 'a' and <= 'z' => char.ConvertFromUtf32(lower + c - 'a'),
                >= '0' and <= '9' when style is "mathbf" or "boldsymbol" or "bm" => char.ConvertFromUtf32(0x1D7CE + c - '0'),
                _ => c.ToString(),
            });
        }

        return Upright(Html.Encode(letters.ToString()));
    }

    private string Delimiter()
    {
        SkipBlanks();
        string sign = Peek() == '\\'
            ? Operators.GetValueOrDefault(CommandName()) ?? throw new FormatException("an unknown delimiter")
            : position < tex.Length ? NextRune().ToString() : throw new FormatException("a delimiter is missing");
        return sign == "." ? "" : Operator(sign, stretchy: true);
    }

    private string Argument()
    {
        SkipBlanks();
        // Without braces an argument is one token, so \frac12 is a half.
        if (char.IsAsciiDigit(Peek()))
            return $"<mn>{tex[position++]}</mn>";
        return position < tex.Length ? Atom() : throw new FormatException("an argument is missing");
    }

    private string SmallArgument()
    {
        small++;
        string argument = Argument();
        small--;
        return argument;
    }

    private string Group(char end)
    {
        string row = Row(() => Peek() == end);
        position++;
        return row;
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
        return text.Contains('{', StringComparison.Ordinal) || text.Contains('$', StringComparison.Ordinal) ? throw new FormatException("a group within text") : text;
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

    private Rune NextRune()
    {
        Rune rune = Rune.GetRuneAt(tex, position);
        position += rune.Utf16SequenceLength;
        return rune;
    }

    private bool Take(char c)
    {
        bool isThere = Peek() == c;
        position += isThere ? 1 : 0;
        return isThere;
    }

    private char Peek(int ahead = 0) => position + ahead < tex.Length ? tex[position + ahead] : '\0';

    private void SkipBlanks()
    {
        while (char.IsWhiteSpace(Peek()))
            position++;
    }

    // A bar or a bracket in running text must not grow to the height of the line.
    private static string Operator(string sign, bool stretchy = false) =>
        stretchy ? $"<mo stretchy=\"true\">{Html.Encode(sign)}</mo>"
        : "()[]{}|‖⟨⟩⌊⌋⌈⌉".Contains(sign, StringComparison.Ordinal) ? $"<mo stretchy=\"false\">{sign}</mo>"
        : $"<mo>{Html.Encode(sign)}</mo>";

    private static string Upright(string text) => $"<mi mathvariant=\"normal\">{text}</mi>";

    /// <summary>A word such as tanh or max, upright, and apart from what it is applied to.</summary>
    private static string Named(string name) => name.Length == 1 ? Upright(Html.Encode(name)) : $"<mi>{Html.Encode(name)}</mi>";

    private static FrozenDictionary<string, string> Table(string text)
    {
        string[] words = text.Split(' ');
        return Enumerable.Range(0, words.Length / 2).ToFrozenDictionary(i => words[2 * i], i => words[2 * i + 1]);
    }
}
