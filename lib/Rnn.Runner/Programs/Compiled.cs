using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rnn.Runner.Programs;

/// <summary>What the compiler says of a program that is made of a notebook's cells.</summary>
internal sealed class Compiled
{
    /// <summary>Two of a name, in the same place or one within the other; a local variable that is used above.</summary>
    private static readonly string[] TwiceNamed = ["CS0128", "CS0136", "CS0101", "CS0102", "CS0111", "CS1537", "CS0841"];

    /// <summary>A type uses what a program declares outside of types.</summary>
    private const string UsedByType = "CS8801";

    /// <summary>A using that nothing needs.</summary>
    private const string Unneeded = "CS8019";

    private readonly NotebookFile notebook;
    private readonly CSharpCompilation empty;

    /// <param name="notebook">The notebook, for messages.</param>
    /// <param name="assemblies">What its #r lines name.</param>
    /// <param name="namespaces">What the program uses without saying so.</param>
    public Compiled(NotebookFile notebook, IReadOnlyList<string> assemblies, IEnumerable<string> namespaces)
    {
        this.notebook = notebook;
        string platform = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string[] missing = [.. assemblies.Where(file => !File.Exists(file))];
        if (missing.Length > 0)
            throw new NotebookException($"{notebook.Name}: {missing[0]} is not there; run 'dotnet build' first")
            { IsNotebook = true };
        empty = CSharpCompilation.Create(
            "program",
            [CSharpSyntaxTree.ParseText(string.Concat(namespaces.Select(name => $"global using {name};")))],
            // All of the platform: names beside it are those of the libraries that are written in other languages.
            Directory.EnumerateFiles(platform, "*.dll")
                .Where(file => Path.GetFileName(file) is string name
                    && (name.StartsWith("System.", StringComparison.Ordinal) || name is "mscorlib.dll" or "netstandard.dll")
                    && !name.Contains(".Native", StringComparison.Ordinal))
                .Concat(assemblies.Distinct()).Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication));
    }

    /// <summary>A plan with all that the compiler has to say.</summary>
    /// <param name="plan">What is planned so far.</param>
    /// <param name="text">The program of a plan.</param>
    public Plan Complete(Plan plan, Func<Plan, ProgramText> text)
    {
        (ProgramText program, CSharpCompilation compilation, SemanticModel model) = Compile(text(plan));
        CompilationUnitSyntax root = (CompilationUnitSyntax)model.SyntaxTree.GetRoot();
        Dictionary<string, string> shown = Shown(root, program, model);
        plan = plan with
        {
            Shown = shown,
            Members = Members(root, model, compilation),
            HasPage = shown.Values.Any(each => each.EndsWith(".Display()", StringComparison.Ordinal)) || CallsDisplay(root),
        };
        // With what is shown in its place, it turns out which namespaces are needed.
        (_, compilation, model) = Compile(text(plan));
        string[] unneeded = [.. compilation.GetDiagnostics()
            .Where(each => each.Id == Unneeded && each.Location.SourceTree == model.SyntaxTree)
            .Select(each => model.SyntaxTree.GetRoot().FindNode(each.Location.SourceSpan)).OfType<UsingDirectiveSyntax>()
            .Select(each => each.NamespaceOrType.ToString())];
        return plan with { Namespaces = [.. plan.Namespaces.Except(unneeded)] };
    }

    /// <exception cref="NotebookException">The program does not compile.</exception>
    public void Check(ProgramText program)
    {
        (_, CSharpCompilation compilation, _) = Compile(program);
        if (compilation.GetDiagnostics().FirstOrDefault(each => each.Severity == DiagnosticSeverity.Error) is not { } error)
            return;
        // Without any statement it is nowhere in the text that something is wrong.
        if (error.Location.SourceTree is not SyntaxTree tree)
            throw new NotebookException($"{notebook.Name}: it has no code to make a program of") { IsNotebook = true };
        string place = program.CellAt(error.Location.SourceSpan.Start) is Cell cell ? notebook.NameOf(cell) : notebook.Name;
        string line = tree.GetText().Lines.GetLineFromPosition(error.Location.SourceSpan.Start).ToString();
        string what = TwiceNamed.Contains(error.Id)
            ? "a program declares a name once, and not again within a block; rename one of the two"
            : "the cells are no program";
        throw new NotebookException(
            $"{place}: error {error.Id}: {error.GetMessage(CultureInfo.InvariantCulture)} In '{line.Trim()}': {what}")
        { IsNotebook = true };
    }

    private (ProgramText Program, CSharpCompilation Compilation, SemanticModel Model) Compile(ProgramText program)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(program.ToString());
        CSharpCompilation compilation = empty.AddSyntaxTrees(tree);
        return (program, compilation, compilation.GetSemanticModel(tree));
    }

    /// <summary>How the value of each cell is shown that has one, by the cell's id.</summary>
    private static Dictionary<string, string> Shown(CompilationUnitSyntax root, ProgramText program, SemanticModel model)
    {
        Dictionary<string, string> shown = [];
        // Of the statements of a cell, the last one counts.
        foreach (ExpressionStatementSyntax statement in root.Members.OfType<GlobalStatementSyntax>()
            .Select(each => each.Statement).OfType<ExpressionStatementSyntax>())
        {
            if (program.CellAt(statement.SpanStart) is Cell cell)
                shown[cell.Id] = Shown(statement.Expression, model);
        }

        return shown;
    }

    /// <summary>Whether a cell shows something before its end, as notebooks do.</summary>
    private static bool CallsDisplay(CompilationUnitSyntax root) => root.DescendantNodes().OfType<InvocationExpressionSyntax>()
        .Any(call => call is
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Display" }, ArgumentList.Arguments.Count: 0
        });

    private static string Shown(ExpressionSyntax value, SemanticModel model)
    {
        if (model.GetTypeInfo(value).Type is not { SpecialType: not SpecialType.System_Void } type)
            return "{0}";
        // As Verso knows what can be shown.
        if (type.GetMembers("ToHtml").OfType<IMethodSymbol>().Any(method => method.Parameters.Length == 0))
            return value is InvocationExpressionSyntax or MemberAccessExpressionSyntax or IdentifierNameSyntax
                or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax ? "{0}.Display()" : "({0}).Display()";
        bool isList = type.SpecialType != SpecialType.System_String
            && type.AllInterfaces.Append(type).Any(each => each.SpecialType == SpecialType.System_Collections_IEnumerable);
        return isList ? "Console.WriteLine(string.Join(\", \", {0}))" : "Console.WriteLine({0})";
    }

    /// <summary>What a type uses of the program's functions and variables, and what those functions use.</summary>
    private static Dictionary<string, string> Members(
        CompilationUnitSyntax root, SemanticModel model, CSharpCompilation compilation)
    {
        Dictionary<string, string> members = [];
        Queue<ISymbol> found = new(compilation.GetDiagnostics().Where(each => each.Id == UsedByType)
            .SelectMany(each => Named(root.FindNode(each.Location.SourceSpan, getInnermostNodeForTie: true), model)));
        while (found.TryDequeue(out ISymbol? symbol))
        {
            string type = symbol is ILocalSymbol local
                ? local.Type.ToMinimalDisplayString(model, root.Members[0].SpanStart) : "";
            if (members.TryAdd(symbol.Name, type) && symbol is IMethodSymbol)
                foreach (ISymbol used in symbol.DeclaringSyntaxReferences
                    .SelectMany(place => place.GetSyntax().DescendantNodes()).SelectMany(node => Named(node, model)))
                    found.Enqueue(used);
        }

        return members;
    }

    /// <summary>The function or variable of the program itself that a name means.</summary>
    private static IEnumerable<ISymbol> Named(SyntaxNode node, SemanticModel model)
    {
        if (node is not SimpleNameSyntax)
            return [];
        SymbolInfo info = model.GetSymbolInfo(node);
        return info.CandidateSymbols.Append(info.Symbol).OfType<ISymbol>()
            .Where(symbol => symbol is ILocalSymbol or IMethodSymbol { MethodKind: MethodKind.LocalFunction }
                && symbol.ContainingSymbol.Name == WellKnownMemberNames.TopLevelStatementsEntryPointMethodName
                && symbol.DeclaringSyntaxReferences is [{ } place]
                && place.GetSyntax().FirstAncestorOrSelf<StatementSyntax>()?.Parent is GlobalStatementSyntax);
    }
}
