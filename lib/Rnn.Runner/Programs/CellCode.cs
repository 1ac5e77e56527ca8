using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Rnn.Runner.Programs;

/// <summary>A code cell as a part of a program: what stays where it is, and what moves to the program's begin or end.</summary>
internal sealed partial class CellCode(Cell cell)
{
    private readonly CompilationUnitSyntax unit = KernelSession.SyntaxOf(cell.Source);

    public Cell Cell => cell;

    public IEnumerable<string> References => unit.GetReferenceDirectives().Select(each => each.File.ValueText);

    public IEnumerable<UsingDirectiveSyntax> Usings => unit.Usings;

    /// <summary>The cell's last expression, where it has no semicolon: its value is shown.</summary>
    public ExpressionSyntax? Value => unit.Members.LastOrDefault() is GlobalStatementSyntax
    {
        Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true, Expression: ExpressionSyntax expression }
    } ? expression : null;

    /// <summary>The statements and functions, as they stand in the program.</summary>
    public string Body(Plan plan)
    {
        StringBuilder text = new(cell.Source);
        // From the end, so that what is before it stays where it was.
        foreach ((TextSpan place, string other) in Edits(plan).OrderByDescending(edit => edit.Place.Start))
            text.Remove(place.Start, place.Length).Insert(place.Start, other);
        string body = Tidy(text.ToString());
        string[] types = [.. unit.Members.Where(IsType).Select(NameOf)];
        if (types.Length == 0)
            return body;
        string note = $"// {(types.Length == 1 ? "The type" : "The types")} {string.Join(" and ", types)} "
            + $"{(types.Length == 1 ? "stands" : "stand")} at the end, as types must.";
        return body.Length == 0 ? note : $"{note}\n\n{body}";
    }

    /// <summary>The types, each with the comment above it.</summary>
    public IEnumerable<string> Types => unit.Members.Where(IsType).Select(type => Tidy(type.ToFullString()));

    /// <summary>The functions and variables that become members, as they are declared there.</summary>
    public IEnumerable<string> Members(Plan plan)
    {
        foreach (MemberDeclarationSyntax member in unit.Members)
        {
            if (member is MethodDeclarationSyntax method && plan.Members.ContainsKey(method.Identifier.Text))
                yield return Tidy(WithStatic(method));
            else if (member is FieldDeclarationSyntax field && IsConstant(field) && Moves(field, plan))
                yield return Tidy(field.ToFullString());
            else
                foreach (string name in Names(member).Where(plan.Members.ContainsKey))
                    yield return $"static {plan.Members[name]} {name};";
        }
    }

    private static bool IsType(MemberDeclarationSyntax member) =>
        member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax;

    private static string NameOf(MemberDeclarationSyntax type) => type switch
    {
        BaseTypeDeclarationSyntax declared => declared.Identifier.Text,
        DelegateDeclarationSyntax declared => declared.Identifier.Text,
        _ => "",
    };

    private static bool IsConstant(FieldDeclarationSyntax field) => field.Modifiers.Any(SyntaxKind.ConstKeyword);

    private static bool Moves(FieldDeclarationSyntax field, Plan plan) =>
        field.Declaration.Variables.Any(variable => plan.Members.ContainsKey(variable.Identifier.Text));

    private static string WithStatic(MethodDeclarationSyntax method) =>
        method.Modifiers.Any(SyntaxKind.StaticKeyword) ? method.ToFullString()
            : method.ToFullString().Insert(method.SpanStart - method.FullSpan.Start, "static ");

    /// <summary>The variables that a statement declares for those after it.</summary>
    private static IEnumerable<string> Names(MemberDeclarationSyntax member) => member switch
    {
        FieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => variable.Identifier.Text),
        GlobalStatementSyntax global => Declared(global).SelectMany(each => each.DescendantNodes())
            .OfType<SingleVariableDesignationSyntax>().Select(each => each.Identifier.Text),
        _ => [],
    };

    /// <summary>What declares variables within an expression, as <c>var (a, b)</c> and <c>out int c</c> do.</summary>
    private static IEnumerable<DeclarationExpressionSyntax> Declared(GlobalStatementSyntax statement) => statement
        .DescendantNodes(each => each is not (AnonymousFunctionExpressionSyntax or BlockSyntax))
        .OfType<DeclarationExpressionSyntax>();

    private IEnumerable<(TextSpan Place, string Text)> Edits(Plan plan)
    {
        foreach (UsingDirectiveSyntax directive in unit.Usings)
            yield return (directive.Span, Gone);
        foreach (SyntaxTrivia trivia in unit.DescendantTrivia().Where(each => each.IsDirective))
            if (!unit.Members.Where(IsType).Any(type => type.FullSpan.Contains(trivia.Span)))
                yield return (trivia.Span, trivia.IsKind(SyntaxKind.ReferenceDirectiveTrivia) ? Gone : "");
        foreach (MemberDeclarationSyntax member in unit.Members)
        {
            if (IsType(member)
                || (member is MethodDeclarationSyntax method && plan.Members.ContainsKey(method.Identifier.Text))
                || (member is FieldDeclarationSyntax constant && IsConstant(constant) && Moves(constant, plan)))
                yield return (member.FullSpan, Gone);
            else if (member is FieldDeclarationSyntax field && Moves(field, plan))
                yield return (field.Span, Assignments(field.Declaration, plan));
            else if (member is GlobalStatementSyntax global)
                foreach (DeclarationExpressionSyntax declared in Declared(global).Where(each => Any(each, plan)))
                    yield return (declared.Span, Target(declared.Designation, plan));
        }

        if (Value is ExpressionSyntax value)
        {
            string shown = plan.Shown.GetValueOrDefault(cell.Id, "{0}");
            int hole = shown.IndexOf("{0}", StringComparison.Ordinal);
            string after = $"{shown[(hole + 3)..]};";
            int begin = cell.Source.LastIndexOf('\n', value.Span.End - 1) + 1;
            if (after[0] == '.' && value.Span.End - begin + after.Length > Prose.Width)
                after = $"\n    {after}";
            yield return (new TextSpan(value.SpanStart, 0), shown[..hole]);
            yield return (new TextSpan(value.Span.End, 0), after);
        }
    }

    private static bool Any(DeclarationExpressionSyntax declared, Plan plan) =>
        declared.DescendantNodes().OfType<SingleVariableDesignationSyntax>()
            .Any(each => plan.Members.ContainsKey(each.Identifier.Text));

    private static string Assignments(VariableDeclarationSyntax declaration, Plan plan) => string.Join('\n',
        from variable in declaration.Variables
        let isMember = plan.Members.ContainsKey(variable.Identifier.Text)
        where !isMember || variable.Initializer is not null
        select isMember ? $"{variable};" : $"{declaration.Type} {variable};");

    private static string Target(VariableDesignationSyntax designation, Plan plan) => designation switch
    {
        ParenthesizedVariableDesignationSyntax several =>
            $"({string.Join(", ", several.Variables.Select(each => Target(each, plan)))})",
        SingleVariableDesignationSyntax one when plan.Members.ContainsKey(one.Identifier.Text) => one.Identifier.Text,
        DiscardDesignationSyntax => "_",
        _ => $"var {designation}",
    };

    /// <summary>Stands where a line has gone, until the comment right above it has gone, too.</summary>
    private const string Gone = "\uF510";

    private static string Tidy(string code)
    {
        code = LineDirective.Replace(code.ReplaceLineEndings("\n"), "");
        for (string before = ""; before != code;)
            (before, code) = (code, AboveGone.Replace(code, Gone));
        return RoundGone.Replace(code, "\n\n").Trim('\n', ' ');
    }

    [GeneratedRegex(@"^[ \t]*#line\b.*\n?", RegexOptions.Multiline)] private static partial Regex LineDirective { get; }

    [GeneratedRegex(@"^[ \t]*//.*\n[ \t]*\uF510", RegexOptions.Multiline)] private static partial Regex AboveGone { get; }

    [GeneratedRegex(@"\s*\uF510\s*")] private static partial Regex RoundGone { get; }
}
