namespace Rnn.Display.Tests;

public sealed class UndeclaredTests
{
    [Theory]
    [InlineData("a = 1", "a")]
    [InlineData("a++; --b", "a b")]
    [InlineData("[a, { b: c = 1, ...d }] = []", "a c d")]
    [InlineData("for (a of []) for (b in {}) { }", "a b")]
    [InlineData("const f = () => { a ??= 1; }", "a")]
    public void It_finds_what_would_become_a_global(string script, string names) =>
        Assert.Equal(names.Split(' '), Undeclared.In(script));

    [Theory]
    [InlineData("let a; a = 1; [a] = [2]")]
    [InlineData("const { a, b: [c, ...d], e = 1 } = {}; (() => { [a, c, d, e] = []; })")]
    [InlineData("function f(a, { b }, ...c) { a = b = c = f = 1; }")]
    [InlineData("const f = (a, [b] = []) => { a++; b += 1; }")]
    [InlineData("try { } catch (e) { e = 1; }")]
    [InlineData("for (const a of []) { } for (let b = 0; ; b++) { }")]
    [InlineData("a.b = 1; a[b] = 2; a().b++")]
    public void It_leaves_alone_what_is_declared_or_part_of_something(string script) => Assert.Empty(Undeclared.In(script));
}
