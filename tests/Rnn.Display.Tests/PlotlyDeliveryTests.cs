using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using static Rnn.Display.Tests.Samples;

namespace Rnn.Display.Tests;

public sealed class PlotlyDeliveryTests
{
    private static readonly Chart First = Charts.LossCurve("First", ("a", [1, 2]));
    private static readonly Chart Second = Charts.LossCurve("Second", ("a", [1, 2]));

    [Fact]
    public void Where_plotly_js_can_be_had_no_chart_brings_it()
    {
        using Answers network = new((request, _) =>
        {
            Assert.Equal((HttpMethod.Head, ChartHooks.PlotlyAddress), (request.Method, request.RequestUri!.ToString()));
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        });
        PlotlyDelivery delivery = new(network);
        Assert.Equal(First.ToHtml(null), First.ToHtml(delivery));
        Assert.Equal(Second.ToHtml(null), Second.ToHtml(delivery));
        Assert.Equal(1, network.Asked);
    }

    public static TheoryData<string> Failures => ["refused", "not found", "never answers", "a bug"];

    [Theory, MemberData(nameof(Failures))]
    public void Where_it_cannot_the_first_chart_brings_it_for_all_and_again_when_its_cell_is_run_again(string failure)
    {
        using Answers network = new(async (_, token) =>
        {
            if (failure == "never answers")
                await Task.Delay(Timeout.Infinite, token);
            return failure switch
            {
                "refused" => throw new HttpRequestException("no route", new SocketException()),
                "a bug" => throw new InvalidOperationException(),
                _ => new HttpResponseMessage(HttpStatusCode.NotFound),
            };
        });
        PlotlyDelivery delivery = new(network);
        string first = First.ToHtml(delivery);
        Assert.Equal(OfflineScript.Plotly + First.ToHtml(null), first);
        Assert.Equal(Second.ToHtml(null), Second.ToHtml(delivery));
        Assert.Equal(first, First.ToHtml(delivery));
        Assert.Equal(1, network.Asked);
    }

    [Fact]
    public void Of_charts_that_are_shown_at_the_same_time_one_brings_it()
    {
        using Answers network = new((_, _) => throw new HttpRequestException("no route"));
        PlotlyDelivery delivery = new(network);
        string[] ids = [.. Enumerable.Range(0, 100).Select(i => $"chart-{i}")];
        Assert.Single(ids.AsParallel().Where(delivery.IsNeededBy));
    }

    [Fact]
    public void A_question_that_cannot_be_called_off_is_not_waited_for()
    {
        using Answers network = new((_, _) => new TaskCompletionSource<HttpResponseMessage>().Task);
        PlotlyDelivery delivery = new(network);
        Assert.True(delivery.IsNeededBy("first"));
        Assert.False(delivery.IsNeededBy("second"));
    }

    [Fact]
    public void Whoever_has_brought_it_already_is_enough()
    {
        using Answers network = new((_, _) => throw new HttpRequestException("no route"));
        PlotlyDelivery delivery = new(network);
        delivery.IsDone();
        Assert.Equal(First.ToHtml(null), First.ToHtml(delivery));
    }

    [Fact]
    public void A_page_that_has_it_is_never_asked_for() => Assert.Null(PlotlyDelivery.Session);

    [Fact]
    public void What_a_chart_brings_does_not_hide_it_from_the_runner()
    {
        using Answers network = new((_, _) => throw new HttpRequestException("no route"));
        string html = First.ToHtml(new PlotlyDelivery(network));
        Assert.Equal(First.ToHtml(null), Assert.Single(FigureHooks.OneFigure.Matches(html)).Value);
        Assert.Equal(3, Regex.Count(html, "</script>"));
    }

    private sealed class Answers(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
        : HttpMessageHandler
    {
        private int asked;

        public int Asked => asked;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref asked);
            return answer(request, cancellationToken);
        }
    }
}
