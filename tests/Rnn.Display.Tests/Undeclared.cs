using Acornima;
using Acornima.Ast;

namespace Rnn.Display.Tests;

/// <summary>Names that a script gives a value and declares nowhere: a browser would make them globals of the page.</summary>
internal static class Undeclared
{
    public static string[] In(string script)
    {
        Node[] nodes = [.. new Parser().ParseScript(script).DescendantNodes()];
        IEnumerable<Node> declared = nodes.SelectMany(node => node switch
        {
            VariableDeclarator declaration => [declaration.Id],
            IFunction function => function.Id is null ? function.Params : [function.Id, .. function.Params],
            CatchClause { Param: not null } clause => [clause.Param],
            IClass { Id: not null } type => [type.Id],
            _ => Enumerable.Empty<Node>(),
        });
        IEnumerable<Node> assigned = nodes.SelectMany(node => node switch
        {
            AssignmentExpression assignment => [assignment.Left],
            UpdateExpression update => [update.Argument],
            ForOfStatement { Left: not VariableDeclaration } loop => [loop.Left],
            ForInStatement { Left: not VariableDeclaration } loop => [loop.Left],
            _ => Enumerable.Empty<Node>(),
        });
        return [.. assigned.SelectMany(Names).Except(declared.SelectMany(Names)).Distinct()];
    }

    /// <summary>Of a pattern such as <c>[a, { b: c = 1, ...d }]</c>: a, c and d; of a member of something none.</summary>
    private static IEnumerable<string> Names(Node? pattern) => pattern switch
    {
        Identifier identifier => [identifier.Name],
        AssignmentPattern withDefault => Names(withDefault.Left),
        RestElement rest => Names(rest.Argument),
        ArrayPattern array => array.Elements.SelectMany(Names),
        ObjectPattern properties => properties.Properties.SelectMany(Names),
        Property property => Names(property.Value),
        _ => [],
    };
}
