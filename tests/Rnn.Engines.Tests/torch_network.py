"""The same network in PyTorch: torch.nn.RNN and torch.nn.Linear, in double.

    torch_network.py WEIGHTS.npz < request.json

The request is {"x": [...], "y": [...], "epochs": ..., "rate": ...}, with a matrix for each sequence. The answer is JSON, too:
hidden states and outputs of each sequence, the gradients of the first, and what training from these weights on gives.
"""
import json
import sys

import numpy as np
import torch


def build(path):
    """The network, and its five parameters under the names of the file."""
    weights = np.load(path)
    inputs, hidden = weights["Wx"].shape
    rnn = torch.nn.RNN(inputs, hidden, batch_first=True, dtype=torch.float64)
    head = torch.nn.Linear(hidden, weights["Wy"].shape[1], dtype=torch.float64)
    parameters = {
        "Wh": rnn.weight_hh_l0, "Wx": rnn.weight_ih_l0, "Wy": head.weight, "bh": rnn.bias_ih_l0, "by": head.bias,
    }
    with torch.no_grad():
        # PyTorch has a second bias of the hidden units. Trained as well, the sum of the two would go twice as far.
        rnn.bias_hh_l0.zero_().requires_grad_(False)
        for name, parameter in parameters.items():
            parameter.copy_(torch.tensor(weights[name].T).reshape(parameter.shape))
    return rnn, head, parameters


def run(network, x):
    """The hidden states of a sequence, and the logits."""
    rnn, head, _ = network
    h = rnn(x.unsqueeze(0))[0][0]
    return h, head(h)


def descent_loss(logits, y_true):
    """What autograd differentiates: its gradient at the logits is y * rowsum(y_true) - y_true, as OutputGradient.Exact has it."""
    return -(y_true * torch.log_softmax(logits, dim=1)).sum()


def printed_loss(logits, y_true):
    """What is printed, with the source's 1e-8 in the logarithm, which its gradient leaves out."""
    return -(y_true * torch.log(torch.softmax(logits, dim=1) + 1e-8)).sum().item()


def arrays(values):
    """By name, as they are in a file: the transposes of PyTorch's, and the biases as vectors."""
    return {name: value.detach().numpy().T.tolist() for name, value in values}


def train(network, sequences, epochs, rate):
    optimizer = torch.optim.SGD(network[2].values(), lr=rate)
    losses = []
    for _ in range(epochs):
        for x, y_true in sequences:
            optimizer.zero_grad()
            logits = run(network, x)[1]
            losses.append(printed_loss(logits, y_true))
            descent_loss(logits, y_true).backward()
            optimizer.step()
    return {"losses": losses, "weights": arrays(network[2].items())}


def answer(request):
    torch.set_num_threads(1)
    sequences = [(torch.tensor(x), torch.tensor(y)) for x, y in
                 ((np.array(x, float), np.array(y, float)) for x, y in zip(request["x"], request["y"]))]
    network = build(sys.argv[1])
    with torch.no_grad():
        passes = [(h.tolist(), torch.softmax(logits, dim=1).tolist()) for h, logits in (run(network, x) for x, _ in sequences)]

    x, y_true = sequences[0]
    descent_loss(run(network, x)[1], y_true).backward()
    gradients = arrays((name, parameter.grad) for name, parameter in network[2].items())
    training = train(build(sys.argv[1]), sequences, request["epochs"], request["rate"])
    return {"torch": torch.__version__, "passes": passes, "gradients": gradients, "training": training}


print(json.dumps(answer(json.load(sys.stdin))))
