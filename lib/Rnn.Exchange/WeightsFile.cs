namespace Rnn.Exchange;

/// <summary>Weights as files that other programs read: NumPy's .npz, from and to, and ONNX.</summary>
/// <remarks>
/// What is saved is written beside the file and moved into its place, so that the file is there whole or as it was before. A link
/// stays one: the file that it leads to is replaced.
/// </remarks>
public static class WeightsFile
{
    /// <summary>
    /// Writes the weights as NumPy's <c>np.savez</c> does: float64 arrays Wh (hidden, hidden), Wx (input, hidden),
    /// Wy (hidden, output), bh (1, hidden) and by (1, output). The same weights give the same bytes.
    /// </summary>
    /// <param name="weights">The weights.</param>
    /// <param name="path">The file, by custom with the ending .npz; one that is there is replaced.</param>
    /// <exception cref="ArgumentNullException"><paramref name="weights"/> or <paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// An entry of a matrix has become NaN or infinite since <paramref name="weights"/> were made, or <paramref name="path"/> is
    /// empty or has a null character. No file has been touched.
    /// </exception>
    /// <exception cref="IOException">The folder is not there, or the file cannot be written; what was there still is.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written; what was there still is.</exception>
    public static void SaveNpz(Weights weights, string path)
    {
        IReadOnlyList<NamedMatrix> matrices = NamedMatrix.Of(weights);
        CheckPath(path);
        WholeFile.Write(path, stream => Npz.Write(stream, matrices));
    }

    /// <summary>
    /// Reads weights that <see cref="SaveNpz"/>, NumPy's <c>np.savez</c> or <c>np.savez_compressed</c> wrote: arrays Wh
    /// (hidden, hidden), Wx (input, hidden), Wy (hidden, output), bh (hidden,) or (1, hidden), and by (output,) or (1, output),
    /// in any order; float64 or float32, in C or Fortran order and in either byte order. Other arrays in the file are
    /// passed over.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <returns>New weights.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty or has a null character.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is not what it should be: no zip archive, or an array is missing, there twice, encrypted, damaged (its CRC-32
    /// differs), of another type (Python objects, integers, complex numbers, records), above 16 MB and more than 100 times as
    /// large as it is compressed, of a shape that does not fit, or has an entry that is NaN or infinite. The message names
    /// the file, the entry, what was expected and what was found.
    /// </exception>
    /// <exception cref="IOException">
    /// The file is not there (<see cref="FileNotFoundException"/>, <see cref="DirectoryNotFoundException"/>) or cannot be opened.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    public static Weights LoadNpz(string path)
    {
        CheckPath(path);
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        return Npz.Read(file, path);
    }

    /// <summary>
    /// Writes the network as an ONNX model, which ONNX Runtime and many other engines run. The same weights give the same bytes.
    /// </summary>
    /// <param name="weights">The weights.</param>
    /// <param name="path">The file, by custom with the ending .onnx; one that is there is replaced.</param>
    /// <param name="form">What the model takes and gives.</param>
    /// <exception cref="ArgumentNullException"><paramref name="weights"/> or <paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="form"/> is none of the three.</exception>
    /// <exception cref="ArgumentException">
    /// An entry of a matrix has become NaN or infinite since <paramref name="weights"/> were made, or is too large for single
    /// precision where <paramref name="form"/> is <see cref="OnnxForm.RnnOperator"/>; the weights need more than the 2 GB that
    /// an ONNX file can have; or <paramref name="path"/> is empty or has a null character. No file has been touched.
    /// </exception>
    /// <exception cref="IOException">The folder is not there, or the file cannot be written; what was there still is.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written; what was there still is.</exception>
    public static void SaveOnnx(Weights weights, string path, OnnxForm form = OnnxForm.Sequence)
    {
        IReadOnlyList<NamedMatrix> matrices = NamedMatrix.Of(weights);
        CheckPath(path);
        if (!Enum.IsDefined(form))
            throw new ArgumentOutOfRangeException(
                nameof(form), form, $"form must be Sequence, Step or RnnOperator, but is {form}.");

        ProtobufMessage model = OnnxModel.Of(matrices, form);
        WholeFile.Write(path, model.WriteTo);
    }

    private static void CheckPath(string path)
    {
        if (path is null)
            throw new ArgumentNullException(nameof(path), "path must be given, but is null.");
        if (path.Length == 0)
            throw new ArgumentException("path must name a file, but is empty.", nameof(path));
        if (path.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("path must have no null character, but has one.", nameof(path));
    }
}
