"""Calls drawn one by one, compiled by numba; the compilation is not timed.

Counts ends, times, presses, silences, wrong keys, and plays of each prompt with its repeats.
"""

import json
import sys
import time

import numba
import numpy as np

import chain as chains


@numba.njit(cache=False)
def walk(start, first, columns, threshold, alias, to, ms, event, prompt, prompts, calls, seed):
    np.random.seed(seed)
    ends = np.zeros(8, dtype=np.int64)
    events = np.zeros(4, dtype=np.int64)
    plays = np.zeros(prompts + 1, dtype=np.int64)
    last = np.full(prompts + 1, -1)
    moments, repeats, sum_ms, squares = 0, 0, 0, 0.0
    for call in range(calls):
        state, length = start, 0
        while True:
            heard = prompt[state]
            if heard >= 0:
                plays[heard] += 1
                if last[heard] == call:
                    repeats += 1
                last[heard] = call
            moments += 1
            place = np.random.random() * columns[state]
            column = int(place)
            edge = first[state] + column
            if place - column >= threshold[edge]:
                edge = alias[edge]
            length += ms[edge]
            events[event[edge]] += 1
            state = to[edge]
            if state < 0:
                break
        ends[-1 - state] += 1
        sum_ms += length
        squares += float(length) * length
    return moments, repeats, sum_ms, squares, ends, events, plays


def main(path, calls):
    chain = chains.read(path)
    tables = (chain.start, chain.first, chain.columns, chain.threshold, chain.alias)
    rest = (chain.to, chain.ms, chain.event, chain.prompt, chain.prompts)
    walk(*tables, *rest, 10, 1)
    cpu, wall = time.process_time(), time.perf_counter()
    moments, repeats, ms, *_ = walk(*tables, *rest, calls, 1)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    told = {"moments": moments, "repeats": repeats, "ms": ms}
    print(json.dumps({"cpu": cpu, "wall": wall, "calls": calls, **told}))


main(sys.argv[1], int(sys.argv[2]))
