"""A queue whose callers have limited patience, in SimPy."""

import json
import random
import sys
import time

import simpy


def main(customers, per_hour, agents, handle, patience):
    draw = random.Random(1)
    env = simpy.Environment()
    people = simpy.Resource(env, capacity=agents)
    count = {"abandoned": 0, "waits": 0.0}

    def caller():
        came = env.now
        with people.request() as turn:
            yield turn | env.timeout(draw.expovariate(1 / patience))
            count["waits"] += env.now - came
            if turn.triggered:
                yield env.timeout(draw.expovariate(1 / handle))
            else:
                count["abandoned"] += 1

    def arrivals():
        for _ in range(customers):
            yield env.timeout(draw.expovariate(per_hour / 3600))
            env.process(caller())

    cpu, wall = time.process_time(), time.perf_counter()
    env.process(arrivals())
    env.run()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(json.dumps({"cpu": cpu, "wall": wall, "customers": customers, "abandoned": count["abandoned"]}))


customers, per_hour, agents, handle, patience = map(float, sys.argv[1:])
main(int(customers), per_hour, int(agents), handle, patience)
