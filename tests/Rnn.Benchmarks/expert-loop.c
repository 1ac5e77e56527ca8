/*
 * ExpertLoop.cs in C: is the C# over OpenBLAS as fast as C would be (within 5 %)? Only to check that once; nothing runs it.
 *
 *   gcc -O3 -march=native -ffast-math expert-loop.c -o expert-loop -l:libopenblas.so.0 -lm
 *   env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE ./expert-loop 100 64 256 64 4 25 1
 *
 * The arguments: T input hidden output count epochs threads. Prints the seconds for one sequence, the median of eleven runs, and
 * the last loss. Beside it: `dotnet Rnn.Benchmarks.dll compare`, the column "expert loop". Debian: libopenblas0 is enough.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROW_MAJOR = 101, AS_IT_IS = 111, TRANSPOSED = 112, RUNS = 11, SHARED_FROM = 1 << 20 };

void openblas_set_num_threads(int threads);
void cblas_dgemm(int order, int trans_a, int trans_b, int m, int n, int k, double alpha, const double *a, int lda,
                 const double *b, int ldb, double beta, double *c, int ldc);
void cblas_dgemv(int order, int trans, int m, int n, double alpha, const double *a, int lda, const double *x, int inc_x,
                 double beta, double *y, int inc_y);
void cblas_daxpy(int n, double alpha, const double *x, int inc_x, double *y, int inc_y);

static int T, I, H, O, count, threads, threads_per_step;
static double *weights, *gradients, *h, *dh, *slope, *y, *dy, *ones;

/* Where each matrix begins, in the weights as in the gradients. */
static int wx, wy, bh, by, all;

static double *numbers(int n)
{
    double *result;
    if (posix_memalign((void **)&result, 64, n * sizeof(double)) != 0)
        exit(1);
    memset(result, 0, n * sizeof(double));
    return result;
}

static void multiply(int ta, int tb, int m, int n, int k, const double *a, const double *b, double beta, double *c)
{
    cblas_dgemm(ROW_MAJOR, ta ? TRANSPOSED : AS_IT_IS, tb ? TRANSPOSED : AS_IT_IS, m, n, k, 1, a, ta ? m : k, b, tb ? k : n,
                beta, c, n);
}

static void multiply_vector(int transposed, int m, int n, const double *a, const double *x, double beta, double *result)
{
    cblas_dgemv(ROW_MAJOR, transposed ? TRANSPOSED : AS_IT_IS, m, n, 1, a, n, x, 1, beta, result, 1);
}

static void forward(const double *x)
{
    for (int t = 0; t < T; t++) {
        memcpy(h + t * H, weights + bh, H * sizeof(double));
        memcpy(y + t * O, weights + by, O * sizeof(double));
    }

    multiply(0, 0, T, H, I, x, weights + wx, 1, h);
    openblas_set_num_threads(threads_per_step);
    for (int t = 0; t < T; t++) {
        double *restrict ht = h + t * H;
        if (t > 0)
            multiply_vector(1, H, H, weights, ht - H, 1, ht);
        for (int j = 0; j < H; j++)
            ht[j] = tanh(ht[j]);
    }

    openblas_set_num_threads(threads);
    multiply(0, 0, T, O, H, h, weights + wy, 1, y);
    for (int t = 0; t < T; t++) {
        double *restrict yt = y + t * O, max = yt[0], sum = 0;
        for (int k = 1; k < O; k++)
            max = yt[k] > max ? yt[k] : max;
        for (int k = 0; k < O; k++)
            yt[k] = exp(yt[k] - max);
        for (int k = 0; k < O; k++)
            sum += yt[k];
        for (int k = 0; k < O; k++)
            yt[k] /= sum;
    }
}

static double backward(const double *x, const double *y_true)
{
    double loss = 0;
    for (int i = 0; i < T * O; i++)
        loss -= y_true[i] * log(y[i] + 1e-8);
    for (int i = 0; i < T * O; i++)
        dy[i] = y[i] - y_true[i];
    multiply(0, 1, T, H, O, dy, weights + wy, 0, dh);
    for (int i = 0; i < T * H; i++)
        slope[i] = 1 - h[i] * h[i];
    openblas_set_num_threads(threads_per_step);
    for (int t = T - 1; t >= 0; t--) {
        double *restrict dht = dh + t * H, *restrict st = slope + t * H;
        if (t < T - 1)
            multiply_vector(0, H, H, weights, dht + H, 1, dht);
        for (int j = 0; j < H; j++)
            dht[j] *= st[j];
    }

    openblas_set_num_threads(threads);
    multiply(1, 0, I, H, T, x, dh, 0, gradients + wx);
    multiply(1, 0, H, O, T, h, dy, 0, gradients + wy);
    multiply_vector(1, T, H, dh, ones, 0, gradients + bh);
    multiply_vector(1, T, O, dy, ones, 0, gradients + by);
    if (T > 1)
        multiply(1, 0, H, H, T - 1, h, dh + H, 0, gradients);
    return loss;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + 1e-9 * time.tv_nsec;
}

static int ascending(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

int main(int argc, char **argv)
{
    if (argc != 8)
        return fprintf(stderr, "usage: %s T input hidden output count epochs threads\n", argv[0]), 2;
    T = atoi(argv[1]), I = atoi(argv[2]), H = atoi(argv[3]), O = atoi(argv[4]), count = atoi(argv[5]);
    int epochs = atoi(argv[6]);
    threads = atoi(argv[7]);
    threads_per_step = H * H * sizeof(double) > SHARED_FROM ? threads : 1;
    openblas_set_num_threads(threads);
    wx = H * H, wy = wx + I * H, bh = wy + H * O, by = bh + H, all = by + O;
    weights = numbers(all), gradients = numbers(all);
    h = numbers(T * H), dh = numbers(T * H), slope = numbers(T * H);
    y = numbers(T * O), dy = numbers(T * O), ones = numbers(T);
    for (int t = 0; t < T; t++)
        ones[t] = 1;

    /* Numbers as compare draws them, if not the same: inputs from 0 to 1, targets 0 or 1, small weights. */
    double *x = numbers(count * T * I), *y_true = numbers(count * T * O), *initial = numbers(all), seconds[RUNS], loss = 0;
    for (int i = 0; i < count * T * I; i++)
        x[i] = drand48();
    for (int i = 0; i < count * T * O; i++)
        y_true[i] = drand48() < 0.5;
    for (int i = 0; i < bh; i++)
        initial[i] = 0.034 * (drand48() - 0.5);

    for (int run = 0; run < RUNS; run++) {
        double start = now();
        memcpy(weights, initial, all * sizeof(double));
        for (int epoch = 0; epoch < epochs; epoch++) {
            for (int i = 0; i < count; i++) {
                forward(x + i * T * I);
                loss = backward(x + i * T * I, y_true + i * T * O);
                cblas_daxpy(all, -0.01, gradients, 1, weights, 1);
            }
        }

        seconds[run] = (now() - start) / (epochs * count);
    }

    qsort(seconds, RUNS, sizeof(double), ascending);
    printf("%.4g (from %.4g to %.4g), loss %.15g\n", seconds[RUNS / 2], seconds[0], seconds[RUNS - 1], loss);
    return 0;
}
