"""A queue whose callers have limited patience, in Ciw."""

import json
import sys
import time

import ciw


def main(customers, per_hour, agents, handle, patience):
    exponential = ciw.dists.Exponential
    network = ciw.create_network(
        arrival_distributions=[exponential(rate=per_hour / 3600)],
        service_distributions=[exponential(rate=1 / handle)],
        reneging_time_distributions=[exponential(rate=1 / patience)],
        number_of_servers=[agents],
    )
    ciw.seed(1)
    cpu, wall = time.process_time(), time.perf_counter()
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(customers, method="Arrive")
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    records = simulation.get_all_records(only=["service", "renege"])
    left = sum(record.record_type == "renege" for record in records)
    print(json.dumps({"cpu": cpu, "wall": wall, "customers": len(records), "abandoned": left}))


customers, per_hour, agents, handle, patience = map(float, sys.argv[1:])
main(int(customers), per_hour, int(agents), handle, patience)
