"""Calls drawn with numpy, a step of many calls at once.

Counts ends, times, presses, silences, wrong keys, and plays of each prompt with its repeats.
"""

import json
import sys
import time

import numpy as np

import chain as chains

BLOCK = 65536


def walk(chain, random, calls, sums):
    state = np.full(calls, chain.start)
    ms = np.zeros(calls, dtype=np.int64)
    events = np.zeros((4, calls), dtype=np.int32)
    plays = np.zeros((calls, chain.prompts + 1), dtype=np.uint16)
    call = np.arange(calls)
    plays[call, chain.prompt[state]] += 1
    while len(call):
        sums["moments"] += len(call)
        place = random.random(len(call)) * chain.columns[state]
        column = place.astype(np.int64)
        slot = chain.first[state] + column
        edge = np.where(place - column < chain.threshold[slot], slot, chain.alias[slot])
        ms[call] += chain.ms[edge]
        events[chain.event[edge], call] += 1
        to = chain.to[edge]
        on = to >= 0
        sums["ends"] += np.bincount(-1 - to[~on], minlength=8)
        state, call = to[on], call[on]
        plays[call, chain.prompt[state]] += 1
    heard = plays[:, : chain.prompts]
    sums["prompts"] += heard.sum(axis=0, dtype=np.int64)
    sums["repeats"] += int(heard.sum() - np.count_nonzero(heard))
    sums["ms"] += int(ms.sum())
    sums["squares"] += float((ms.astype(float) ** 2).sum())
    sums["events"] += events.sum(axis=1)


def main(path, calls):
    chain = chains.read(path)
    random = np.random.Generator(np.random.PCG64(1))
    sums = {"moments": 0, "ends": np.zeros(8, dtype=np.int64), "repeats": 0, "ms": 0, "squares": 0.0}
    sums |= {"prompts": np.zeros(chain.prompts, dtype=np.int64), "events": np.zeros(4, dtype=np.int64)}
    cpu, wall = time.process_time(), time.perf_counter()
    for first in range(0, calls, BLOCK):
        walk(chain, random, min(BLOCK, calls - first), sums)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    told = {name: sums[name] for name in ("moments", "repeats", "ms")}
    print(json.dumps({"cpu": cpu, "wall": wall, "calls": calls, **told}))


main(sys.argv[1], int(sys.argv[2]))
