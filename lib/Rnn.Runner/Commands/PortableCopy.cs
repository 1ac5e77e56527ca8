using System.Text.Encodings.Web;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Rnn.Runner.Page;

namespace Rnn.Runner.Commands;

/// <summary>
/// Copies of notebooks that run in any folder. In their code, paths become absolute: those of #r lines, and each string that is
/// the path of a file, or begins with that of a folder where $"…{…}" puts together the rest. The pictures of their prose are
/// put into it, since not every client looks for them beside the notebook.
/// </summary>
internal static partial class PortableCopy
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="NotebookException">A #r line has to name a folder that no #r line can name.</exception>
    public static byte[] Of(NotebookFile notebook) => notebook.Spliced(
        from cell in notebook.Cells
        let source = notebook.InCell(cell, () => Source(notebook, cell))
        where source != cell.Source
        select (cell.SourceRange, JsonSerializer.Serialize(source, Json)));

    private static string Source(NotebookFile notebook, Cell cell) => cell switch
    {
        { IsCode: true } => Code(notebook, cell),
        { Type: "markdown" } => Picture.Replace(cell.Source, match => PictureData.OfFile(notebook, match.Value) ?? match.Value),
        _ => cell.Source,
    };

    private static string Code(NotebookFile notebook, Cell cell)
    {
        StringBuilder code = new(cell.Source);
        // From the end, so that what is before it stays where it was.
        foreach ((SyntaxToken token, string text) in Paths(notebook, cell).Reverse())
            code.Remove(token.SpanStart, token.Span.Length).Insert(token.SpanStart, text);
        return code.ToString();
    }

    /// <summary>The paths of a cell, and what they become.</summary>
    private static IEnumerable<(SyntaxToken Token, string Text)> Paths(NotebookFile notebook, Cell cell)
    {
        foreach (SyntaxNode node in KernelSession.SyntaxOf(cell.Source).DescendantNodes(descendIntoTrivia: true))
        {
            if (node is ReferenceDirectiveTriviaSyntax { File: SyntaxToken library }
                && library.ValueText.EndsWith(".dll", StringComparison.Ordinal))
            {
                string path = Absolute(library);
                if (path.Contains('"', StringComparison.Ordinal))
                {
                    string message = $"#r cannot name {path}, which has a quotation mark in it; rename that folder";
                    throw new NotebookException($"{notebook.NameOf(cell)}: {message}") { IsNotebook = true };
                }

                yield return (library, $"\"{path}\"");
            }
            else if (node is LiteralExpressionSyntax
            { RawKind: (int)SyntaxKind.StringLiteralExpression, Token: SyntaxToken whole }
                && Absolute(whole) is string file && File.Exists(file))
            {
                yield return (whole, SymbolDisplay.FormatLiteral(file, quote: true));
            }
            else if (node is InterpolatedStringExpressionSyntax
            { Contents: [InterpolatedStringTextSyntax { TextToken: SyntaxToken start }, InterpolationSyntax, ..] } rest
                && start.ValueText.AsSpan().ContainsAny('/', '\\')
                && Absolute(start) is string begun && Directory.Exists(Path.GetDirectoryName(begun)))
            {
                yield return (start, Within(rest, begun));
            }
        }

        // Slashes, which every system takes; a zero character, which no system takes, must not become part of another path.
        string Absolute(SyntaxToken token)
        {
            string path = token.ValueText.Replace('\\', '/').Replace('\0', '\ufffd');
            return Path.GetFullPath(Path.Combine(notebook.Folder, path)).Replace(Path.DirectorySeparatorChar, '/');
        }
    }

    /// <summary>A path as it stands within an interpolated string; one that would have to be escaped there gets a hole.</summary>
    private static string Within(InterpolatedStringExpressionSyntax text, string path)
    {
        string literal = SymbolDisplay.FormatLiteral(path, quote: true);
        if (literal == $"\"{path}\"" && path.AsSpan().IndexOfAny('{', '}') < 0)
            return path;
        int braces = text.StringStartToken.Text.Count(c => c == '$');
        return $"{new string('{', braces)}{literal}{new string('}', braces)}";
    }

    [GeneratedRegex(@"(?<=!\[[^\]]*\]\()[^)\s""\\]+")] private static partial Regex Picture { get; }
}
