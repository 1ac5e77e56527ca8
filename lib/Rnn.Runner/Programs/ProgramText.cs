using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Rnn.Runner.Programs;

/// <summary>A program as it grows, piece by piece, with a line between them; it knows which cell a place comes from.</summary>
internal sealed class ProgramText
{
    private readonly StringBuilder text = new();
    private readonly List<(int Start, Cell Cell)> starts = [];

    /// <summary>Adds a piece, if there is anything in it.</summary>
    public void Add(string piece, Cell? cell = null)
    {
        if (piece.Length == 0)
            return;
        if (text.Length > 0)
            text.Append('\n');
        if (cell is not null)
            starts.Add((text.Length, cell));
        text.Append(piece).Append('\n');
    }

    /// <summary>Adds a declaration with others in it.</summary>
    public void AddWithin(string declaration, IEnumerable<string> members) => Add(
        $"{declaration}\n{{\n{string.Join("\n\n", members.Select(Indented))}\n}}");

    /// <summary>The cell that a place comes from; null for what no cell has.</summary>
    public Cell? CellAt(int place) => starts.LastOrDefault(each => each.Start <= place).Cell;

    public override string ToString() => text.ToString();

    /// <summary>Four blanks more, but for lines that begin within a string.</summary>
    private static string Indented(string code)
    {
        HashSet<int> within = [.. CSharpSyntaxTree.ParseText(code).GetRoot().DescendantTokens()
            .Where(token => token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.InterpolatedStringTextToken))
            .Select(token => token.GetLocation().GetLineSpan())
            .SelectMany(span => Enumerable.Range(
                span.StartLinePosition.Line + 1, span.EndLinePosition.Line - span.StartLinePosition.Line))];
        return string.Join('\n', code.Split('\n')
            .Select((line, i) => line.Length == 0 || within.Contains(i) ? line : $"    {line}"));
    }
}
