#!/usr/bin/env bash
# Makes a fresh checkout ready, in a new container or in a prebuild of one: afterwards the first cell downloads nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet build
# Neither is worth a container that does not start: the notebooks' first cells, and the runner, do without.
dotnet tool restore ||
    echo "The kernel tool of .config/dotnet-tools.json could not be downloaded; VS Code's extension will ask for it again."
dotnet run --no-build --project lib/Rnn.Runner -- prefetch ||
    echo "Not every optional package could be downloaded; the cells that need one will say so."
# Without this, VS Code's extension finds no kernel from its second start on.
if [ -n "${RNN_DEV_CONTAINER:-}" ]; then
    dotnet run --no-build --project lib/Rnn.Runner -- mend --servers || echo "The doctor says what is wrong."
fi
dotnet run --no-build --project lib/Rnn.Runner -- doctor
