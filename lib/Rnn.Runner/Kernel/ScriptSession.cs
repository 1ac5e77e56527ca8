using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Text;
using Microsoft.DotNet.Interactive.Formatting;
using Rnn.Runner.Host;
using Rnn.Runner.Notebook;

namespace Rnn.Runner.Kernel;

/// <summary>
/// One notebook's C#: a stand-in for the kernel of .NET Interactive, made of the same parts. What a cell defines lives on in
/// the cells after it.
/// </summary>
internal sealed partial class ScriptSession
{
    private readonly NotebookFile notebook;
    private readonly Progress progress;
    private readonly NuGetReferences nuget;
    private readonly Dictionary<string, Cell> cellsByPath;
    private ScriptOptions options;
    private ScriptState<object> state;

    public ScriptSession(NotebookFile notebook, Progress progress)
    {
        this.notebook = notebook;
        this.progress = progress;
        nuget = new NuGetReferences(notebook.Folder);
        cellsByPath = notebook.CodeCells.ToDictionary(PathOf);

        // As the kernel sets it up; another notebook of the same run may have registered formatters of its own.
        Formatter.ResetToDefault();
        Formatter.DefaultMimeType = HtmlFormatter.MimeType;
        Formatter.SetPreferredMimeTypesFor(typeof(string), PlainTextFormatter.MimeType);

        options = ScriptOptions.Default
            // The last kernel takes C# 14; the notebooks promise to run on the kernel before it too, so the runner does not.
            .WithLanguageVersion(LanguageVersion.CSharp13)
            .WithMetadataResolver(ScriptMetadataResolver.Default.WithBaseDirectory(notebook.Folder))
            .WithSourceResolver(new SourceFileResolver(ImmutableArray<string>.Empty, notebook.Folder))
            // Without this a stack trace has no lines. The kernel leaves code unoptimised, and so do we.
            .WithEmitDebugInformation(true)
            .AddImports("System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq")
            .AddReferences(
                typeof(Enumerable).Assembly,
                typeof(Microsoft.DotNet.Interactive.Kernel).Assembly,
                typeof(Formatter).Assembly,
                typeof(Microsoft.AspNetCore.Html.IHtmlContent).Assembly);
        state = CSharpScript.RunAsync<object>("using static Microsoft.DotNet.Interactive.Kernel;", options).GetAwaiter().GetResult();
    }

    /// <summary>Runs a cell; what it shows goes to <paramref name="output"/>.</summary>
    /// <exception cref="CellException">It does not compile, or it threw.</exception>
    /// <exception cref="SetUpException">A package or dll that it refers to is missing; nothing of it has run.</exception>
    public void Run(Cell cell, int executionCount, CellOutput output)
    {
        string code = SetUp(cell, output);
        Script<object> script = state.Script.ContinueWith<object>(code, options.WithFilePath(PathOf(cell)).WithFileEncoding(Encoding.UTF8));

        ImmutableArray<Diagnostic> diagnostics = script.Compile();
        Diagnostic[] errors = [.. diagnostics.Where(each => each.Severity == DiagnosticSeverity.Error)];
        if (errors.Length > 0)
            throw new CellException("Error", [.. errors.Select(each => Describe(cell, each))]);
        foreach (Diagnostic warning in diagnostics.Where(each => each.Severity == DiagnosticSeverity.Warning && !IsVersionUnification(each)))
            progress.Error(Describe(cell, warning));

        ScriptState<object> next = script.RunFromAsync(state, catchException: _ => true).GetAwaiter().GetResult();
        if (next.Exception is Exception exception)
            throw Describe(cell, exception);
        state = next;

        if (HasReturnValue(script))
        {
            try
            {
                output.Result(next.ReturnValue, executionCount);
            }
            catch (Exception e)
            {
                throw new CellException(e.GetType().ToString(), [$"{notebook.NameOf(cell)}: its value could not be shown: {e.GetType()}: {e.Message}"]);
            }
        }
    }

    /// <summary>The #r lines of a cell.</summary>
    public static IEnumerable<ReferenceDirectiveTriviaSyntax> ReferencesIn(string source)
    {
        CSharpParseOptions parseOptions = new(LanguageVersion.CSharp13, kind: SourceCodeKind.Script);
        return CSharpSyntaxTree.ParseText(source, parseOptions).GetCompilationUnitRoot().GetReferenceDirectives();
    }

    /// <summary>Whether a script gives a value to show, which is not the same as whether that value is null.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "HasReturnValue")]
    private static extern bool HasReturnValue(Script script);

    /// <summary>Packages that were built against other versions of the framework: nothing that the author of a cell can help.</summary>
    private static bool IsVersionUnification(Diagnostic diagnostic) => diagnostic.Id is "CS1701" or "CS1702";

    /// <summary>
    /// A name for the cell among the compiler's files. It lies in the notebook's folder, so that the cell's relative paths start
    /// from there.
    /// </summary>
    private string PathOf(Cell cell) => Path.Combine(notebook.Folder, $"{Path.GetFileName(notebook.Path)}#{cell.Id}");

    /// <summary>Finds what the cell's #r lines ask for, and returns its code without those that the compiler would not understand.</summary>
    private string SetUp(Cell cell, CellOutput output)
    {
        string name = notebook.NameOf(cell);
        if (MagicLine().Match(cell.Source) is { Success: true } magic)
        {
            throw new CellException("Error", [$"{name}, line {LineOf(cell.Source, magic.Index)}: error: '{magic.Value.Trim()}' is a magic command, which the runner does not know; it runs C# only"]);
        }

        StringBuilder code = new(cell.Source);
        List<(string Package, string Version)> packages = [];
        foreach (ReferenceDirectiveTriviaSyntax directive in ReferencesIn(cell.Source))
        {
            string reference = directive.File.ValueText;
            string place = $"{name}, line {LineOf(cell.Source, directive.SpanStart)}";
            if (reference.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase))
            {
                if (!NuGetReferences.TryParse(reference, out (string Package, string Version) package))
                {
                    throw new CellException("Error", [$"{place}: error: #r \"{reference}\" does not name one exact version; write #r \"nuget: Package, 1.2.3\""]);
                }

                packages.Add(package);
                // Blanks, so that every line and column after it stays where it is.
                for (int i = directive.SpanStart; i < directive.Span.End; i++)
                {
                    if (code[i] is not ('\n' or '\r'))
                        code[i] = ' ';
                }
            }
            else if (reference.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) && !File.Exists(Path.Combine(notebook.Folder, reference)))
            {
                throw new SetUpException($"{place}: error CS0006: Metadata file '{reference}' could not be found; run 'dotnet build' first");
            }
        }

        if (packages.Count > 0)
        {
            try
            {
                options = options.AddReferences(nuget.Resolve(packages).Select(path => MetadataReference.CreateFromFile(path)));
            }
            catch (SetUpException e)
            {
                throw new SetUpException($"{name}: {e.Message}");
            }

            string items = string.Concat(packages.Select(each => $"<li><span>{WebUtility.HtmlEncode($"{each.Package}, {each.Version}")}</span></li>"));
            output.Html($"<div><div></div><div></div><div><strong>Installed Packages</strong><ul>{items}</ul></div></div>");
        }

        return code.ToString();
    }

    private static int LineOf(string text, int position) => text.AsSpan(0, position).Count('\n') + 1;

    private string Describe(Cell cell, Diagnostic diagnostic)
    {
        FileLinePositionSpan span = diagnostic.Location.GetMappedLineSpan();
        string place = span.IsValid ? $", line {span.StartLinePosition.Line + 1}" : "";
        string severity = diagnostic.Severity.ToString().ToLowerInvariant();
        return $"{notebook.NameOf(cell)}{place}: {severity} {diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";
    }

    /// <summary>Names the line of this cell where it went wrong and, when that is elsewhere, the line that threw.</summary>
    private CellException Describe(Cell cell, Exception exception)
    {
        List<(Cell Cell, int Line)> frames = [.. new StackTrace(exception, fNeedFileInfo: true).GetFrames()
            .Where(frame => cellsByPath.ContainsKey(frame.GetFileName() ?? ""))
            .Select(frame => (cellsByPath[frame.GetFileName()!], frame.GetFileLineNumber()))];
        (Cell Cell, int Line) here = frames.FirstOrDefault(frame => frame.Cell == cell);
        StringBuilder message = new(notebook.NameOf(cell));
        if (here.Cell is not null)
            message.Append(CultureInfo.InvariantCulture, $", line {here.Line}");
        message.Append(CultureInfo.InvariantCulture, $": {NameOf(exception.GetType())}: {exception.Message}");
        for (Exception? inner = exception.InnerException; inner is not null; inner = inner.InnerException)
            message.Append(CultureInfo.InvariantCulture, $" ---> {NameOf(inner.GetType())}: {inner.Message}");
        if (frames.Count > 0 && frames[0].Cell != cell)
            message.Append(CultureInfo.InvariantCulture, $" (thrown in cell {frames[0].Cell.Number} ({frames[0].Cell.Id}), line {frames[0].Line})");
        return new CellException(NameOf(exception.GetType()), [message.ToString()]);
    }

    /// <summary>A type's name without the compiler's name for the cell that defines it.</summary>
    private static string NameOf(Type type) => SubmissionName().Replace(type.ToString(), "");

    [GeneratedRegex(@"^[ \t]*#(!|i\b).*$", RegexOptions.Multiline)]
    private static partial Regex MagicLine();

    [GeneratedRegex(@"^Submission#\d+\+")]
    private static partial Regex SubmissionName();
}
