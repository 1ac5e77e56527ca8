using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Rnn.Benchmarks;

/// <summary>The few routines of OpenBLAS that an RNN needs, on row-major matrices without gaps between their rows.</summary>
internal static unsafe partial class OpenBlas
{
    private const string Name = "openblas";
    private const int RowMajor = 101, AsItIs = 111, Transposed = 112;
    private static readonly nint Library;

    // Not where the field is declared: .NET might then load it only when somebody asks for the field, after a first call.
    static OpenBlas() => Library = Load();

    /// <summary>Whether the library is on this machine; nothing else here may be called where it is not.</summary>
    public static bool IsInstalled => Library != 0;

    /// <summary>Its version and the kernels that it chose for this processor.</summary>
    public static string Config => Marshal.PtrToStringUTF8(openblas_get_config())!.Trim();

    /// <summary>How many threads the following calls may use.</summary>
    public static void SetThreads(int threads) => openblas_set_num_threads(threads);

    /// <summary>c = a b + beta c, where c is (rows, columns) and a and b may each be stored transposed.</summary>
    public static void Multiply(
        bool aIsTransposed, bool bIsTransposed, int rows, int columns, int inner, double* a, double* b, double beta,
        double* c) =>
        cblas_dgemm(
            RowMajor, aIsTransposed ? Transposed : AsItIs, bIsTransposed ? Transposed : AsItIs, rows, columns, inner,
            1, a, aIsTransposed ? rows : inner, b, bIsTransposed ? inner : columns, beta, c, columns);

    /// <summary>y = a x + beta y, or with a transposed; rows and columns are those of a as it is stored.</summary>
    public static void MultiplyVector(
        bool transposed, int rows, int columns, double* a, double* x, double beta, double* y) =>
        cblas_dgemv(
            RowMajor, transposed ? Transposed : AsItIs, rows, columns, 1, a, columns, x, 1, beta, y, 1);

    /// <summary>y += factor * x.</summary>
    public static void AddScaled(int length, double factor, double* x, double* y) => cblas_daxpy(length, factor, x, 1, y, 1);

    /// <summary>GFLOP/s of one core's matrix product: the best of a few.</summary>
    public static double Peak()
    {
        const int n = 768;
        double[] factors = new double[n * n], product = new double[n * n];
        Array.Fill(factors, 0.5);
        SetThreads(1);
        double seconds = double.PositiveInfinity;
        fixed (double* a = factors, c = product)
        {
            for (int i = 0; i < 4; i++)
            {
                long start = Stopwatch.GetTimestamp();
                Multiply(false, false, n, n, n, a, a, 0, c);
                seconds = Math.Min(seconds, Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        }

        return 2.0 * n * n * n / seconds / 1e9;
    }

    private static nint Load()
    {
        // OpenBLAS asks for these when it is loaded. A kernel that is forced upon it would slow it down: it shall run as fast
        // as it can. .NET's own way to change the environment does not reach native code.
        if (!OperatingSystem.IsWindows())
        {
            _ = unsetenv("OPENBLAS_CORETYPE");
            _ = unsetenv("OPENBLAS_L2_SIZE");
        }

        Assembly assembly = typeof(OpenBlas).Assembly;
        nint library = 0;
        foreach (string name in (string[])["libopenblas.so.0", Name, "libopenblas", "libopenblas.dylib"])
        {
            if (NativeLibrary.TryLoad(name, assembly, null, out library))
                break;
        }

        NativeLibrary.SetDllImportResolver(assembly, (name, _, _) => name == Name ? library : 0);
        return library;
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int unsetenv(string name);

    [LibraryImport(Name)]
    private static partial nint openblas_get_config();

    [LibraryImport(Name)]
    private static partial void openblas_set_num_threads(int threads);

    [LibraryImport(Name)]
    private static partial void cblas_dgemm(
        int order, int transA, int transB, int m, int n, int k, double alpha, double* a, int lda, double* b, int ldb,
        double beta, double* c, int ldc);

    [LibraryImport(Name)]
    private static partial void cblas_dgemv(
        int order, int trans, int m, int n, double alpha, double* a, int lda, double* x, int incX, double beta,
        double* y, int incY);

    [LibraryImport(Name)]
    private static partial void cblas_daxpy(int n, double alpha, double* x, int incX, double* y, int incY);
}
