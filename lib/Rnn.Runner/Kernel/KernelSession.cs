using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive.Formatting;

namespace Rnn.Runner.Kernel;

/// <summary>
/// One notebook's C#: a stand-in for the kernel of .NET Interactive, made of the same parts. What a cell defines lives on in
/// the cells after it. Requests go in, messages and results come out; what the session needs of the process, it gives back.
/// </summary>
internal sealed partial class KernelSession : IKernel
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp13, kind: SourceCodeKind.Script);

    /// <summary>The namespaces that every cell uses.</summary>
    public static readonly ImmutableArray<string> Imports =
        ["System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq"];

    private readonly string notebook;
    private readonly string name;
    private readonly CellLimits limits;
    private readonly NuGetReferences nuget;
    private readonly NativeLibraries natives = new();
    private readonly Dictionary<string, CellRequest> cellsByPath = [];
    private string folder;
    private ScriptOptions options;
    private ScriptState<object> state;

    /// <param name="notebook">The notebook's full path; relative paths of its cells start from its folder.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="limits">What its cells must not exceed; without any, the usual ones.</param>
    public KernelSession(string notebook, string name, CellLimits? limits = null)
    {
        (this.notebook, this.name, folder) = (notebook, name, Path.GetDirectoryName(notebook)!);
        this.limits = limits ?? new CellLimits();
        nuget = new NuGetReferences(folder);

        // A page has it, and what is committed must not depend on the network.
        AppContext.SetSwitch("Rnn.Display.PageHasPlotly", true);
        // As the kernel sets it up; another notebook of the same run may have registered formatters of its own.
        Formatter.ResetToDefault();
        Formatter.DefaultMimeType = HtmlFormatter.MimeType;
        Formatter.SetPreferredMimeTypesFor(typeof(string), PlainTextFormatter.MimeType);

        options = ScriptOptions.Default
            // The last kernel takes C# 14; the notebooks promise to run on the kernel before it too, so the runner does not.
            .WithLanguageVersion(ParseOptions.LanguageVersion)
            .WithMetadataResolver(ScriptMetadataResolver.Default.WithBaseDirectory(folder))
            .WithSourceResolver(new SourceFileResolver(ImmutableArray<string>.Empty, folder))
            // Without this a stack trace has no lines. The kernel leaves code unoptimised, and so do we.
            .WithEmitDebugInformation(true)
            .WithFileEncoding(Encoding.UTF8)
            .AddImports(Imports)
            .AddReferences(
                typeof(Enumerable).Assembly, typeof(Microsoft.DotNet.Interactive.Kernel).Assembly, typeof(Formatter).Assembly,
                typeof(Microsoft.AspNetCore.Html.IHtmlContent).Assembly);
        state = CSharpScript.RunAsync<object>("using static Microsoft.DotNet.Interactive.Kernel;", options)
            .GetAwaiter().GetResult();
    }

    /// <summary>The #r lines of a cell.</summary>
    public static IEnumerable<ReferenceDirectiveTriviaSyntax> ReferencesIn(string source) =>
        SyntaxOf(source).GetReferenceDirectives();

    /// <summary>What the compiler makes of a cell; of one that is nested too deeply for it, nothing.</summary>
    public static CompilationUnitSyntax SyntaxOf(string source) =>
        CSharpSyntaxTree.ParseText(IsTooDeep(source) ? "" : source, ParseOptions).GetCompilationUnitRoot();

    /// <summary>Whether code has so many brackets within each other that the compiler would exhaust the stack.</summary>
    public static bool IsTooDeep(string source)
    {
        int depth = 0, deepest = 0;
        foreach (char c in source)
        {
            depth += c is '(' or '[' or '{' or '<' ? 1 : c is ')' or ']' or '}' or '>' ? -1 : 0;
            deepest = Math.Max(deepest, depth);
        }

        return deepest > 400;
    }

    /// <summary>Runs a cell; each thing that it prints or shows is told as it happens.</summary>
    public CellResult Run(CellRequest cell, Action<KernelMessage> tell)
    {
        Transcript transcript = new(tell);
        CellOutput output = new(limits, transcript.Add);
        using CellScope scope = new(output, folder);
        CellFailure? failure = null;
        try
        {
            Execute(cell, output, transcript.Add);
            // A cell may have changed it for those after it.
            folder = Environment.CurrentDirectory;
        }
        catch (CellException e)
        {
            failure = e.Failure;
        }

        output.Close();
        return transcript.Result(cell, output.HasOverflowed ? CellFailure.Overflow(PlaceOf(cell), limits) : failure);
    }

    public void Dispose() => natives.Dispose();

    private void Execute(CellRequest cell, CellOutput output, Action<KernelMessage> tell)
    {
        string code = SetUp(cell, output);
        Script<object> script = state.Script.ContinueWith<object>(code, options.WithFilePath(PathOf(cell)));
        cellsByPath[PathOf(cell)] = cell;

        ImmutableArray<Diagnostic> diagnostics = script.Compile();
        string[] errors = [.. Described(DiagnosticSeverity.Error)];
        if (errors.Length > 0)
            throw new CellException(new CellFailure("Error", errors));
        foreach (string warning in Described(DiagnosticSeverity.Warning))
            tell(new KernelMessage.Warned(warning));

        ScriptState<object> next = script.RunFromAsync(state, catchException: _ => true).GetAwaiter().GetResult();
        if (next.Exception is Exception exception)
            throw new CellException(Describe(cell, exception));
        state = next;

        if (!HasReturnValue(script))
            return;
        try
        {
            output.Result(next.ReturnValue, cell.ExecutionCount);
        }
        catch (Exception e)
        {
            string type = e.GetType().ToString();
            throw new CellException(new(type, [$"{PlaceOf(cell)}: its value could not be shown: {type}: {e.Message}"]));
        }

        IEnumerable<string> Described(DiagnosticSeverity severity) =>
            diagnostics.Where(each => each.Severity == severity && !IsVersionUnification(each))
                .Select(each => Describe(cell, each));
    }

    /// <summary>Whether a script gives a value to show, which is not the same as whether that value is null.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "HasReturnValue")]
    private static extern bool HasReturnValue(Script script);

    /// <summary>
    /// Packages that were built against other versions of the framework: nothing that the author of a cell can help.
    /// </summary>
    private static bool IsVersionUnification(Diagnostic diagnostic) => diagnostic.Id is "CS1701" or "CS1702";

    private string PlaceOf(CellRequest cell) => cell.PlaceIn(name);

    /// <summary>
    /// A name for the cell among the compiler's files. It lies in the notebook's folder, so that the cell's relative paths start
    /// from there.
    /// </summary>
    private string PathOf(CellRequest cell) => $"{notebook}#{cell.Id}";

    /// <summary>
    /// Finds what the cell's #r lines ask for, and returns its code without those that the compiler would not understand.
    /// </summary>
    private string SetUp(CellRequest cell, CellOutput output)
    {
        if (MagicLine.Match(cell.Source) is { Success: true } magic)
            throw new CellException(
                $"{LineAt(magic.Index)}: error: '{magic.Value.Trim()}' is a magic command; the runner runs C# only");

        StringBuilder code = new(cell.Source);
        List<(string Package, string Version)> packages = [];
        foreach (ReferenceDirectiveTriviaSyntax directive in ReferencesIn(cell.Source))
        {
            string reference = directive.File.ValueText;
            string place = LineAt(directive.SpanStart);
            if (reference.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase))
            {
                packages.Add(NuGetReferences.Parse(reference) ?? throw new CellException(
                    $"{place}: error: #r \"{reference}\" does not name one exact version; write #r \"nuget: Package, 1.2.3\""));
                // Blanks, so that every line and column after it stays where it is.
                code.Remove(directive.SpanStart, directive.Span.Length).Insert(directive.SpanStart, " ", directive.Span.Length);
            }
            else if (reference.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
                && !File.Exists(Path.Combine(Path.GetDirectoryName(notebook)!, reference)))
                throw new CellException(
                    $"{place}: error CS0006: Metadata file '{reference}' could not be found; run 'dotnet build' first",
                    isSetUp: true);
        }

        if (packages.Count > 0)
        {
            (IReadOnlyList<string> assemblies, IReadOnlyList<string> itsNatives) = nuget.Resolve(packages, PlaceOf(cell));
            options = options.AddReferences(assemblies.Select(path => MetadataReference.CreateFromFile(path)));
            natives.Add(itsNatives);
            string items = string.Concat(packages.Select(each => $"<li><span>{each.Package}, {each.Version}</span></li>"));
            output.Html($"<div><div></div><div></div><div><strong>Installed Packages</strong><ul>{items}</ul></div></div>");
        }

        return code.ToString();

        string LineAt(int position) => $"{PlaceOf(cell)}, line {cell.Source.AsSpan(0, position).Count('\n') + 1}";
    }

    private string Describe(CellRequest cell, Diagnostic diagnostic)
    {
        FileLinePositionSpan span = diagnostic.Location.GetMappedLineSpan();
        string line = span.IsValid ? $", line {span.StartLinePosition.Line + 1}" : "";
        string severity = diagnostic.Severity.ToString().ToLowerInvariant();
        return $"{PlaceOf(cell)}{line}: {severity} {diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";
    }

    /// <summary>Names the line of this cell where it went wrong and, when that is elsewhere, the line that threw.</summary>
    private CellFailure Describe(CellRequest cell, Exception exception)
    {
        List<(CellRequest Cell, int Line)> frames = [.. new StackTrace(exception, fNeedFileInfo: true).GetFrames()
            .Where(frame => cellsByPath.ContainsKey(frame.GetFileName() ?? ""))
            .Select(frame => (cellsByPath[frame.GetFileName()!], frame.GetFileLineNumber()))];
        string message = PlaceOf(cell);
        if (frames.FirstOrDefault(frame => frame.Cell == cell) is (not null, int line))
            message += $", line {line}";
        message += $": {NameOf(exception)}: {exception.Message.TrimEnd()}";
        for (Exception? inner = exception.InnerException; inner is not null; inner = inner.InnerException)
            message += $" ---> {NameOf(inner)}: {inner.Message.TrimEnd()}";
        if (frames.Count > 0 && frames[0].Cell != cell)
            message += $" (thrown in cell {frames[0].Cell.Number} ({frames[0].Cell.Id}), line {frames[0].Line})";
        if (exception.GetBaseException() is BadImageFormatException)
            message += " (a library is damaged: run 'dotnet build')";
        return new CellFailure(NameOf(exception), [message.ReplaceLineEndings(" ")]);
    }

    /// <summary>A type's name without the compiler's name for the cell that defines it.</summary>
    private static string NameOf(Exception exception) => SubmissionName.Replace(exception.GetType().ToString(), "");

    [GeneratedRegex(@"^[ \t]*#(!|i\b).*$", RegexOptions.Multiline)] private static partial Regex MagicLine { get; }

    [GeneratedRegex(@"^Submission#\d+\+")] private static partial Regex SubmissionName { get; }
}
