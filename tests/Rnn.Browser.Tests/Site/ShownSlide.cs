namespace Rnn.Browser.Tests.Site;

/// <summary>What there is to see of a presentation now: one slide, as far as its parts have been shown.</summary>
/// <param name="Number">Of the slide, from 1.</param>
/// <param name="Parts">How many of its parts that come one by one are there.</param>
/// <param name="Total">How many slides there are.</param>
/// <param name="Charts">The ids of the visible charts.</param>
/// <param name="Explorers">Which of the page's explorers are visible, counted from 0.</param>
/// <param name="Formulas">How many formulas are visible.</param>
/// <param name="Faults">What cannot be read, with what is wrong with it.</param>
public sealed record ShownSlide(
    int Number, int Parts, int Total, string[] Charts, int[] Explorers, int Formulas, string[] Faults);
