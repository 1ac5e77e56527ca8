using System.Diagnostics;
using System.Runtime.CompilerServices;
using Rnn.Internals;

namespace Rnn.Tests;

/// <summary>The threads that train together: alone with the machine, as a flexible team takes the cores that are free.</summary>
[Collection(ProcessWide.Name)]
public sealed class TeamTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(1, false, 50)]
    [InlineData(2, false, 50)]
    [InlineData(3, false, 50)]
    [InlineData(5, false, 50)]
    [InlineData(2, true, 30_000)]
    public void Each_member_does_its_share_of_each_step(int members, bool isFlexible, int runs)
    {
        const int steps = 40, columns = 83;
        // Whoever wants a core of a flexible team gets it.
        using CancellationTokenSource isEnough = new();
        Thread[] busy = [.. Enumerable.Range(0, isFlexible ? Environment.ProcessorCount : 0).Select(_ => new Thread(BeBusy))];
        foreach (Thread thread in busy)
            thread.Start();
        int[][] counts = [.. Enumerable.Range(0, steps).Select(_ => new int[columns])];
        int early = 0;
        using Team team = new(members, isFlexible, Work);
        for (int run = 0; run < runs; run++)
            team.Run();
        isEnough.Cancel();
        Assert.All(counts, step => Assert.All(step, count => Assert.Equal(runs, count)));
        Assert.Equal(0, early);

        void BeBusy()
        {
            while (!isEnough.IsCancellationRequested)
                Thread.SpinWait(1000);
        }

        bool Work(Team all, int member)
        {
            for (int step = 0; step < steps; step++)
            {
                (int from, int count) = all.Share(member, columns);
                for (int i = from; i < from + count; i++)
                    counts[step][i]++;
                int run = counts[step][Math.Min(from, columns - 1)];
                if (!all.Sync(member))
                    return false;
                // Whoever is here, all others have done their share.
                if (counts[step].Any(other => other < run))
                    Interlocked.Increment(ref early);
            }

            return true;
        }
    }

    [Fact]
    public void What_a_helper_throws_ends_the_run_and_no_thread_is_left()
    {
        Team team = new(3, isFlexible: false, (_, member) => member < 2 ? true : throw new TimeZoneNotFoundException("member 2"));
        Assert.Equal("member 2", Assert.Throws<TimeZoneNotFoundException>(team.Run).Message);
        End(team, 2);
    }

    /// <summary>The helpers wait for it in the middle of their work.</summary>
    [Fact]
    public void What_the_caller_throws_ends_the_run_and_no_thread_is_left()
    {
        Team team = new(3, isFlexible: false, (all, member) =>
            member > 0 ? all.Sync(member) && all.Sync(member) : throw new TimeZoneNotFoundException("caller"));
        Assert.Equal("caller", Assert.Throws<TimeZoneNotFoundException>(team.Run).Message);
        End(team, 2);
    }

    [Fact]
    public void A_team_that_never_ran_has_no_threads() => End(new Team(4, isFlexible: false, (_, _) => true), 0);

    /// <summary>A helper that keeps the others waiting is sent away in the middle of the work, and asked again later.</summary>
    [Fact]
    public void A_flexible_team_goes_on_alone_where_a_helper_is_late()
    {
        Assert.SkipWhen(Environment.ProcessorCount == 1, "There is one core, and so no helper.");
        int helped = 0, sentAway = 0, alone = 0;
        bool isLate = false;
        Team team = new(2, isFlexible: true, Work);
        Until(() => helped > 0);
        long since = Stopwatch.GetTimestamp();
        isLate = true;
        Until(() => sentAway > 0);
        isLate = false;
        alone = 0;
        Until(() => alone > 0);
        int before = helped;
        Until(() => helped > before);
        // Alone for some time after it was sent away, not before.
        Assert.InRange(AloneUntil(team), since, long.MaxValue);
        End(team, 1);

        bool Work(Team all, int member)
        {
            for (int step = 0; step < 10; step++)
            {
                if (member == 1 && isLate)
                    Thread.Sleep(5);
                if (!all.Sync(member))
                {
                    sentAway += isLate ? 1 : 0;
                    return false;
                }
            }

            helped += member;
            return true;
        }

        void Until(Func<bool> isSo)
        {
            long start = Environment.TickCount64;
            while (!isSo())
            {
                int helpedBefore = helped;
                team.Run();
                alone += helped == helpedBefore ? 1 : 0;
                Assert.True(Environment.TickCount64 - start < Soon.TotalMilliseconds, "It never was so.");
            }
        }
    }

    /// <summary>In the middle of the recurrence.</summary>
    [Fact]
    public void A_sequence_that_is_finished_alone_has_the_same_bits()
    {
        Assert.SkipWhen(Environment.ProcessorCount == 1, "There is one core, and so no helper.");
        Random random = new(5);
        Weights from = TestData.Weights(4, 70, 3, 0.2);
        Parameters weights = Parameters.CopyOf(from), gradients = new(4, 70, 3);
        Unrolled network = new(weights, 30);
        network.SetInputs(TestData.Matrix(random, 30, 4));
        network.SetTargets(TestData.ZeroOrOne(random, 30, 3));
        Assert.True(Pass(Team.Alone, 0));
        double[] expected = [.. Bits.Of(gradients.ToWeights()), network.Loss];

        int sentAway = 0;
        bool isLate = false;
        using Team team = new(2, isFlexible: true, (all, member) =>
        {
            if (member == 1 && isLate)
                Thread.Sleep(5);
            bool isWhole = Pass(all, member);
            sentAway += isWhole ? 0 : 1;
            return isWhole;
        });
        long start = Environment.TickCount64;
        for (int run = 0; run < 3 || sentAway == 0; run++)
        {
            isLate = run > 0;
            team.Run();
            Bits.AreEqual(expected, [.. Bits.Of(gradients.ToWeights()), network.Loss]);
            Assert.True(Environment.TickCount64 - start < Soon.TotalMilliseconds, "No helper was sent away.");
        }

        bool Pass(Team all, int member)
        {
            network.TransposeWeights(all, member);
            return network.Forward(all, member) && network.Backward(all, member, OutputGradient.Exact, gradients);
        }
    }

    private static void End(Team team, int threads)
    {
        List<Thread> helpers = Helpers(team);
        Assert.Equal(threads, helpers.Count);
        Task end = Task.Run(team.Dispose);
        Assert.True(end.Wait(Soon), "The threads do not end.");
        Assert.All(helpers, helper => Assert.False(helper.IsAlive));
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "aloneUntil")]
    private static extern ref long AloneUntil(Team team);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "helpers")]
    private static extern ref List<Thread> Helpers(Team team);
}
