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
    // Assignments, also to what a function uses, to a part, and by another name.
    [InlineData("0 1", "int a = 1;", "a = 2;", "int b = 1; b = 2;", "a")]
    [InlineData("0 1", "int a = 1;", "a++;", "a")]
    [InlineData("0 1", "int a = 1, b = 2;", "(a, b) = (b, a);", "b")]
    [InlineData("0 1 2", "int limit = 1;", "int F() => limit;", "limit = 5;", "int other = 3;", "F()")]
    [InlineData("0 2", "int[] a = [1];", "int b = a[0];", "a[0] = 2;", "a")]
    [InlineData("0 1", "int a = 1;", "int.TryParse(\"2\", out a);", "a")]
    [InlineData("0 1 2", "List<int> a = [];", "List<int> b = a;", "b.Add(1);", "a")]
    [InlineData("0 2", "List<int> a = [];", "List<int> b = a.ToList();", "int c = a.Count; a.Clear();", "a")]
    // Library methods.
    [InlineData("0 1", "List<int> a = [];", "a.Add(1);", "List<int> b = []; b.Add(1);", "a.Count")]
    [InlineData("0 1", "Stack<int> a = new([1]);", "int top = a.Pop();", "a.Count")]
    [InlineData("0 1", "int[] a = [2, 1];", "Array.Sort(a);", "int b = Array.IndexOf(a, 1), c = a.Max();", "a[0]")]
    [InlineData("0 1", "int[][] a = [[2, 1]];", "foreach (int[] row in a) Array.Reverse(row);", "a[0]")]
    [InlineData(
        "0 1", "List<List<int>> a = [];", "a.ForEach(each => each.Clear());", "int b = a.Sum(each => each.Count());", "a")]
    [InlineData("0 1", "List<int> a = [];", "Enumerable.Range(0, 2).ToList().ForEach(i => a.Add(i));", "a")]
    [InlineData("0 1", "object a = new List<int>();", "if (a is List<int> list) list.Clear();", "a")]
    [InlineData("0 1", "List<int> a = null;", "a?.Clear();", "a")]
    [InlineData("0 1", "Random a = new(1);", "double b = a.NextDouble();", "double c = new Random(2).NextDouble();", "a.Next()")]
    // Functions that change a variable or an argument, and those that do not.
    [InlineData("0 1 2", "int a = 0;", "void Count() => a++;", "Count();", "int b = 1;", "a")]
    [InlineData("0 1 2", "List<int> a = [];", "Action add = () => a.Add(1);", "add();", "a")]
    [InlineData("0 1 3", "int[] a = [1, 2];", "void Swap(int[] b) => (b[0], b[1]) = (b[1], b[0]);\nint Sum(int[] b) => b[0] + "
        + "b[1];",
        "int c = Sum(a);", "Swap(a);", "a[0]")]
    // Types: what is static is one for all; what an object holds is the object's own.
    [InlineData("0 1", "class C { public static int N; }", "C.N = 5;", "class D { public static int N; }\nD.N = 6;", "C.N")]
    [InlineData("0 1 2", "class C { public static int N; }", "using static C;\nint n = 1;", "N = 5;", "C.N")]
    [InlineData("0 1", "class C { static int n; public static int Next() => ++n; }", "C.Next();", "int a = 1;", "C.Next()")]
    [InlineData("0 1 2", "class C { public int N; public int Next() => ++N; }", "C a = new(), b = new();", "int c = a.Next();",
        "int d = b.Next();", "int e = b.N;", "a.N")]
    [InlineData(
        "0 1 2", "class C { int n; public int N { get => n++; } }", "C a = new(), b = new();", "int c = a.N;", "int d = b.N;",
        "a")]
    [InlineData("0 1 3", "class C(List<int> all) { public int this[int i] { get { all.Add(i); return i; } } }",
        "List<int> log = []; C a = new(log);", "C b = new([]);", "int c = a[1];", "int d = b[1];", "log.Count")]
    [InlineData("0 1 2", "interface I { int Next(); }\nclass C : I { int n; public int Next() => n++; }", "I a = new C();",
        "int b = a.Next();", "int c = 1;", "a")]
    public void Are_those_that_declare_and_those_that_may_change(string needed, params string[] cells)
    {
        bool[] found = NeededCells.Find(Repo.Root, cells[..^1], cells[^1..]);
        Assert.Equal(needed, string.Join(' ', Enumerable.Range(0, found.Length).Where(i => found[i])));
    }
}
