using Rnn.Runner.Page;

namespace Rnn.Runner.Site;

/// <summary>
/// The landing page: the text of landing.md, in which a figure, the lessons and, where they are known, addresses take the
/// places that its braces name.
/// </summary>
internal static partial class Landing
{
    /// <summary>The markdown, without the lines that need an address which is not known.</summary>
    public static string Text(Home home)
    {
        string text = Resource.Text("landing.md");
        if (home.Repository is not string repository)
            return NeedsRepository.Replace(text, "");
        return text.Replace("{repository}", repository, StringComparison.Ordinal)
            .Replace("{codespaces}", home.Codespaces, StringComparison.Ordinal);
    }

    /// <summary>The page's HTML: a figure and cards for the lessons in the places for them.</summary>
    /// <param name="html">The text.</param>
    /// <param name="lessons">The lessons.</param>
    /// <param name="first">The page of the first lesson; its first explorer opens this page too.</param>
    /// <param name="placeOf">Where a lesson's page stands, and where its solutions do.</param>
    public static string Filled(
        string html, IReadOnlyList<LessonEntry> lessons, SitePage? first,
        Func<LessonEntry, (string Lesson, string? Solutions)> placeOf)
    {
        string figure = Figure.Match(first?.Body ?? "") is { Success: true } match
            ? match.Value.Replace(" loading=\"lazy\" decoding=\"async\"", "", StringComparison.Ordinal)
            : "";
        string cards = string.Concat(lessons.Select(lesson => Card(lesson, placeOf(lesson))));
        return html.Replace("<p>{figure}</p>", figure, StringComparison.Ordinal)
            .Replace("<p>{lessons}</p>", $"<ul class=\"cards\">\n{cards}</ul>", StringComparison.Ordinal);
    }

    private static string Card(LessonEntry lesson, (string Lesson, string? Solutions) places)
    {
        string solutions = places.Solutions is null ? "" : $" · <a href=\"{places.Solutions}\">solutions</a>";
        return $"""
            <li>
            <h3><a href="{places.Lesson}">{Html.Encode(lesson.Name)}</a></h3>
            <p>{Html.Encode(lesson.Teaches)}</p>
            <p class="times">{lesson.Reading}, with its exercises {lesson.WithExercises}{solutions}</p>
            </li>

            """;
    }

    [GeneratedRegex(@"(?m)^.*\{(?:repository|codespaces)\}.*\n")] private static partial Regex NeedsRepository { get; }

    [GeneratedRegex(
        $"""<div class="figure" data-kind="{ExplorerHooks.Explorer}".*?\n</div>""", RegexOptions.Singleline)]
    private static partial Regex Figure { get; }
}
