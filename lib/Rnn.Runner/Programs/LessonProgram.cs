using Markdig.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Rnn.Runner.Page;

namespace Rnn.Runner.Programs;

/// <summary>
/// A notebook as a file-based C# program: its texts as comments, its code as it stands in the cells, types at the end. What the
/// notebook shows goes into a page, which Rnn.Display writes.
/// </summary>
internal sealed class LessonProgram
{
    /// <summary>A program has these by itself.</summary>
    private static readonly string[] ImplicitNamespaces =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading",
        "System.Threading.Tasks",
    ];

    private readonly NotebookFile notebook;
    private readonly string path;
    private readonly IReadOnlyDictionary<string, CellCode> codes;

    private LessonProgram(NotebookFile notebook, string path)
    {
        (this.notebook, this.path) = (notebook, path);
        if (notebook.CodeCells.FirstOrDefault(cell => KernelSession.IsTooDeep(cell.Source)) is Cell deep)
            throw Refused(deep, "its brackets are nested too deeply for the compiler");
        codes = notebook.CodeCells.ToDictionary(cell => cell.Id, cell => notebook.InCell(cell, () => new CellCode(cell)));
    }

    /// <summary>The program of a notebook.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="path">Where the program will stand, with its full path.</param>
    /// <exception cref="NotebookException">It cannot become one program as it is; the message says what to change.</exception>
    public static string Of(NotebookFile notebook, string path)
    {
        LessonProgram program = new(notebook, path);
        Compiled compiled = new(notebook, [.. program.Assemblies()], ImplicitNamespaces);
        // First as it is: then the compiler knows what each name is and what types use.
        Plan plan = compiled.Complete(new Plan(), program.Text);
        compiled.Check(program.Text(plan));
        return $"{program.Head()}\n\n{program.Text(plan)}";
    }

    /// <summary>The program without what tells the SDK how to build it.</summary>
    private ProgramText Text(Plan plan)
    {
        ProgramText text = new();
        text.Add(Usings(plan));
        foreach (Cell cell in notebook.Cells)
        {
            if (codes.TryGetValue(cell.Id, out CellCode? code))
                text.Add(code.Body(plan), cell);
            else if (cell.Type == "markdown")
                notebook.InCell(cell, () => AddProse(text, cell, plan));
        }

        if (plan.HasPage)
            text.Add("Page.Open();");
        string[] types = [.. codes.Values.SelectMany(code => code.Types)];
        string[] members = [.. codes.Values.SelectMany(code => code.Members(plan))];
        if (members.Length > 0)
            text.AddWithin("partial class Program", [.. members, .. types]);
        else
            foreach (string type in types)
                text.Add(type);
        return text;
    }

    private bool AddProse(ProgramText text, Cell cell, Plan plan)
    {
        foreach ((HeadingBlock? heading, string comment) in new Prose(notebook).Of(cell))
        {
            if (heading is null)
            {
                // What only an editor needs, to load the libraries.
                if (!cell.Id.EndsWith("set-up", StringComparison.Ordinal))
                    text.Add(comment);
                continue;
            }

            string words = MarkdownRenderer.PlainText(heading);
            string level = heading.Level == 2 ? "" : $", level: {heading.Level}";
            text.Add(plan.HasPage
                ? $"Page.Heading({SymbolDisplay.FormatLiteral(words, quote: true)}{level});"
                : Prose.Comment(words));
        }

        return true;
    }

    /// <summary>What stands above the code: what this is, the projects that it uses, how it is built.</summary>
    private string Head()
    {
        string[] lines =
        [
            $"// {notebook.Name} as one program:",
            "//",
            $"//     dotnet run {Path.GetFileName(path)}",
            "//",
            "// What its texts call a cell is the code below them.",
            .. Projects().Select(project => $"#:project {FromHere(project)}"),
            "#:property Nullable=disable",
            "#:property Optimize=true",
            "#:property PublishAot=false",
            "#:property RunAnalyzers=false",
            $"#:property RunWorkingDirectory={FromHere(notebook.Folder)}",
            // In the repository a warning is an error, and a lesson may have a function that only its reader calls.
            "#:property WarningLevel=0",
        ];
        return string.Join('\n', lines);
    }

    private string FromHere(string place) =>
        Path.GetRelativePath(Path.GetDirectoryName(path)!, place).Replace(Path.DirectorySeparatorChar, '/');

    private string Usings(Plan plan)
    {
        UsingDirectiveSyntax[] all = [.. codes.Values.SelectMany(code => code.Usings)];
        IEnumerable<string> plain = all.Where(each => each.Alias is null && each.StaticKeyword.IsKind(SyntaxKind.None))
            .Select(each => each.NamespaceOrType.ToString()).Except(ImplicitNamespaces)
            .Concat(plan.Namespaces).Concat(plan.HasPage ? ["Rnn.Display.Programs"] : []).Distinct()
            .OrderBy(name => !name.StartsWith("System", StringComparison.Ordinal)).ThenBy(name => name, StringComparer.Ordinal)
            .Select(name => $"using {name};");
        IEnumerable<string> others = all.Where(each => each.Alias is not null || !each.StaticKeyword.IsKind(SyntaxKind.None))
            .OrderBy(each => each.Alias is not null).Select(each => each.ToString()).Distinct();
        return string.Join('\n', plain.Concat(others));
    }

    /// <summary>The assemblies that #r lines name, with their full paths.</summary>
    private IEnumerable<string> Assemblies() =>
        from code in codes.Values
        from reference in code.References
        select reference.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase)
            ? throw Refused(code.Cell, $"#r \"{reference}\" names a package; a program is made of a notebook that needs none")
            : Path.GetFullPath(Path.Combine(notebook.Folder, reference));

    /// <summary>The folders of the projects that #r lines name the output of, each once.</summary>
    private IEnumerable<string> Projects() =>
        (from code in codes.Values
         from reference in code.References
         select ProjectAbove(Path.GetFullPath(Path.Combine(notebook.Folder, reference))) ?? throw Refused(
             code.Cell, $"#r \"{reference}\" lies in no project's folder, and a program refers to projects")).Distinct();

    private static string? ProjectAbove(string file)
    {
        string? folder = Path.GetDirectoryName(file);
        while (folder is not null && !(Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*.csproj").Any()))
            folder = Path.GetDirectoryName(folder);
        return folder;
    }

    private NotebookException Refused(Cell cell, string why) => new($"{notebook.NameOf(cell)}: {why}") { IsNotebook = true };
}
