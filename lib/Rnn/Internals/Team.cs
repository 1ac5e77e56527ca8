using System.Diagnostics;

namespace Rnn.Internals;

/// <summary>
/// Threads that do the same work at the same time, each its share; member 0 is the caller's. They wait for each other awake, as a
/// step takes microseconds. Where somebody else takes a core, a flexible team goes on as member 0 alone, and returns later.
/// </summary>
/// <param name="members">How many; in a flexible team no more than there are cores that no other team has.</param>
/// <param name="isFlexible">Whether member 0 may go on alone.</param>
/// <param name="work">What each member does in each run; false where it was sent away.</param>
internal sealed class Team(int members, bool isFlexible, Func<Team, int, bool> work) : IDisposable
{
    /// <summary>From counter to counter: no two share a pair of cache lines. Looks at one before the first at a clock.</summary>
    private const int Apart = 16, Looks = 500;

    /// <summary>Who lets the others wait longer has lost its core; and a helper waits awake so long for the next run.</summary>
    private static readonly long Patience = Stopwatch.Frequency / 1_000;

    private static int helpersOfAll;

    private readonly List<Thread> helpers = [];

    /// <summary>Twice the round that each has come to; plus one: "leave" from member 0, "I have left" from another.</summary>
    private readonly long[] rounds = new long[members * Apart];

    private int active = 1;
    private long aloneUntil, lost;
    private bool isFirst;
    private volatile Exception? failure;

    public static Team Alone { get; } = new(1, false, (_, _) => true);

    private bool IsOver => Volatile.Read(ref rounds[0]) == long.MaxValue;

    /// <summary>All do their work once. What a helper throws, this throws.</summary>
    public void Run()
    {
        if (active < members && (!isFlexible || Stopwatch.GetTimestamp() >= aloneUntil))
            Recruit();
        isFirst = true;
        if (active > 1)
            Open((rounds[0] | 1) + 1);
        work(this, 0);
        Sync(0);
        if (failure is { } thrown)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(thrown);
    }

    /// <summary>Waits until all are here. False where a helper is no longer needed: it then leaves its work.</summary>
    public bool Sync(int member) => active == 1 || Meet(member);

    private bool Meet(int member)
    {
        ref long mine = ref rounds[member * Apart];
        long round = (mine | 1) + 1;
        bool isLast = member == 0 && lost > 0;
        Volatile.Write(ref mine, isLast ? round + 1 : round);
        long late = 0;
        for (int k = 0; k < active; k++)
        {
            for (long waited = Await(k, round); waited > Patience && !IsOver; late += waited, waited = Await(k, round))
                Thread.Yield();
        }

        if (member > 0)
            return Volatile.Read(ref rounds[0]) != round + 1 && !IsOver;
        // In the first round of a run, a helper may have to be woken.
        lost += isFlexible && late > (isFirst ? 2 : 0) * Patience ? late : 0;
        isFirst = false;
        if (isLast)
        {
            // What waiting costs in all stays small beside the time alone.
            aloneUntil = Stopwatch.GetTimestamp() + 20 * lost;
            (active, lost) = (1, 0);
        }

        return true;
    }

    /// <summary>A member's share of some columns or steps, in whole strips.</summary>
    public (int From, int Count) Share(int member, int count)
    {
        if (active == 1)
            return (0, count);
        int strips = (count + PaddedMatrix.Strip - 1) / PaddedMatrix.Strip;
        int from = strips * member / active * PaddedMatrix.Strip;
        return (from, Math.Min(strips * (member + 1) / active * PaddedMatrix.Strip, count) - from);
    }

    public void Dispose()
    {
        Open(long.MaxValue);
        foreach (Thread helper in helpers)
            helper.Join();
        Interlocked.Add(ref helpersOfAll, -helpers.Count);
    }

    private void Open(long round)
    {
        Volatile.Write(ref rounds[0], round);
        lock (rounds)
            Monitor.PulseAll(rounds);
    }

    private void Recruit()
    {
        int free = isFlexible ? Environment.ProcessorCount - 1 - Volatile.Read(ref helpersOfAll) : members;
        // Not while one is still on its way out of the last run.
        for (int k = 1; k <= helpers.Count; k++)
            if ((Volatile.Read(ref rounds[k * Apart]) & 1) == 0)
                return;

        while (helpers.Count < members - 1 && free-- > 0)
        {
            int member = helpers.Count + 1;
            rounds[member * Apart] = rounds[0] | 1;
            Thread helper = new(() => Help(member)) { IsBackground = true, Name = $"Rnn, member {member}" };
            helper.UnsafeStart();
            helpers.Add(helper);
            Interlocked.Increment(ref helpersOfAll);
        }

        active = helpers.Count + 1;
    }

    private void Help(int member)
    {
        ref long mine = ref rounds[member * Apart];
        try
        {
            while (true)
            {
                Volatile.Write(ref mine, mine | 1);
                // In a longer pause, such as for a report, asleep.
                bool isLong = Await(0, mine + 1) > Patience;
                lock (rounds)
                    while (isLong && Volatile.Read(ref rounds[0]) <= mine)
                        Monitor.Wait(rounds);
                if (IsOver)
                    return;
                Volatile.Write(ref mine, mine + 1);
                if (work(this, member))
                    Sync(member);
            }
        }
        catch (Exception thrown)
        {
            failure = thrown;
            Volatile.Write(ref mine, long.MaxValue);
        }
    }

    /// <summary>Waits awake until a member has come to a round, or for too long; returns how long.</summary>
    private long Await(int member, long round)
    {
        long since = 0, waited = 0;
        for (int looks = 0; waited <= Patience && Volatile.Read(ref rounds[member * Apart]) < round; looks++)
        {
            if (looks < Looks)
                continue;
            long now = Stopwatch.GetTimestamp();
            since = since == 0 ? now : since;
            waited = now - since;
            // Whoever is waited for may need this very core; a flexible team goes on alone instead.
            if (!isFlexible && waited > Patience / 50)
                Thread.Yield();
        }

        return waited;
    }
}
