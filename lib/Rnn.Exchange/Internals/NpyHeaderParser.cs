namespace Rnn.Exchange.Internals;

/// <summary>
/// Reads <c>{'descr': '&lt;f8', 'fortran_order': False, 'shape': (3, 4), }</c>: these three keys in any order, either quote,
/// space anywhere, and a comma after the last; nothing else that Python might understand.
/// </summary>
internal sealed class NpyHeaderParser(string text, Place place)
{
    private int at;

    public (string Type, bool IsFortranOrder, int[] Shape) Parse()
    {
        string? type = null;
        bool? isFortranOrder = null;
        int[]? shape = null;
        Expect('{');
        while (!Take('}'))
        {
            int start = at;
            string key = Quoted();
            Expect(':');
            switch (key)
            {
                case "descr" when type is null:
                    type = Take('[', consume: false) ? throw Unexpected("float64 or float32 and not a record") : Quoted();
                    break;
                case "fortran_order" when isFortranOrder is null:
                    isFortranOrder = Truth();
                    break;
                case "shape" when shape is null:
                    shape = Tuple();
                    break;
                default:
                    at = start;
                    throw Unexpected("each of 'descr', 'fortran_order' and 'shape' once");
            }

            if (!Take(','))
            {
                Expect('}');
                break;
            }
        }

        SkipSpace();
        if (at < text.Length)
            throw Unexpected("nothing after the closing brace");
        if (type is null || isFortranOrder is null || shape is null)
            throw place.Refusal("a header with all of 'descr', 'fortran_order' and 'shape'", Place.Shown(text));
        return (type, isFortranOrder.Value, shape);
    }

    private int[] Tuple()
    {
        List<int> entries = [];
        Expect('(');
        while (!Take(')'))
        {
            entries.Add(Number());
            // One number in parentheses is only a number.
            if (!Take(',') && (entries.Count == 1 || !Take(')', consume: false)))
                throw Unexpected("a comma");
        }

        return [.. entries];
    }

    private int Number()
    {
        SkipSpace();
        int start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        string digits = text[start..at];
        if (int.TryParse(digits, out int number) && (digits[0] != '0' || digits.Length == 1))
            return number;
        at = start;
        throw Unexpected($"a dimension, 0 to {int.MaxValue}");
    }

    private bool Truth()
    {
        SkipSpace();
        foreach (bool truth in (bool[])[true, false])
        {
            if (!text.AsSpan(at).StartsWith($"{truth}", StringComparison.Ordinal))
                continue;
            at += $"{truth}".Length;
            return truth;
        }

        throw Unexpected("True or False");
    }

    private string Quoted()
    {
        SkipSpace();
        if (at == text.Length || text[at] is not ('\'' or '"'))
            throw Unexpected("a text in quotes");
        int end = text.IndexOf(text[at], at + 1);
        if (end < 0)
            throw Unexpected("a text with a closing quote");
        string quoted = text[(at + 1)..end];
        at = end + 1;
        return quoted;
    }

    private void Expect(char wanted)
    {
        if (!Take(wanted))
            throw Unexpected($"'{wanted}'");
    }

    private bool Take(char wanted, bool consume = true)
    {
        SkipSpace();
        bool found = at < text.Length && text[at] == wanted;
        at += found && consume ? 1 : 0;
        return found;
    }

    private void SkipSpace()
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n')
            at++;
    }

    private InvalidDataException Unexpected(string expected) =>
        place.Refusal($"{expected} at character {at} of the header", at < text.Length ? Place.Shown(text[at..]) : "its end");
}
