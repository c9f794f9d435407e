"""The chain of a bench, as arrays with the alias tables of its states."""

import json
from types import SimpleNamespace

import numpy as np


def read(path):
    with open(path) as file:
        told = json.load(file)
    chain = SimpleNamespace(start=told["start"], prompts=told["prompts"])
    for name in ("first", "to", "ms", "event", "prompt"):
        setattr(chain, name, np.array(told[name], dtype=np.int64))
    chain.p = np.array(told["p"])
    chain.columns = np.diff(chain.first)
    chain.threshold = np.ones(len(chain.p))
    chain.alias = np.arange(len(chain.p))
    for first, last in zip(chain.first[:-1], chain.first[1:]):
        share = chain.p[first:last] * (last - first)
        poor = [at for at in range(last - first) if share[at] < 1]
        rich = [at for at in range(last - first) if share[at] >= 1]
        while poor and rich:
            low, high = poor.pop(), rich[-1]
            chain.threshold[first + low] = share[low]
            chain.alias[first + low] = first + high
            share[high] -= 1 - share[low]
            if share[high] < 1:
                poor.append(rich.pop())
    return chain
