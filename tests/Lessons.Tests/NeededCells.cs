using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Scripting;

namespace Lessons.Tests;

/// <summary>
/// Which cells of a notebook some code needs: those that declare what needed code uses, those that may change it, and those with
/// #r or using lines. Which declaration a name means and what type a value has is asked of the compiler; what is changed is
/// followed through calls, arguments and variables that share a value. In doubt a cell is needed.
/// </summary>
internal sealed class NeededCells
{
    /// <summary>What MathNet's and our methods return is new, and they change nothing unless their result is dropped.</summary>
    private static readonly string[] Trusted = ["MathNet.Numerics", "Rnn", "Rnn.Display"];

    /// <summary>To read one of these is to change it.</summary>
    private static readonly Type[] Stateful =
        [typeof(Random), typeof(Stream), typeof(TextReader), typeof(System.Collections.IEnumerator)];

    private static readonly MetadataReference[] Framework =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly Dictionary<SyntaxNode, Part> parts = [];

    /// <summary>For a variable those that may hold the same object, or one that has it as a part.</summary>
    private readonly Dictionary<ISymbol, HashSet<ISymbol>> sharers = new(SymbolEqualityComparer.Default);

    private SemanticModel model = null!;

    /// <param name="folder">Where the cells' #r paths start.</param>
    /// <param name="cells">The cells' sources, in their order.</param>
    /// <param name="code">What comes after them, piece by piece.</param>
    /// <returns>For each cell whether the code needs it.</returns>
    public static bool[] Find(string folder, IReadOnlyList<string> cells, IEnumerable<string> code)
    {
        CSharpParseOptions parsing = new(LanguageVersion.CSharp13, kind: SourceCodeKind.Script);
        CSharpCompilationOptions options = new(
            OutputKind.DynamicallyLinkedLibrary,
            usings:
            [
                "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks",
                "System.Linq",
            ],
            metadataReferenceResolver: ScriptMetadataResolver.Default.WithBaseDirectory(folder));
        NeededCells analysis = new();
        List<bool> needed = [];
        IEnumerable<MetadataReference> references = Framework;
        CSharpCompilation? compilation = null;
        foreach (string source in cells.Concat(code))
        {
            SyntaxTree tree = CSharpSyntaxTree.ParseText(source, parsing);
            compilation = CSharpCompilation.CreateScriptCompilation(
                $"cell{needed.Count}", tree, references, options, compilation);
            references = references.Concat(compilation.DirectiveReferences).Distinct();
            analysis.model = compilation.GetSemanticModel(tree);
            CompilationUnitSyntax cell = compilation.SyntaxTrees.Single().GetCompilationUnitRoot();
            foreach (MemberDeclarationSyntax member in cell.Members)
                analysis.Read(member, analysis.parts[member] = new Part(needed.Count));
            needed.Add(needed.Count >= cells.Count || cell.Usings.Count > 0 || cell.GetReferenceDirectives().Count > 0);
        }

        analysis.FollowChanges();
        while (analysis.Extend(needed))
            continue;
        return [.. needed.Take(cells.Count)];
    }

    private void Read(MemberDeclarationSyntax member, Part part)
    {
        part.Uses.UnionWith(member.DescendantNodes().OfType<ExpressionSyntax>()
            .Select(each => model.GetSymbolInfo(each).Symbol?.OriginalDefinition).OfType<ISymbol>()
            .Where(each => PartOf(each) is not null));
        foreach (IOperation operation in Operations(member))
        {
            switch (operation)
            {
                case IAssignmentOperation assignment:
                    part.Changes.UnionWith(Assigned(assignment.Target));
                    foreach (IOperation target in assignment.Target.DescendantsAndSelf())
                        Share(Variable(target), assignment.Value);
                    break;
                case IIncrementOrDecrementOperation step:
                    part.Changes.UnionWith(Assigned(step.Target));
                    break;
                case IVariableDeclaratorOperation { Initializer.Value: IOperation value } variable:
                    Share(variable.Symbol, value);
                    break;
                case IFieldInitializerOperation field:
                    Share(field.InitializedFields[0], field.Value);
                    break;
                case IForEachLoopOperation loop:
                    foreach (ILocalSymbol local in loop.Locals)
                        Share(local, loop.Collection);
                    break;
                case IIsPatternOperation match:
                    foreach (IDeclarationPatternOperation pattern in
                        match.Pattern.DescendantsAndSelf().OfType<IDeclarationPatternOperation>())
                        Share(pattern.DeclaredSymbol, match.Value);
                    break;
                case IInvocationOperation call:
                    ReadCall(part, call, call.TargetMethod, call.Instance, call.Arguments);
                    break;
                case IObjectCreationOperation { Constructor: IMethodSymbol constructor } creation:
                    ReadCall(part, creation, constructor, null, creation.Arguments);
                    break;
                case IPropertyReferenceOperation { Instance: IOperation instance, Property.ContainingType: ITypeSymbol type }
                    when PartOf(type) is not null:
                    part.Calls.Add((type, [.. Shared(instance)]));
                    break;
            }

            if (Variable(operation) is not null && IsStateful(operation.Type))
                part.Changes.UnionWith(Variables(operation));
        }
    }

    private void ReadCall(
        Part part, IOperation call, IMethodSymbol method, IOperation? instance, ImmutableArray<IArgumentOperation> arguments)
    {
        ISymbol[] receiver = instance is null ? [] : [.. Shared(instance)];
        ISymbol[] all = [.. receiver, .. arguments.SelectMany(each => Shared(each.Value))];
        foreach (IAnonymousFunctionOperation lambda in
            arguments.SelectMany(each => each.Value.DescendantsAndSelf()).OfType<IAnonymousFunctionOperation>())
        {
            foreach (IParameterSymbol parameter in lambda.Symbol.Parameters)
                Sharers(parameter).UnionWith(all);
        }

        foreach (IArgumentOperation argument in arguments.Where(each => each.Parameter?.RefKind is RefKind.Ref or RefKind.Out))
            part.Changes.UnionWith(Assigned(argument.Value));
        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            foreach (ISymbol function in (instance is null ? [] : Variables(instance)).Where(each => PartOf(each) is not null))
                part.Calls.Add((function, all));
        }
        else if (
            PartOf(method.OriginalDefinition) is null
                ? MayChange(call, method)
                : method.IsAbstract || method.IsVirtual || method.IsOverride)
        {
            part.Changes.UnionWith(all);
        }
        else if (PartOf(method.OriginalDefinition) is not null)
        {
            if (!method.ContainingType.IsScriptClass)
                part.Calls.Add((method.ContainingType.OriginalDefinition, receiver));
            foreach (IArgumentOperation argument in arguments)
                part.Calls.Add((argument.Parameter!.OriginalDefinition, [.. Shared(argument.Value)]));
        }
    }

    /// <summary>Whether a library's method may change what it is called on or given.</summary>
    private static bool MayChange(IOperation call, IMethodSymbol method) =>
        method.MethodKind != MethodKind.Constructor
        && (method.ReturnsVoid
            || call.Parent is IExpressionStatementOperation { IsImplicit: true }
                or IExpressionStatementOperation { Syntax: ExpressionStatementSyntax { SemicolonToken.IsMissing: false } }
            || !method.IsStatic && !Trusted.Contains(method.ContainingAssembly.Name) && !IsImmutable(method.ContainingType));

    /// <summary>The variables that change where this is assigned.</summary>
    private static IEnumerable<ISymbol> Assigned(IOperation target) => target switch
    {
        ILocalReferenceOperation or IDeclarationExpressionOperation => [],
        IParameterReferenceOperation { Parameter.RefKind: RefKind.None } => [],
        ITupleOperation tuple => tuple.Elements.SelectMany(Assigned),
        _ => Variables(target),
    };

    /// <summary>The variables that a value may share something with that can change.</summary>
    private static IEnumerable<ISymbol> Shared(IOperation value) => IsImmutable(value.Type) ? [] : Variables(value);

    /// <summary>
    /// The variables that an expression leads to. A type stands for the object whose method the expression is in.
    /// </summary>
    private static IEnumerable<ISymbol> Variables(IOperation value) => value switch
    {
        IMemberReferenceOperation
        {
            Member: { IsStatic: false, ContainingType.IsScriptClass: false },
            Instance: IOperation instance,
        } => Variables(instance),
        IParameterReferenceOperation
        {
            Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } parameter,
        } =>
            [parameter.OriginalDefinition, parameter.ContainingType.OriginalDefinition],
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance, Type: ITypeSymbol type } =>
            [type.OriginalDefinition],
        IArrayElementReferenceOperation element => Variables(element.ArrayReference),
        IConditionalAccessInstanceOperation => Receiver(value),
        IInvocationOperation call when IsNew(call) => [],
        IBinaryOperation or IUnaryOperation => [],
        _ when Variable(value) is ISymbol variable => [variable.OriginalDefinition],
        _ => value.ChildOperations.SelectMany(Shared),
    };

    /// <summary>What stands before the question mark.</summary>
    private static IEnumerable<ISymbol> Receiver(IOperation instance)
    {
        IOperation? each = instance;
        while (each is not (null or IConditionalAccessOperation))
            each = each.Parent;
        return each is IConditionalAccessOperation access ? Shared(access.Operation) : [];
    }

    private static ISymbol? Variable(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        IPropertyReferenceOperation property => property.Property,
        _ => null,
    };

    /// <summary>
    /// Whether what a call returns shares nothing: MathNet's and our results, and other libraries' copies of what is
    /// immutable.
    /// </summary>
    private static bool IsNew(IInvocationOperation call) =>
        Trusted.Contains(call.TargetMethod.ContainingAssembly.Name)
        || PartOf(call.TargetMethod.OriginalDefinition) is null && call.Type switch
        {
            IArrayTypeSymbol array => IsImmutable(array.ElementType),
            INamedTypeSymbol { TypeArguments: { Length: > 0 } elements } => elements.All(IsImmutable),
            _ => false,
        };

    private static bool IsImmutable(ITypeSymbol? type) =>
        type is { TypeKind: TypeKind.Enum or TypeKind.Delegate }
            or { SpecialType: SpecialType.System_String or SpecialType.System_Void }
            or { SpecialType: not SpecialType.None, IsValueType: true }
            or INamedTypeSymbol { IsValueType: true, IsReadOnly: true, IsGenericType: false }
            or { ContainingAssembly.Name: "Rnn.Display" };

    private static bool IsStateful(ITypeSymbol? type)
    {
        while (type is not null && !Stateful.Any(each => each.FullName == type.ToString()))
            type = type.BaseType;
        return type is not null;
    }

    private IEnumerable<IOperation> Operations(SyntaxNode node) =>
        model.GetOperation(node) is IOperation operation
            ? operation.DescendantsAndSelf()
            : node.ChildNodes().SelectMany(Operations);

    private void Share(ISymbol? variable, IOperation value)
    {
        if (variable is not null)
            Sharers(variable.OriginalDefinition).UnionWith(Shared(value));
    }

    private HashSet<ISymbol> Sharers(ISymbol variable) =>
        sharers.TryGetValue(variable, out HashSet<ISymbol>? found)
            ? found
            : sharers[variable] = new HashSet<ISymbol>(SymbolEqualityComparer.Default);

    /// <summary>Where in a cell something is declared; null for what a library declares.</summary>
    private static MemberDeclarationSyntax? PartOf(ISymbol symbol) =>
        symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax().AncestorsAndSelf().OfType<MemberDeclarationSyntax>()
            .LastOrDefault();

    /// <summary>Who uses a function changes what it changes; who passes it something that it changes, changes that.</summary>
    private void FollowChanges()
    {
        int before;
        do
        {
            before = parts.Values.Sum(part => part.Changes.Count);
            foreach (Part part in parts.Values)
            {
                foreach (ISymbol used in part.Uses.Where(each => each is IMethodSymbol or ITypeSymbol or IPropertySymbol
                    or IFieldSymbol { Type.TypeKind: TypeKind.Delegate }))
                    part.Changes.UnionWith(ChangesOf(used).Where(each => each is IFieldSymbol or IPropertySymbol));
                foreach ((ISymbol parameter, ISymbol[] arguments) in part.Calls)
                {
                    bool isChanged = parameter is ITypeSymbol or IParameterSymbol { Type.TypeKind: not TypeKind.Delegate }
                        ? ChangesOf(parameter).Contains(parameter)
                        : ChangesOf(parameter).Any(each => each is IParameterSymbol);
                    if (isChanged)
                        part.Changes.UnionWith(arguments);
                }

                foreach (ISymbol changed in part.Changes.ToArray())
                    part.Changes.UnionWith(Sharers(changed));
            }
        }
        while (parts.Values.Sum(part => part.Changes.Count) > before);
    }

    private HashSet<ISymbol> ChangesOf(ISymbol function) => parts[PartOf(function)!].Changes;

    /// <summary>Adds the cells that the needed ones need; returns whether there were any.</summary>
    private bool Extend(List<bool> needed)
    {
        HashSet<ISymbol> used = new(
            parts.Values.Where(part => needed[part.Cell]).SelectMany(part => part.Uses), SymbolEqualityComparer.Default);
        HashSet<SyntaxNode> declarations = [.. used.Select(each => PartOf(each)!)];
        int[] cells =
        [
            .. parts.Where(each => !needed[each.Value.Cell])
                .Where(each => declarations.Contains(each.Key) || each.Value.Changes.Overlaps(used))
                .Select(each => each.Value.Cell),
        ];
        foreach (int cell in cells)
            needed[cell] = true;
        return cells.Length > 0;
    }

    /// <summary>What stands at the top level of a cell: a statement, a variable, a function, a type.</summary>
    private sealed class Part(int cell)
    {
        public int Cell { get; } = cell;

        public HashSet<ISymbol> Uses { get; } = new(SymbolEqualityComparer.Default);

        /// <summary>
        /// The variables that it may change; a function that changes an argument has its parameter here, a method that
        /// changes its
        /// object the type.
        /// </summary>
        public HashSet<ISymbol> Changes { get; } = new(SymbolEqualityComparer.Default);

        /// <summary>Parameters, types for the object of a call, or variables that hold a function, and what is passed.</summary>
        public List<(ISymbol Parameter, ISymbol[] Arguments)> Calls { get; } = [];
    }
}
