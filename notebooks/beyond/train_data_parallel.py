"""Trains the network on a text with several processes, on one machine or on several, and gives the weights back.

Each process takes its share of every batch, the gradients are added up over all of them, and each makes the same step: so the
weights stay equal everywhere, and the losses are those of one process. On one machine:

    torchrun --nproc_per_node 2 train_data_parallel.py weights.npz text.txt trained.npz

On two machines that both have the files; ADDRESS is the first one's, and the second says --node_rank 1:

    torchrun --nnodes 2 --node_rank 0 --master_addr ADDRESS train_data_parallel.py weights.npz text.txt trained.npz

WeightsFile.SaveNpz writes weights.npz; WeightsFile.LoadNpz reads trained.npz, which the first process writes. The network
reads and says the symbols of the text, in the order of their code points. For PyTorch 1.13 and later; where torchrun stops
with "'NoneType' object has no attribute 'get'", as that of Debian 12 does, add -r 9:1 -t 9:1 behind its name.
"""
import argparse

import numpy as np
import torch
import torch.distributed as dist
from torch.nn.utils import parameters_to_vector, vector_to_parameters

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("weights")
parser.add_argument("text")
parser.add_argument("trained")
parser.add_argument("--epochs", type=int, default=1)
parser.add_argument("--batch", type=int, default=4, help="windows for one step of all processes together")
parser.add_argument("--steps", type=int, default=50, help="symbols in a window, T")
parser.add_argument("--rate", type=float, default=0.02)
parser.add_argument("--clip", type=float, default=5, help="the longest that a gradient may be")
options = parser.parse_args()

# torchrun has told each process its number and where the others are. Gloo needs no GPU.
dist.init_process_group("gloo")
rank, world = dist.get_rank(), dist.get_world_size()

# PyTorch keeps its matrices the other way round, and has a second bias of the hidden units, which stays zero.
weights = np.load(options.weights)
inputs, hidden = weights["Wx"].shape
rnn = torch.nn.RNN(inputs, hidden, batch_first=True, dtype=torch.float64)
head = torch.nn.Linear(hidden, weights["Wy"].shape[1], dtype=torch.float64)
parameters = {"Wh": rnn.weight_hh_l0, "Wx": rnn.weight_ih_l0, "Wy": head.weight, "bh": rnn.bias_ih_l0, "by": head.bias}
with torch.no_grad():
    rnn.bias_hh_l0.zero_().requires_grad_(False)
    for name, parameter in parameters.items():
        parameter.copy_(torch.tensor(weights[name].T).reshape(parameter.shape))

# Window i is read from symbol i * T on; what must be said is the next symbol, each time.
text = open(options.text, encoding="utf-8-sig", newline="").read()
symbols = {symbol: number for number, symbol in enumerate(sorted(set(text)))}
if len(symbols) != inputs:
    raise SystemExit(f"{options.text} has {len(symbols)} different symbols, but the network reads {inputs}.")
numbers = torch.tensor([symbols[symbol] for symbol in text])
count = (len(numbers) - 1) // options.steps
reads = numbers[: count * options.steps].view(count, options.steps)
says = numbers[1 : count * options.steps + 1].view(count, options.steps)

for epoch in range(options.epochs):
    total = torch.zeros(1, dtype=torch.float64)
    for batch in torch.arange(count).split(options.batch):
        mine = batch[rank::world]
        for parameter in parameters.values():
            parameter.grad = torch.zeros_like(parameter)
        if len(mine) > 0:
            x = torch.nn.functional.one_hot(reads[mine], inputs).double()
            logits = head(rnn(x)[0])
            loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), says[mine].flatten(), reduction="sum")
            loss.backward()
            total += loss.item()
        # All gradients in one message; afterwards each process has the sum, and takes the mean over the batch.
        gradient = parameters_to_vector(parameter.grad for parameter in parameters.values())
        dist.all_reduce(gradient)
        gradient /= len(batch)
        if gradient.norm() > options.clip:
            gradient *= options.clip / gradient.norm()
        before = parameters_to_vector(parameters.values()).detach()
        vector_to_parameters(before - options.rate * gradient, parameters.values())
    dist.all_reduce(total)
    if rank == 0:
        print(f"epoch {epoch + 1}: {total.item() / reads.numel():.12f} nats per symbol", flush=True)

if rank == 0:
    np.savez(options.trained, **{name: parameter.detach().numpy().T for name, parameter in parameters.items()})
dist.destroy_process_group()
