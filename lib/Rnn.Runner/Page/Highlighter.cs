using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Classification;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Rnn.Runner.Page;

/// <summary>
/// A notebook's C# in colours, by the compiler's own classifier, which knows what a name stands for: each cell sees what the
/// cells before it define and refer to. Nothing is run.
/// </summary>
internal sealed class Highlighter
{
    /// <summary>What cells name types of; all of .NET would take half a second more.</summary>
    private const string Assemblies = "System.Private.CoreLib System.Runtime System.Collections System.Console System.Linq "
        + "System.Memory System.Diagnostics.Process System.Net.Http System.Runtime.Numerics System.Text.Json "
        + "System.Text.RegularExpressions "
        + "Microsoft.DotNet.Interactive.Formatting Microsoft.AspNetCore.Html.Abstractions Rnn.Runner";

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary, usings: [.. KernelSession.Imports, "Microsoft.DotNet.Interactive.Kernel"]);

    private static readonly CSharpParseOptions Script = new(kind: SourceCodeKind.Script);
    private static readonly Lazy<AdhocWorkspace> Workspace = new(() => new AdhocWorkspace());

    // Its own: two compilations at once that share one bind its extension methods now and then to nothing.
    private readonly List<MetadataReference> references =
        [.. Assemblies.Split(' ').Select(name => MetadataReference.CreateFromFile(Assembly.Load(name).Location))];

    private readonly Dictionary<string, string> cells = [];
    private CSharpCompilation? cellsSoFar;

    public Highlighter(NotebookFile notebook)
    {
        foreach (Cell cell in notebook.CodeCells)
        {
            references.AddRange(KernelSession.ReferencesIn(cell.Source)
                .Select(reference => Path.Combine(notebook.Folder, reference.File.ValueText))
                .Where(File.Exists)
                .Select(path => MetadataReference.CreateFromFile(path)));
            cells[cell.Id] = ToHtml(cell.Source);
        }
    }

    /// <summary>A cell of the notebook.</summary>
    public string ToHtml(Cell cell) => cells[cell.Id];

    /// <summary>C# of the notebook's prose, which may speak of whatever its cells define.</summary>
    public string ToHtml(string code)
    {
        StringBuilder html = new("<pre class=\"highlight\"><code>");
        int done = 0;
        // Where it is nested too deeply, the compiler says so when the cell is run.
        foreach (ClassifiedSpan span in KernelSession.IsTooDeep(code) ? [] : Classify(code))
        {
            // A name may have a second kind, such as "static symbol", which has no colour of its own.
            int from = span.TextSpan.Start;
            if (ClassOf(span.ClassificationType) is not string name || from < done)
                continue;
            html.Append(Html.Encode(code[done..from]));
            done = span.TextSpan.End;
            html.Append($"<span class=\"{name}\">{Html.Encode(code[from..done])}</span>");
        }

        return html.Append(Html.Encode(code[done..])).Append("</code></pre>").ToString();
    }

    /// <summary>
    /// What the words of some code are, after all that was classified before, as a script session sees it. The compilations are
    /// our own: the workspace's projects now and then compile a submission against other copies of its types.
    /// </summary>
    private IEnumerable<ClassifiedSpan> Classify(string code)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(code, Script);
        CSharpCompilation cell = CSharpCompilation.CreateScriptCompilation("cells", tree, references, Options);
        // In this way a cell may follow one with errors.
        cellsSoFar = cell.WithScriptCompilationInfo(cell.ScriptCompilationInfo!.WithPreviousScriptCompilation(cellsSoFar));
#pragma warning disable CS0618 // What takes its place asks a workspace's document.
        return Classifier.GetClassifiedSpans(cellsSoFar.GetSemanticModel(tree), new TextSpan(0, code.Length), Workspace.Value);
#pragma warning restore CS0618
    }

    private static string? ClassOf(string kind) =>
        kind switch
        {
            ClassificationTypeNames.Keyword or ClassificationTypeNames.PreprocessorKeyword => "keyword",
            ClassificationTypeNames.ControlKeyword => "control",
            ClassificationTypeNames.NumericLiteral => "number",
            ClassificationTypeNames.MethodName or ClassificationTypeNames.ExtensionMethodName => "method",
            ClassificationTypeNames.Identifier or ClassificationTypeNames.LocalName or ClassificationTypeNames.ParameterName
                or ClassificationTypeNames.FieldName or ClassificationTypeNames.PropertyName or ClassificationTypeNames.EventName
                or ClassificationTypeNames.ConstantName or ClassificationTypeNames.EnumMemberName => "variable",
            // "regex - …" and "json - …" stand within strings.
            _ when kind.Split(' ')[0] is "string" or "regex" or "json" => "string",
            _ when kind.Contains("comment", StringComparison.Ordinal) => "comment",
            // Class, record class, struct, interface, enum, delegate, type parameter, namespace and so on.
            _ when kind.EndsWith(" name", StringComparison.Ordinal) => "type",
            _ => null,
        };
}
