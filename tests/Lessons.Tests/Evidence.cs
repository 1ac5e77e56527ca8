using System.Globalization;

namespace Lessons.Tests;

/// <summary>
/// Compares the numbers of a notebook's prose with the outputs of its cells. A markdown cell's metadata says where each stands:
/// <c>"evidence": {"a phrase with numbers": "cell-id: a piece of that cell's output"}</c>.
/// </summary>
internal static partial class Evidence
{
    /// <summary>What does not hold, a line each.</summary>
    public static IEnumerable<string> Faults(NotebookFile notebook) =>
        notebook.Cells.SelectMany(cell => cell.IsCode ? FaultsOfCode(notebook, cell) : new Prose(notebook, cell).Faults());

    private static IEnumerable<string> FaultsOfCode(NotebookFile notebook, Cell cell)
    {
        if (cell.Metadata.TryGetProperty("evidence", out _))
            yield return $"{notebook.Name}, {cell.Id}: evidence belongs to prose, and this is a code cell";
    }

    /// <summary>One markdown cell.</summary>
    private sealed class Prose(NotebookFile notebook, Cell cell)
    {
        /// <summary>The source, with blanks in place of what makes no claim, so that every place stays where it is.</summary>
        private readonly string claims = NoClaim.Replace(cell.Source, match => new string(' ', match.Length));

        public IEnumerable<string> Faults()
        {
            List<Range> bound = [];
            if (cell.Metadata.TryGetProperty("evidence", out JsonElement evidence))
            {
                foreach (JsonProperty each in evidence.EnumerateObject())
                {
                    Match[] places = [.. Words(each.Name).Matches(cell.Source).Cast<Match>()];
                    if (places.Length == 0)
                        yield return $"{notebook.Name}, {cell.Id}: there is evidence for \"{each.Name}\", but the prose does "
                            + $"not say that";
                    else if (Fault(each.Name, places[0], each.Value.GetString()!) is string fault)
                        yield return $"{notebook.Name}, {cell.Id}: \"{SentenceAt(places[0].Index)}\" The prose says "
                            + $"\"{each.Name}\", but {fault}";
                    bound.AddRange(places.Select(place => place.Index..(place.Index + place.Length)));
                }
            }

            IEnumerable<Match> unbound = Number.Matches(claims).Where(number =>
                !bound.Any(range => range.Start.Value <= number.Index && number.Index + number.Length <= range.End.Value));
            foreach (IGrouping<string, Match> sentence in unbound.GroupBy(number => SentenceAt(number.Index)))
                yield return $"{notebook.Name}, {cell.Id}: \"{sentence.Key}\" No evidence is named for "
                    + $"{string.Join(" and ", sentence.Select(number => number.Value))}";
        }

        /// <summary>What is wrong with the evidence for a phrase, or null.</summary>
        private string? Fault(string phrase, Match place, string value)
        {
            string[] said = [.. Number.Matches(claims)
                .Where(number => place.Index <= number.Index && number.Index + number.Length <= place.Index + place.Length)
                .Select(number => number.Value)];
            if (said.Length == 0)
                return "holds no number that needs evidence";
            int colon = value.IndexOf(": ", StringComparison.Ordinal);
            if (colon < 0)
                return $"its evidence is \"{value}\", not \"cell-id: piece of its output\"";
            (string id, string piece) = (value[..colon], value[(colon + 2)..]);
            if (notebook.CodeCells.FirstOrDefault(each => each.Id == id) is not Cell source)
                return $"there is no code cell {id}";

            string shown = Lessons.Shown(source.Outputs);
            if (!Words(piece).IsMatch(shown))
                return $"cell {id} does not say \"{piece}\"; it says \"{Nearest(piece, shown)}\"";
            if (source.HasTag("volatile") && !Words(piece).IsMatch(source.Source))
                return $"cell {id} is volatile, and \"{piece}\" is measured by it; claim a bound that stands in its source";

            string[] found = [.. Number.Matches(piece).Select(number => number.Value)];
            int next = 0;
            foreach (string number in said)
            {
                while (next < found.Length && !IsSame(number, found[next]))
                    next++;
                if (next++ == found.Length)
                    return $"\"{piece}\" of cell {id} has no {number} in that order";
            }

            return null;
        }

        /// <summary>The sentence around a place: up to a full stop, or to the line's ends.</summary>
        private string SentenceAt(int index) =>
            Sentence.Matches(cell.Source).First(sentence => index < sentence.Index + sentence.Length).Value.Trim();
    }

    /// <summary>Whether a number of the prose is one of an output, or that one rounded to the digits of the prose.</summary>
    private static bool IsSame(string said, string found)
    {
        (double a, double unit) = Parse(said);
        (double b, _) = Parse(found);
        return a == b || Math.Abs(a - b) <= unit / 2 * (1 + 1e-9);
    }

    /// <summary>A number's value, and what its last digit stands for.</summary>
    private static (double Value, double Unit) Parse(string number)
    {
        string plain = number.Replace(",", "", StringComparison.Ordinal).Replace('−', '-');
        string[] parts = plain.ToUpperInvariant().Split('E');
        int decimals = parts[0].Split('.') is [_, string fraction] ? fraction.Length : 0;
        int exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        return (double.Parse(plain, CultureInfo.InvariantCulture), Math.Pow(10, exponent - decimals));
    }

    /// <summary>Finds a text, however its words are spaced, where it does not begin or end within a word or a number.</summary>
    private static Regex Words(string text)
    {
        string pattern = string.Join(
            @"\s+", text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Regex.Escape));
        string start = char.IsLetterOrDigit(text[0]) ? @"(?<!\w)(?<![0-9][.,])" : "";
        string end = char.IsLetterOrDigit(text[^1]) ? @"(?!\w)(?![.,][0-9])" : "";
        return new Regex(start + pattern + end);
    }

    /// <summary>What an output says in place of a piece: the same words with other numbers, else its beginning.</summary>
    private static string Nearest(string piece, string shown)
    {
        string folded = Spaces.Replace(shown, " ").Trim();
        string words = string.Join($"({Number})", Number.Split(Spaces.Replace(piece, " ")).Select(Regex.Escape));
        Match same = Regex.Match(folded, words);
        return same.Success ? same.Value : folded.Length <= 300 ? folded : folded[..300] + "…";
    }

    /// <summary>
    /// Code, formulas, targets of links, numbers of lists, headings, exercises and notebooks, years of citations.
    /// </summary>
    [GeneratedRegex(
        """
        ```.*?``` | (?<ticks>`+)(?!`).*?(?<!`)\k<ticks>(?!`)
        | \$\$.*?\$\$ | (?<!\\)\$[^$\n]+\$
        | \]\([^)\n]*\) | https?://[^\s)>]+
        | (?m:^[ ]*[0-9]+[.)][ ]) | (?m:^\#+[ ]+[0-9]+[.)]?[ ]) | \*\*[0-9]+\.[ ](?=(Predict|Change|Build)\.\*\*)
        | (?i:\bnotebooks?[ ][0-9]{2}((,[ ]|[ ]and[ ]|,[ ]and[ ]|[ ]to[ ])[0-9]{2})*\b)
        | (?i:\bexercises?[ ][0-9]+((,[ ]|[ ]and[ ]|,[ ]and[ ]|[ ]to[ ])[0-9]+)*\b)
        | (?<=\([^()\n]*\p{Lu}[^()\n]*[ ])(19|20)[0-9]{2}(?=\)) | (?<=\p{L}\.?[ ]\()(19|20)[0-9]{2}(?=\))
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex NoClaim { get; }

    /// <summary>A number in digits that is no part of a word, as the 0 of wy0 is.</summary>
    [GeneratedRegex(
        @"((?<![\w)\]])[-−+])?(?<![\w]|[0-9]\.)([0-9]{1,3}(,[0-9]{3})+(?![0-9])|[0-9]+)(\.[0-9]+)?([eE][-−+]?[0-9]+)?",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Number { get; }

    [GeneratedRegex(@"[^\n]+?([.!?][)*_""]*(?=\s)|(?=\n)|$)")] private static partial Regex Sentence { get; }

    [GeneratedRegex(@"\s+")] private static partial Regex Spaces { get; }
}
