"""The NumPy original, and PyTorch's nn.RNN, timed for `compare`.

Reads one request per line, `numpy|torch threads T input hidden output count seed epochs`, and answers each with one line of
JSON; the answer to `peak` is one core's rate. Runs until its input ends, so that the other side can take turns with it. NumPy's
loop is the source's: a step at a time, an outer product and a new array for each of them.
"""
import ctypes
import json
import sys
import time

import numpy as np

try:
    import torch
except ImportError:
    torch = None


def softmax(x):
    exp_x = np.exp(x - np.max(x, axis=1, keepdims=True))
    return exp_x / exp_x.sum(axis=1, keepdims=True)


def forward(x, w_h, w_x, w_y, b_h, b_y):
    steps, hidden, output = x.shape[0], *w_y.shape
    h, y = np.zeros((steps, hidden)), np.zeros((steps, output))
    before = np.zeros((1, hidden))
    for t in range(steps):
        h[t] = np.tanh(np.dot(x[t], w_x) + np.dot(before, w_h) + b_h)
        y[t] = softmax(np.dot(h[t], w_y) + b_y)
        before = h[t]
    return h, y


def backward(x, y_true, y, h, w_h, w_x, w_y, b_h, b_y):
    d_wh, d_wx, d_wy = np.zeros_like(w_h), np.zeros_like(w_x), np.zeros_like(w_y)
    d_bh, d_by = np.zeros_like(b_h), np.zeros_like(b_y)
    dh_next = np.zeros_like(b_h)
    loss = -np.sum(y_true * np.log(y + 1e-8))
    for t in reversed(range(x.shape[0])):
        dy = y[t] - y_true[t]
        d_wy += np.dot(h[t].reshape(-1, 1), dy.reshape(1, -1))
        d_by += dy
        dh_raw = (1 - h[t] ** 2) * (np.dot(dy, w_y.T) + dh_next)
        d_bh += dh_raw
        d_wx += np.dot(x[t].reshape(-1, 1), dh_raw.reshape(1, -1))
        if t != 0:
            d_wh += np.dot(h[t - 1].reshape(-1, 1), dh_raw.reshape(1, -1))
        dh_next = np.dot(dh_raw, w_h.T)
    return d_wh, d_wx, d_wy, d_bh, d_by, loss


def train_numpy(xs, ys, weights, epochs, rate=0.01):
    weights = [w.copy() for w in weights]
    losses = []
    start = time.perf_counter()
    for _ in range(epochs):
        for x, y_true in zip(xs, ys):
            h, y = forward(x, *weights)
            *gradients, loss = backward(x, y_true, y, h, *weights)
            for w, d in zip(weights, gradients):
                w -= rate * d
        losses.append(float(loss))
    return time.perf_counter() - start, losses


def train_torch(xs, ys, hidden, epochs, rate=0.01):
    inputs, output = xs[0].shape[1], ys[0].shape[1]
    rnn = torch.nn.RNN(inputs, hidden, dtype=torch.float64)
    head = torch.nn.Linear(hidden, output, dtype=torch.float64)
    optimizer = torch.optim.SGD([*rnn.parameters(), *head.parameters()], lr=rate)
    data = [(torch.from_numpy(x).unsqueeze(1), torch.from_numpy(y.astype(float)).unsqueeze(1)) for x, y in zip(xs, ys)]
    start = time.perf_counter()
    for _ in range(epochs):
        for x, y_true in data:
            optimizer.zero_grad()
            logits = head(rnn(x)[0])
            loss = -(y_true * torch.log_softmax(logits, dim=2)).sum()
            loss.backward()
            optimizer.step()
    return time.perf_counter() - start, None


def set_threads(threads):
    if torch:
        torch.set_num_threads(threads)
    # Debian's PyTorch and NumPy multiply with OpenBLAS, which has threads of its own that torch does not know of.
    try:
        ctypes.CDLL("libopenblas.so.0").openblas_set_num_threads(threads)
    except (OSError, AttributeError):
        pass


def peak():
    """One core's double-precision matrix product, in GFLOP/s: the best of several."""
    n = 768
    a, b = np.random.rand(n, n), np.random.rand(n, n)
    best = min(timed(lambda: a @ b) for _ in range(8))
    return 2 * n**3 / best / 1e9


def timed(action):
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def train(peer, threads, steps, inputs, hidden, output, count, seed, epochs):
    set_threads(threads)
    np.random.seed(seed)
    xs = [np.random.rand(steps, inputs) for _ in range(count)]
    ys = [np.random.randint(0, 2, (steps, output)) for _ in range(count)]
    if peer == "torch":
        return train_torch(xs, ys, hidden, epochs)
    shapes = [(hidden, hidden), (inputs, hidden), (hidden, output)]
    weights = [np.random.randn(*shape) * 0.01 for shape in shapes] + [np.zeros((1, hidden)), np.zeros((1, output))]
    return train_numpy(xs, ys, weights, epochs)


print(json.dumps({"numpy": np.__version__, "torch": torch.__version__ if torch else None}), flush=True)
for line in sys.stdin:
    wanted, *numbers = line.split()
    if wanted == "peak":
        set_threads(1)
        answer = {"peak": peak()}
    else:
        seconds, losses = train(wanted, *map(int, numbers))
        answer = {"seconds": seconds, "losses": losses}
    print(json.dumps(answer), flush=True)
