using Jint;
using Rnn.Tests;

namespace Rnn.Display.Tests;

/// <summary>
/// probabilities.js and network.js, as they stand in the HTML of explorers, in a JavaScript engine of its own for each call.
/// </summary>
internal static class NetworkScript
{
    /// <summary>Both relative and absolute, so that numbers of any size are held to 1e-12 * max(1, size).</summary>
    public const double Bar = 5e-13;

    private static readonly Prepared<Acornima.Ast.Script> Script = Engine.PrepareScript(
        $"{Scripts.Text("Parts/probabilities.js")}\n{Scripts.Text("Parts/network.js")}");

    /// <summary>What a JavaScript expression gives, as JSON.</summary>
    /// <param name="expression">Knows <c>network</c>, <c>softmax</c>, <c>random</c>, <c>draw</c> and <c>data</c>.</param>
    /// <param name="data">What it computes with.</param>
    public static JsonElement Evaluate(string expression, object data)
    {
        using Engine engine = new();
        engine.Execute(Script).SetValue("json", JsonSerializer.Serialize(data))
            .Execute("const data = JSON.parse(json)");
        return JsonElement.Parse(engine.Evaluate($"JSON.stringify({expression})").AsString());
    }

    /// <summary>Weights or gradients of JavaScript's.</summary>
    public static Weights Weights(JsonElement element) => new(
        element.At("Wh").Matrix(), element.At("Wx").Matrix(), element.At("Wy").Matrix(),
        Vector<double>.Build.Dense(element.At("bh").Numbers()), Vector<double>.Build.Dense(element.At("by").Numbers()));

    /// <summary>One part of each of an array's entries, a row for each.</summary>
    public static Matrix<double> Rows(JsonElement elements, string part) =>
        Matrix<double>.Build.DenseOfRowArrays(elements.EnumerateArray().Select(element => element.At(part).Numbers()));
}
