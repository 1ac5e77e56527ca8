using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lessons.Tests;

/// <summary>
/// The names that a notebook's cells declare for those after them: of variables, functions, types and aliases. What a function
/// or a loop has for itself does not count.
/// </summary>
internal static class DeclaredNames
{
    /// <summary>Each name that is declared more than once, with the cells that do.</summary>
    public static IEnumerable<string> Twice(IEnumerable<Cell> cells) =>
        from each in cells.SelectMany(cell => Of(cell.Source).Select(name => (Name: name, cell.Id)))
        group each.Id by each.Name into places
        where places.Count() > 1
        select $"{places.Key} is declared in {string.Join(" and ", places)}";

    /// <summary>The names that one cell declares; a name twice, if it is declared twice, as an overload is.</summary>
    public static IEnumerable<string> Of(string source)
    {
        CompilationUnitSyntax unit = KernelSession.SyntaxOf(source);
        return unit.Usings.Select(each => each.Alias?.Name.Identifier.Text).OfType<string>()
            .Concat(unit.Members.SelectMany(NamesOf));
    }

    private static IEnumerable<string> NamesOf(MemberDeclarationSyntax member) =>
        member switch
        {
            MethodDeclarationSyntax method => [method.Identifier.Text],
            BaseTypeDeclarationSyntax type => [type.Identifier.Text],
            DelegateDeclarationSyntax type => [type.Identifier.Text],
            PropertyDeclarationSyntax property => [property.Identifier.Text],
            FieldDeclarationSyntax field =>
                field.Declaration.Variables.SelectMany(each => Designated(each).Prepend(each.Identifier.Text)),
            GlobalStatementSyntax { Statement: ExpressionStatementSyntax or IfStatementSyntax } global => Designated(global),
            _ => [],
        };

    /// <summary>
    /// What <c>var (a, b)</c>, <c>out int c</c> or <c>is double d</c> declares, but for what is inside of functions.
    /// </summary>
    private static IEnumerable<string> Designated(SyntaxNode node) =>
        node.DescendantNodes(
                each => each is not (AnonymousFunctionExpressionSyntax or BlockSyntax or SwitchExpressionArmSyntax))
            .OfType<SingleVariableDesignationSyntax>().Select(each => each.Identifier.Text);
}
