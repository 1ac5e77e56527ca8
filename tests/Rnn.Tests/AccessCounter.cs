using System.Collections;

namespace Rnn.Tests;

/// <summary>A list of sequences that counts how often one is taken from it, and can act on it.</summary>
internal sealed class AccessCounter(IReadOnlyList<Sequence> sequences, Action<int>? onAccess = null) : IReadOnlyList<Sequence>
{
    public int Accesses { get; private set; }

    public int Count => sequences.Count;

    public Sequence this[int index]
    {
        get
        {
            Accesses++;
            onAccess?.Invoke(Accesses);
            return sequences[index];
        }
    }

    public IEnumerator<Sequence> GetEnumerator() => Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
