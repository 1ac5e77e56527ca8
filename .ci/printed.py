"""Compares what a program has printed with what its notebook prints: python3 .ci/printed.py NOTEBOOK FILE"""

import json
import math
import re
import sys

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")


def same(committed, printed):
    """Whether two lines are equal, numbers to 1e-9: another processor may round their last digits otherwise."""
    if NUMBER.sub("#", committed) != NUMBER.sub("#", printed):
        return False
    pairs = zip(NUMBER.findall(committed), NUMBER.findall(printed))
    return all(math.isclose(float(a), float(b), rel_tol=1e-9) for a, b in pairs)


def blocks(notebook):
    """Lines that stand together, each time with whether lines of volatile cells come before them."""
    lines, is_after_volatile = [], False
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        if "volatile" in cell["metadata"].get("tags", []):
            if lines:
                yield is_after_volatile, lines
            lines, is_after_volatile = [], True
        else:
            text = "".join("".join(each["text"]) for each in cell["outputs"] if each["output_type"] == "stream")
            lines += text.splitlines()
    yield is_after_volatile, lines + ["The page is "]


def main(notebook_path, printed_path):
    with open(notebook_path, encoding="utf-8") as file:
        notebook = json.load(file)
    with open(printed_path, encoding="utf-8") as file:
        printed = file.read().splitlines()
    # Where the page is differs from machine to machine.
    printed = ["The page is " if line.startswith("The page is ") else line for line in printed]
    at = found = 0
    for is_after_volatile, block in blocks(notebook):
        starts = range(at, len(printed) - len(block) + 1) if is_after_volatile else [at]
        start = next((i for i in starts if all(map(same, block, printed[i:i + len(block)]))
                      and i + len(block) <= len(printed)), None)
        if start is None:
            near = next((i for i in starts if same(block[0], printed[i])), at)
            expected, got = next(
                ((a, b) for a, b in zip(block, printed[near:] + ["(nothing)"] * len(block)) if not same(a, b)),
                (block[0], "(nothing)"))
            return f"{printed_path}: the notebook prints\n  {expected}\nand the program\n  {got}"
        at, found = start + len(block), found + len(block)
    if at != len(printed):
        return f"{printed_path}: the program prints more than the notebook:\n  {printed[at]}"
    print(f"{printed_path}: {found} of {len(printed)} lines are the notebook's; the others are those of volatile cells")
    return 0


sys.exit(main(*sys.argv[1:]))
