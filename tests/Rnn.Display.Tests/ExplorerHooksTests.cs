using System.Text.RegularExpressions;

namespace Rnn.Display.Tests;

public sealed class ExplorerHooksTests
{
    private static readonly string[] Names = HookNames.Of(typeof(ExplorerHooks));

    [Fact]
    public void Every_hook_is_spelt_as_the_outputs_spell_it()
    {
        string html = Explorers.Softmax([1, 2]).ToHtml(), frame = Regex.Replace(html, "(?s)(<script[^>]*>).*?</script>", "$1");
        IEnumerable<string> classes = Regex.Matches(frame, "class=\"([^\"]+)\"").Select(match => match.Groups[1].Value);
        IEnumerable<string> attributes = Regex.Matches(frame, @"\b(data-explorer)=").Select(match => match.Groups[1].Value);
        Assert.Equal(Names.Order(), classes.Concat(attributes).Distinct().Order());
    }

    /// <summary>What a script looks for is there before it runs, or it makes it.</summary>
    [Fact]
    public void Every_hook_is_spelt_as_scripts_and_styles_spell_it()
    {
        string kit = Scripts.ExplorerKit;
        string[] made =
        [
            .. Regex.Matches(kit, @"class: ['""`]([^'""`]+)['""`]").SelectMany(match => match.Groups[1].Value.Split(' ')),
        ];
        Assert.All(
            Regex.Matches(kit, @"\brnn-explorer(-[a-z]+)*\b").Select(match => match.Value).Distinct(),
            name => Assert.True(Names.Contains(name) || made.Contains(name), name));
        Assert.All(
            Names.Except([ExplorerHooks.Script]),
            name => Assert.Matches($@"\b{name}\b(?!-)", kit));
    }

    [Fact]
    public void Its_version_is_the_one_that_its_scripts_know_each_other_by()
    {
        string html = Explorers.Softmax([1, 2]).ToHtml(), version = Scripts.ExplorerVersion;
        Assert.Matches("^[0-9a-f]{8}$", version);
        Assert.Contains($"data-rnn-scripts=\"{version}\"", html);
        Assert.Contains($"(window.rnnExplorers ??= {{}})['{version}'] ??=", html);
        Assert.Contains($"window.rnnExplorers['{version}']('softmax', ", html);
    }
}
