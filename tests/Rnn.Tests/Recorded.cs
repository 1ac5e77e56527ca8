namespace Rnn.Tests;

/// <summary>Reads figures that were recorded with NumPy, from notebooks/data/numpy.</summary>
internal static class Recorded
{
    public static JsonElement File(string name) =>
        JsonElement.Parse(System.IO.File.ReadAllBytes(Repo.Path("notebooks", "data", "numpy", name)));

    public static JsonElement At(this JsonElement element, string name) => element.GetProperty(name);

    public static int Int(this JsonElement element, string name) => element.GetProperty(name).GetInt32();

    public static double Number(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static double[] Numbers(this JsonElement element) => [.. element.EnumerateArray().Select(entry => entry.GetDouble())];

    public static Matrix<double> Matrix(this JsonElement element) =>
        Matrix<double>.Build.DenseOfRowArrays(element.EnumerateArray().Select(Numbers));

    /// <summary>A row vector, which NumPy has as a matrix of one row.</summary>
    public static Vector<double> Row(this JsonElement element) => element.Matrix().Row(0);

    public static Weights Weights(this JsonElement element) => new(
        element.At("Wh").Matrix(), element.At("Wx").Matrix(), element.At("Wy").Matrix(), element.At("bh").Row(),
        element.At("by").Row());
}
