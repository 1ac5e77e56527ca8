"""Records NumPy's figures beside this script: random.json (the generator) and odd-shapes.json (the network).

    python3 notebooks/data/numpy/reference.py

Notebook 01 and the tests of lib/Rnn compare with what is recorded here. Written against NumPy 1.24.2 (Debian's
python3-numpy); the legacy functions of numpy.random are frozen (NEP 19), so any later version gives the same numbers to
rounding. seed-42.json (the source's example) and seed-7-onehot.json (other shapes) were recorded elsewhere.
"""
import json
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent
ABOUT = f"recorded by reference.py with NumPy {np.__version__}, legacy generator"


# --- the network, as the source has it -------------------------------------------------------------------------------

def softmax(x):
    exp_x = np.exp(x - np.max(x, axis=1, keepdims=True))
    return exp_x / exp_x.sum(axis=1, keepdims=True)


def initialize_weights(input_dim, hidden_dim, output_dim, scale):
    wh = np.random.randn(hidden_dim, hidden_dim) * scale
    wx = np.random.randn(input_dim, hidden_dim) * scale
    wy = np.random.randn(hidden_dim, output_dim) * scale
    return [wh, wx, wy, np.zeros((1, hidden_dim)), np.zeros((1, output_dim))]


def forward(x, weights, h_prev):
    wh, wx, wy, bh, by = weights
    h = np.zeros((len(x), wh.shape[0]))
    y = np.zeros((len(x), wy.shape[1]))
    for t in range(len(x)):
        h[t] = np.tanh(np.dot(x[t], wx) + np.dot(h_prev, wh) + bh)
        y[t] = softmax(np.dot(h[t], wy) + by)
        h_prev = h[t]
    return h, y


def backward(x, y_true, y_pred, h, weights, exact):
    wh, wx, wy, bh, by = weights
    dwh, dwx, dwy, dbh, dby = [np.zeros_like(w) for w in weights]
    dh_next = np.zeros((1, wh.shape[0]))
    loss = -np.sum(y_true * np.log(y_pred + 1e-8))
    for t in reversed(range(len(x))):
        dy = (y_pred[t] * y_true[t].sum() if exact else y_pred[t]) - y_true[t]
        dwy += np.dot(h[t].reshape(-1, 1), dy.reshape(1, -1))
        dby += dy
        dh_raw = (1 - h[t] ** 2) * (np.dot(dy, wy.T) + dh_next)
        dbh += dh_raw
        dwx += np.dot(x[t].reshape(-1, 1), dh_raw.reshape(1, -1))
        if t != 0:
            dwh += np.dot(h[t - 1].reshape(-1, 1), dh_raw.reshape(1, -1))
        dh_next = np.dot(dh_raw, wh.T)
    return [dwh, dwx, dwy, dbh, dby], loss


def train(xs, ys, weights, epochs, learning_rate, exact, clip_norm):
    weights = [w.copy() for w in weights]
    losses, means, clipped = [], [], 0
    for _ in range(epochs):
        of_epoch = []
        for x, y_true in zip(xs, ys):
            h, y = forward(x, weights, np.zeros((1, weights[0].shape[0])))
            gradients, loss = backward(x, y_true, y, h, weights, exact)
            norm = np.sqrt(sum(np.sum(g ** 2) for g in gradients))
            if clip_norm is not None and norm > clip_norm:
                gradients = [g * (clip_norm / norm) for g in gradients]
                clipped += 1
            for w, g in zip(weights, gradients):
                w -= learning_rate * g
            of_epoch.append(loss)
        losses.append(of_epoch[-1])
        means.append(np.mean(of_epoch))
    return weights, losses, means, clipped


# --- shapes that a fast implementation may stumble over ----------------------------------------------------------------

CASES = [
    # name, seed, input, hidden, output, lengths, labels, gradient, scale, learning rate, clip norm, epochs
    ("all ones", 0, 1, 1, 1, [1], "random", "AsInSource", 0.01, 0.01, None, 6),
    ("one sequence of two", 4294967295, 1, 3, 9, [2], "onehot", "AsInSource", 0.01, 0.1, None, 12),
    ("one output, mixed lengths", 11, 2, 7, 1, [1, 57, 2, 10], "random", "AsInSource", 0.5, 0.01, None, 8),
    ("one output, one-hot draws nothing", 12, 1, 3, 1, [2, 1], "onehot", "AsInSource", 0.01, 0.01, None, 4),
    ("hidden 33, exact", 13, 3, 33, 9, [57, 1, 2], "random", "Exact", 0.3, 0.01, None, 5),
    ("hidden 33, clipped", 14, 1, 33, 2, [2, 57], "onehot", "AsInSource", 0.2, 0.05, 1.5, 5),
    ("multi-hot, some clipped", 15, 5, 7, 4, [3, 9, 1, 12, 5], "random", "AsInSource", 0.4, 0.1, 4.0, 12),
    ("fractional, exact, clipped", 16, 4, 3, 3, [6, 6, 2], "fractional", "Exact", 0.7, 0.05, 1.0, 12),
    ("fractional, as in source", 17, 1, 2, 2, [5, 1], "fractional", "AsInSource", 1.0, 0.05, None, 12),
    ("drawn in training", 18, 2, 5, 3, [4, 7, 1], "random", "Exact", 0.01, 0.2, None, 15),
]


def targets(labels, steps, outputs):
    if labels == "random":
        return np.random.randint(0, 2, (steps, outputs)).astype(float)
    if labels == "fractional":
        return np.random.rand(steps, outputs)
    return np.eye(outputs)[np.random.randint(0, outputs, (steps,))]


def named(weights):
    return dict(zip(("Wh", "Wx", "Wy", "bh", "by"), (w.tolist() for w in weights)))


def passes(x, y_true, weights, h_prev, exact):
    h, y = forward(x, weights, h_prev)
    gradients, loss = backward(x, y_true, y, h, weights, exact)
    return {"h": h.tolist(), "y": y.tolist(), "gradients": named(gradients), "loss": float(loss)}


def odd_shapes():
    cases = []
    for name, seed, inputs, hidden, outputs, lengths, labels, gradient, scale, rate, clip, epochs in CASES:
        np.random.seed(seed)
        xs = [np.random.rand(steps, inputs) for steps in lengths]
        ys = [targets(labels, steps, outputs) for steps in lengths]
        weights = initialize_weights(inputs, hidden, outputs, scale)
        h_prev = np.random.RandomState(seed // 2).randn(1, hidden) * 0.5
        exact = gradient == "Exact"
        final, losses, means, clipped = train(xs, ys, weights, epochs, rate, exact, clip)
        case = {
            "name": name, "seed": seed, "input": inputs, "hidden": hidden, "output": outputs, "lengths": lengths,
            "labels": labels, "output_gradient": gradient, "scale": scale, "learning_rate": rate, "clip_norm": clip,
            "epochs": epochs, "h_prev": h_prev.tolist(),
            "losses": [float(v) for v in losses], "mean_losses": [float(v) for v in means], "clipped_steps": clipped,
            "final_weights": named(final),
            "from_h_prev": passes(xs[-1], ys[-1], weights, h_prev, exact),
        }
        if hidden < 33:
            case["initial_weights"] = named(weights)
            case["from_zero"] = passes(xs[0], ys[0], weights, np.zeros((1, hidden)), exact)
        cases.append(case)
    return {"about": ABOUT, "cases": cases}


# --- the generator: each step is (what, arguments, result), all drawn one after another from one stream -----------------

def stream(seed):
    np.random.seed(seed)
    steps = []

    def step(what, arguments, result):
        steps.append({"what": what, "arguments": arguments, "result": result})

    def rand(count):
        step("rand", [count], np.random.rand(count).tolist())

    def randn(count):
        step("randn", [count], np.random.randn(count).tolist())

    def randint(low, high, count):
        step("randint", [low, high, count], np.random.randint(low, high, count).tolist())

    def octets(count):
        step("bytes", [count], list(np.random.bytes(count)))

    rand(3)
    randn(5)                            # odd: one is kept back
    rand(1)
    randint(-5, 6, 12)
    randint(7, 8, 3)                    # one value only: draws nothing
    randn(1)                            # the one kept back
    rand(1)
    randint(0, 2 ** 31 - 1, 6)
    randint(-2 ** 31, 2 ** 31 - 1, 6)
    randint(-2 ** 31, -2 ** 31 + 1, 2)
    randint(-2 ** 31, 0, 6)             # 2^31 values: a full mask, nothing refused
    randint(-2, 2 ** 31 - 1, 6)         # just above: nearly half refused
    randint(0, 2 ** 30 + 1, 6)
    randn(1)
    randint(0, 2, 6)
    randint(0, 3, 12)
    randn(2)
    octets(1)
    octets(7)
    octets(8)
    rand(1)
    randint(0, 2 ** 32, 4)              # all 32 bits
    randint(0, 2 ** 32 + 1, 4)          # one more: two words each
    randint(-2 ** 40, 2 ** 41, 4)
    randint(0, 2 ** 63 - 1, 4)
    randint(-2 ** 63, 2 ** 63 - 1, 4)
    np.random.rand(1000)                # past several refills of the state
    step("skip", [1000], [])
    rand(3)
    randn(3)
    return {"seed": seed, "steps": steps}


def write(name, figures):
    (HERE / name).write_text(json.dumps(figures, separators=(",", ":")) + "\n", encoding="utf-8")


write("random.json", {"about": ABOUT, "streams": [stream(seed) for seed in (0, 1, 123456789, 2 ** 31, 2 ** 32 - 1)]})
write("odd-shapes.json", odd_shapes())
