using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;

namespace Lessons.Tests;

/// <summary>
/// Which cells of a notebook some code needs: those with #r or using lines, and those that declare or assign what needed code
/// names. What a name means is asked of the compiler. That a call changes an object is not seen: the outputs then differ, and
/// <see cref="WrongAnswer.Faults"/> says so.
/// </summary>
internal static class NeededCells
{
    private static readonly MetadataReference[] Platform =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <param name="folder">Where the cells' #r paths start.</param>
    /// <param name="cells">The cells' sources, in their order.</param>
    /// <param name="code">What comes after them, piece by piece.</param>
    /// <returns>For each cell whether the code needs it.</returns>
    public static bool[] Find(string folder, IReadOnlyCollection<string> cells, IEnumerable<string> code)
    {
        ScriptOptions options = ScriptOptions.Default
            .WithMetadataResolver(ScriptMetadataResolver.Default.WithBaseDirectory(folder))
            .AddReferences(Platform)
            .AddImports(KernelSession.Imports);
        List<Source> sources = [];
        Script script = CSharpScript.Create("", options);
        foreach (string text in cells.Concat(code))
        {
            script = script.ContinueWith(text, options);
            Compilation compilation = script.GetCompilation();
            SyntaxTree tree = compilation.SyntaxTrees.Single();
            sources.Add(new Source(tree.GetCompilationUnitRoot(), compilation.GetSemanticModel(tree)));
        }

        List<Source> needed = [.. sources.Where((source, i) => i >= cells.Count || source.HasDirectives)];
        // What is added to the list while it is walked through is walked through as well.
        for (int i = 0; i < needed.Count; i++)
            needed.AddRange(sources.Except(needed).Where(needed[i].Needs).ToArray());
        return [.. sources.Take(cells.Count).Select(needed.Contains)];
    }

    private sealed class Source(CompilationUnitSyntax unit, SemanticModel model)
    {
        private readonly HashSet<ISymbol> named = Named(unit, model);

        private readonly HashSet<ISymbol> assigned = new(
            unit.DescendantNodes().Select(Target).OfType<ExpressionSyntax>().SelectMany(target => Named(target, model)),
            SymbolEqualityComparer.Default);

        public bool HasDirectives => unit.Usings.Count > 0 || unit.GetReferenceDirectives().Count > 0;

        public bool Needs(Source other) => other.assigned.Overlaps(named)
            || named.Any(symbol => symbol.DeclaringSyntaxReferences.Any(place => place.SyntaxTree == other.Tree));

        private SyntaxTree Tree => unit.SyntaxTree;

        private static HashSet<ISymbol> Named(SyntaxNode node, SemanticModel model) => new(
            node.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Where(name => !name.IsVar)
                .Select(name => model.GetSymbolInfo(name).Symbol).OfType<ISymbol>()
                .Where(symbol => symbol.DeclaringSyntaxReferences.Length > 0),
            SymbolEqualityComparer.Default);

        private static ExpressionSyntax? Target(SyntaxNode node) => node switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left,
            PostfixUnaryExpressionSyntax step => step.Operand,
            PrefixUnaryExpressionSyntax { OperatorToken.Text: "++" or "--" } step => step.Operand,
            ArgumentSyntax { RefKindKeyword.RawKind: not 0 } argument => argument.Expression,
            _ => null,
        };
    }
}
