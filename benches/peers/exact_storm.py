"""The expected time to the end of a chain, by the model checker Storm."""

import json
import sys
import time

import stormpy
from stormpy import datastructures, models


def build(told):
    first, to, p, ms = told["first"], told["to"], told["p"], told["ms"]
    states = len(first) - 1
    builder = datastructures.SparseMatrixBuilder(states + 1, states + 1)
    rewards = []
    for state in range(states):
        row = {}
        for edge in range(first[state], first[state + 1]):
            target = to[edge] if to[edge] >= 0 else states
            row[target] = row.get(target, 0.0) + p[edge]
        for target in sorted(row):
            builder.add_next_value(state, target, row[target])
        rewards.append(sum(p[edge] * ms[edge] for edge in range(first[state], first[state + 1])))
    builder.add_next_value(states, states, 1.0)
    labels = models.StateLabeling(states + 1)
    labels.add_label("init")
    labels.add_label_to_state("init", told["start"])
    labels.add_label("end")
    labels.add_label_to_state("end", states)
    model = models.SparseRewardModel(optional_state_reward_vector=rewards + [0.0])
    parts = models.SparseModelComponents(
        transition_matrix=builder.build(), state_labeling=labels, reward_models={"ms": model}
    )
    return models.SparseDtmc(parts)


with open(sys.argv[1]) as file:
    told = json.load(file)
cpu, wall = time.process_time(), time.perf_counter()
model = build(told)
middle = time.process_time(), time.perf_counter()
formula = stormpy.parse_properties('R{"ms"}=? [F "end"]')[0]
answer = stormpy.model_checking(model, formula).get_value(told["start"])
end = time.process_time(), time.perf_counter()
print(
    json.dumps(
        {
            "build_cpu": middle[0] - cpu,
            "build_wall": middle[1] - wall,
            "cpu": end[0] - middle[0],
            "wall": end[1] - middle[1],
            "answer": answer,
        }
    )
)
