"""NumPy's side of the tests of .npz files.

    numpy_files.py read FILE          prints each array of FILE as JSON: its type, its shape, and its bytes in hexadecimal
    numpy_files.py write FILE FOLDER  writes the arrays of FILE into FOLDER, in every form that NumPy has for them
"""
import itertools
import json
import os
import sys

import numpy as np


def read(path):
    with np.load(path, allow_pickle=False) as arrays:
        # As the file has them, row by row.
        return {name: [array.dtype.str, array.shape, array.tobytes("C").hex()] for name, array in arrays.items()}


def write(path, folder):
    kinds = {"<f8": "f8-little", ">f8": "f8-big", "<f4": "f4-little", ">f4": "f4-big"}
    for save, kind, order, bias in itertools.product([np.savez, np.savez_compressed], kinds, "CF", ["row", "vector"]):
        arrays = {}
        for name, array in np.load(path).items():
            if bias == "vector" and name.startswith("b"):
                array = array.reshape(-1)
            arrays[name] = array.astype(kind, order=order)
        save(os.path.join(folder, f"{save.__name__}-{kinds[kind]}-{order}-{bias}.npz"), **arrays)


if sys.argv[1] == "read":
    print(json.dumps(read(sys.argv[2])))
else:
    write(sys.argv[2], sys.argv[3])
