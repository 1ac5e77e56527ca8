using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;

namespace Rnn.Tests;

/// <summary>Reads figures that were recorded with NumPy, from golden/*.json.</summary>
internal static class Recorded
{
    public static JsonElement File(string name)
    {
        using JsonDocument document = JsonDocument.Parse(System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "golden", name)));
        return document.RootElement.Clone();
    }

    public static JsonElement At(this JsonElement element, string name) => element.GetProperty(name);

    public static int Int(this JsonElement element, string name) => element.GetProperty(name).GetInt32();

    public static double Number(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static double[] Numbers(this JsonElement element) => [.. element.EnumerateArray().Select(entry => entry.GetDouble())];

    public static Matrix<double> Matrix(this JsonElement element) =>
        Matrix<double>.Build.DenseOfRowArrays(element.EnumerateArray().Select(row => row.Numbers()));

    /// <summary>A row vector, which NumPy has as a matrix of one row.</summary>
    public static Vector<double> Row(this JsonElement element) => Vector<double>.Build.DenseOfArray(element.EnumerateArray().Single().Numbers());

    public static Weights Weights(this JsonElement element) =>
        new(element.At("Wh").Matrix(), element.At("Wx").Matrix(), element.At("Wy").Matrix(), element.At("bh").Row(), element.At("by").Row());
}
