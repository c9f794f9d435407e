"""Parses each file of a folder with rapidyaml and prints the seconds spent parsing.

usage: rapidyaml_parse.py FOLDER

Files are read beforehand; what is timed is parsing alone, the making of its tree included.
"""

import argparse
from pathlib import Path
from time import perf_counter

import ryml


def measure(texts, parse):
    """Seconds to parse every text, and the nodes made."""
    seconds, nodes = 0.0, 0
    for text in texts:
        before = perf_counter()
        tree = parse(text)
        seconds += perf_counter() - before
        nodes += tree.size()
    return seconds, nodes


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=Path)
    texts = [path.read_bytes() for path in sorted(arguments.parse_args().folder.glob("*.yaml"))]
    size = sum(map(len, texts))
    copies = [bytearray(text) for text in texts]  # parsing in place writes into its input
    for name, inputs, parse in (
        ("arena", texts, ryml.parse_in_arena),
        ("in-place", copies, ryml.parse_in_place),
    ):
        seconds, nodes = measure(inputs, parse)
        rate = size / seconds / 1e6
        print(f"{name}\tfiles={len(inputs)}\tbytes={size}\tseconds={seconds:.4f}\tnodes={nodes}\tMB/s={rate:.1f}")


if __name__ == "__main__":
    main()
