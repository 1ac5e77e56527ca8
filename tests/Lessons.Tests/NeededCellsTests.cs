namespace Lessons.Tests;

/// <summary>The cells that some code needs, on small notebooks: the first is cell 0, the last is the code.</summary>
public sealed class NeededCellsTests
{
    [Theory]
    // What declares is needed, also at one remove, and nothing else is.
    [InlineData("0", "int a = 1;", "int b = 2;", "a")]
    [InlineData("0 2", "int a = 1;", "int b = 2;", "int c = a;", "c")]
    [InlineData("0 1", "int a = 1;", "int F() => a;", "int G() => 2;", "F()")]
    [InlineData("1", "int a = 1;", "int a = 2;", "a")]
    [InlineData("1", "int x = 1;", "int F(int x) => x + new[] { 1 }.Sum(x => x);", "F(2)")]
    [InlineData("0 1", "int F(int a) => a;", "int F(string a) => 1;", "F(1) + F(\"\")")]
    [InlineData("0", "int F(int a) => a;", "int F(string a) => 1;", "F(1)")]
    [InlineData("0", "(int a, int b) = (1, 2);", "int c = 3;", "b")]
    [InlineData("0 1", "class C(int n) { public int N => n; }", "C c = new(1);", "C other = new(2);", "c.N")]
    // What has #r or using lines is always needed.
    [InlineData("0 1", "using System.IO;", "#r \"System.Xml\"", "int a = 1;", "2")]
    // Assignments, also to what a function uses, and to a part.
    [InlineData("0 1", "int a = 1;", "a = 2;", "int b = 1; b = 2;", "a")]
    [InlineData("0 1", "int a = 1;", "a++;", "int b = -a;", "a")]
    [InlineData("0 1", "int a = 1;", "--a;", "int b = -a;", "a")]
    [InlineData("0 1", "int a = 1, b = 2;", "(a, b) = (b, a);", "b")]
    [InlineData("0 1 2", "int limit = 1;", "int F() => limit;", "limit = 5;", "int other = 3;", "F()")]
    [InlineData("0 2", "int[] a = [1];", "int b = a[0];", "a[0] = 2;", "a")]
    [InlineData("0 1", "int a = 1;", "int.TryParse(\"2\", out a);", "a")]
    [InlineData("0", "var a = new UriBuilder { Port = 1 };", "var b = new UriBuilder { Port = 2 };", "a.Port")]
    // Types: what is static is one for all.
    [InlineData("0 1", "class C { public static int N; }", "C.N = 5;", "class D { public static int N; }\nD.N = 6;", "C.N")]
    [InlineData("0 1 2", "class C { public static int N; }", "using static C;\nint n = 1;", "N = 5;", "C.N")]
    // What a call changes cannot be seen from here: the outputs tell.
    [InlineData("0", "List<int> a = [];", "a.Add(1);", "a.Count")]
    public void Are_those_that_declare_and_those_that_assign(string needed, params string[] cells)
    {
        bool[] found = NeededCells.Find(Repo.Root, cells[..^1], cells[^1..]);
        Assert.Equal(needed, string.Join(' ', Enumerable.Range(0, found.Length).Where(i => found[i])));
    }
}
