using static Rnn.Testing.Notebooks;

namespace Lessons.Tests;

/// <summary>What finds names that are declared twice is itself tested, on small cells.</summary>
public sealed class DeclaredNamesTests
{
    [Theory]
    [InlineData("int a = 1, b = 2; var (c, d) = (3, 4);", "a b c d")]
    [InlineData("using M = System.Math;\nvoid F(int x) { int y = x; } class C { int z; }", "C F M")]
    [InlineData("void F(int x) { }\nvoid F(string x) { }", "F F")]
    [InlineData("int.TryParse(\"1\", out int n);", "n")]
    [InlineData("(var e, string f) = (1, \"\");", "e f")]
    [InlineData("foreach (int i in new[] { 1 }) { int j = i; }\nfor (int k = 0; k < 1; k++) { }", "")]
    [InlineData("Func<int, bool> g = x => x is int y && y > 0;", "g")]
    [InlineData("enum E { A }\nrecord R(int P);\ndelegate void D();", "D E R")]
    [InlineData("Console.WriteLine(1 is int one);", "one")]
    public void What_a_cell_declares_for_the_others_is_found(string source, string names) =>
        Assert.Equal(names, string.Join(' ', DeclaredNames.Of(source).Order(StringComparer.Ordinal)));

    [Fact]
    public void The_cells_that_declare_a_name_are_named()
    {
        NotebookFile notebook = Parse(Of(Code("int a = 1;"), Code("int b = 1;"), Code("string a = \"\";")));
        Assert.Equal(
            $"a is declared in {notebook.CodeCells.First().Id} and {notebook.CodeCells.Last().Id}",
            Assert.Single(DeclaredNames.Twice(notebook.CodeCells)));
    }
}
