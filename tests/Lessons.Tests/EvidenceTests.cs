using static Rnn.Testing.Notebooks;

namespace Lessons.Tests;

/// <summary>
/// Every number of the prose is what the named cell says; and what finds that out is itself tested on small notebooks.
/// </summary>
public class EvidenceTests
{
    public static TheoryData<string> Names => NotebookRulesTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_number_in_the_prose_is_what_a_cell_says(string name)
    {
        string[] faults = [.. Evidence.Faults(Lessons.Read(name))];
        Assert.True(faults.Length == 0, string.Join('\n', faults));
    }

    [Theory]
    [InlineData("The loss is 16.73.", "is 16.73", "run: loss is 16.73")]
    [InlineData("The loss is 16.7.", "is 16.7", "run: loss is 16.73")]
    [InlineData(
        "The loss is −0.2, below 1e-6 and over 10,000.", "−0.2, below 1e-6 and over 10,000", "run: 10 : -0.2, 0.000001, 10000")]
    [InlineData("From 16.73 (at first) to 17.", "From 16.73 (at first) to 17", "run: loss is 16.73, then\n 16.95")]
    [InlineData("In all, 99 % and 99 %.", "99 %", "run: 99.4 %")]
    public void A_number_may_stand_as_the_cell_says_it_or_rounded(string prose, string phrase, string evidence) =>
        Assert.Empty(Evidence.Faults(Notebook(prose, phrase, evidence)));

    [Theory]
    [InlineData("$y_1 = 2$, $$\nx^2\n$$ and `a[0]`, [here](https://example.org/1), ![two](images/2.svg).")]
    [InlineData("1. one\n2. two\n\n## 3. Three\n\n**4. Build.** Four.")]
    [InlineData("```\n1 + 1\n```")]
    [InlineData("As notebook 01 and notebooks 02, 03 and 04 say, and exercises 1 to 3; see Exercise 2.")]
    [InlineData("The weights wy0 and Vector512, clipped (Pascanu et al. 2013), by Werbos (1990).")]
    public void What_makes_no_claim_needs_no_evidence(string prose) => Assert.Empty(Evidence.Faults(Notebook(prose)));

    [Theory]
    [InlineData("One. The loss is 16.73 now. Two.", "n.ipynb, text: \"The loss is 16.73 now.\" No evidence is named for 16.73")]
    [InlineData("| Wx | (5) |", "No evidence is named for 5")]
    [InlineData("In 2013 it was so.", "No evidence is named for 2013")]
    [InlineData("A seed-42 run of 512-bit vectors", "No evidence is named for 42 and 512")]
    public void A_number_without_evidence_is_named_with_its_sentence(string prose, string fault) =>
        Assert.EndsWith(fault, Assert.Single(Evidence.Faults(Notebook(prose))), StringComparison.Ordinal);

    [Theory]
    // The output has changed.
    [InlineData("is 16.73", "run: loss is 16.74", "cell run does not say \"loss is 16.74\"; it says \"loss is 16.73\"")]
    [InlineData("is 16.73", "run: loss is 16.7", "cell run does not say \"loss is 16.7\"; it says \"loss is 16.73\"")]
    // It says something else.
    [InlineData("is 16.73", "run: then 16.95", "\"then 16.95\" of cell run has no 16.73")]
    // Another cell says it.
    [InlineData("is 16.73", "other: loss is 16.73", "cell other does not say \"loss is 16.73\"; it says \"nothing\"")]
    [InlineData("is 16.73", "none: loss is 16.73", "there is no code cell none")]
    [InlineData("is 16.73", "text: loss is 16.73", "there is no code cell text")]
    [InlineData("is 16.73", "16.73", "its evidence is \"16.73\", not \"cell-id: piece of its output\"")]
    [InlineData("The loss", "run: loss is 16.73", "holds no number")]
    public void What_has_become_false_is_named_with_its_sentence(string phrase, string evidence, string fault)
    {
        string[] faults = [.. Evidence.Faults(Notebook("One. The loss is 16.73 now. Two.", phrase, evidence))];
        Assert.StartsWith(
            $"n.ipynb, text: \"The loss is 16.73 now.\" The prose says \"{phrase}\", but ", faults[0], StringComparison.Ordinal);
        Assert.Contains(fault, faults[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_come_in_the_order_of_the_phrase() =>
        Assert.Contains(
            "has no 16.73 in that order",
            Assert.Single(Evidence.Faults(Notebook("16.95 after 16.73.", "16.95 after 16.73", "run: loss is 16.73, then 16.95"))),
            StringComparison.Ordinal);

    [Fact]
    public void A_phrase_that_the_prose_does_not_say_is_named() =>
        Assert.Equal(
            "n.ipynb, text: there is evidence for \"is 5\", but the prose does not say that",
            Assert.Single(Evidence.Faults(Notebook("The loss is small.", "is 5", "run: loss is 16.73"))));

    [Fact]
    public void A_phrase_binds_no_part_of_a_number() =>
        Assert.Equal(2, Evidence.Faults(Notebook("The loss is 16.73.", "is 16", "run: loss is 16.73")).Count());

    [Theory]
    [InlineData("More than 3 times.", "than 3", "timed: more than 3", null)]
    [InlineData("It took 1.5 s.", "took 1.5", "timed: took 1.5", "cell timed is volatile, and \"took 1.5\" is measured by it")]
    public void A_volatile_cell_gives_evidence_for_bounds_only(string prose, string phrase, string evidence, string? fault)
    {
        string[] faults = [.. Evidence.Faults(Notebook(prose, phrase, evidence))];
        if (fault is null)
            Assert.Empty(faults);
        else
            Assert.Contains(fault, Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Evidence_does_not_belong_to_code()
    {
        JsonObject code = Code("1");
        code["metadata"] = new JsonObject { ["evidence"] = new JsonObject() };
        Assert.Contains("this is a code cell", Assert.Single(Evidence.Faults(Parse(Of(code)))), StringComparison.Ordinal);
    }

    /// <summary>A notebook of that prose, with three cells that have run.</summary>
    private static NotebookFile Notebook(string prose, string? phrase = null, string? evidence = null)
    {
        JsonObject text = Markdown(prose);
        text["id"] = "text";
        if (phrase is not null)
            text["metadata"] = new JsonObject { ["evidence"] = new JsonObject { [phrase] = evidence } };
        return Parse(Of(
            text,
            Ran(
                Code("Console.WriteLine($\"loss is {loss}, then {after}\");"), "run",
                Outputs.Stream("stdout", "loss is 16.73, then 16.95\n10 : -0.2, 0.000001, 10000\n"),
                Outputs.Result([KeyValuePair.Create("text/html", "7"), KeyValuePair.Create("text/plain", "99.4 %")], 1)),
            Ran(Code("\"nothing\""), "other", Outputs.Result([KeyValuePair.Create("text/plain", "nothing")], 2)),
            Ran(
                Code("Check(ratio > 3, $\"more than 3: {ratio}\"); // took {seconds}", "volatile"), "timed",
                Outputs.Stream("stdout", "more than 3: 3.2\ntook 1.5 s\n"))));
    }

    private static JsonObject Ran(JsonObject code, string id, params JsonObject[] outputs)
    {
        code["id"] = id;
        code["outputs"] = new JsonArray([.. outputs]);
        return code;
    }
}
