using Rnn.Runner.Site;

namespace Rnn.Runner.Tests;

/// <summary>What takes the places that the handout's text names.</summary>
public sealed class HandoutTextTests
{
    private const string Plan = """
        | minutes | what | in lesson 01 | what the participants do |
        |--:|---|---|---|
        | 10 | **Names** | First | run it; look |
        | 5 | **Train** | Loop | who gets lowest? |

        | | question | the answer in a sentence | cell |
        |--:|---|---|---|
        | 1 | What is read? | one letter | `run` |
        """;

    private const string Sheet = """
        ## 1. Softmax

        $$s$$

        Text.
        """;

    [Theory]
    [InlineData("<!-- do: Names -->", "**10 minutes.** Run it; look.")]
    [InlineData("<!-- do: Train -->", "**5 minutes.** Who gets lowest?")]
    [InlineData("<!-- figure: run -->", "<img alt=\"a\" src=\"data:image/webp;base64,AA==\">")]
    [InlineData("<!-- question: play -->", "**The question:** why?")]
    [InlineData("<!-- questions -->", "1. What is read?\n\n    ***\n\n")]
    [InlineData("<!-- answers -->", "1. one letter (`run`)\n")]
    [InlineData("<!-- formulas -->", "**Softmax**\n\n$$s$$")]
    [InlineData("plain", "plain")]
    public void Come_from_where_they_are_said_first(string text, string filled) => Assert.Equal(filled, Filled(text));

    [Theory]
    [InlineData("<!-- do: Sleep -->", "Sleep")]
    [InlineData("<!-- figure: none -->", "none")]
    [InlineData("<!-- figure: play -->", "play")]
    [InlineData("<!-- question: run -->", "run")]
    [InlineData("<!-- else -->", "else")]
    public void Are_named_where_they_are_missing(string text, string named) =>
        Assert.Contains(named, Assert.Throws<NotebookException>(() => Filled(text)).Message);

    private static string Filled(string text)
    {
        JsonObject run = Notebooks.Code("1"), play = Notebooks.Markdown("Play. *The question:* why?");
        run["id"] = "run";
        play["id"] = "play";
        run["outputs"] = new JsonArray(Outputs.Display(new Dictionary<string, string>
        {
            ["text/html"] = "<div><img alt=\"a\" src=\"data:image/webp;base64,AA==\"></div>",
        }));
        return new Handout(Plan, Notebooks.Parse(Notebooks.Of(run, play)), Sheet).Filled(text);
    }
}
