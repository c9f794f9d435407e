"""Audits a folder of phone trees with PyYAML and NetworkX, as a peer to measure against.

usage: audit.py FOLDER [--each]

Prints one line of totals and the seconds spent in each part; with --each, also one line a file.
"""

import argparse
from collections import Counter
from pathlib import Path
from time import perf_counter

import networkx as nx
import yaml

PERSON = "person"  # a node behind every step at which a person answers
TARGETS = (
    "then", "otherwise", "no-input", "no-match", "open", "closed", "holiday", "emergency",
    "full", "busy", "unanswered", "again", "done", "error", "while-waiting",
)
SILENT = {"no-input", "no-match"}  # ways that no caller chooses
ENDS = {"agent", "queue", "transfer", "voicemail", "callback", "hang-up", "return"}


def target(option):
    """The step that an option leads to: in its short form it is the name alone."""
    return option.get("to") if isinstance(option, dict) else option


def edges(step):
    """Yields (target, key presses, field) of each way out of a step."""
    for key, option in (step.get("keys") or {}).items():
        yield target(option), len(str(key)), "keys"
    for option in (step.get("cases") or {}).values():
        yield target(option), 0, "cases"
    for exit_target in (step.get("exits") or {}).values():
        yield exit_target, 0, "exits"
    if "overflow" in step:
        yield target(step["overflow"]), 0, "overflow"
    for field in TARGETS:
        if field in step:
            yield step[field], 0, field


def reaches_person(step):
    kind = step.get("kind")
    return kind in ("agent", "queue") or (kind == "transfer" and step.get("reaches") == "person")


def chosen(field):
    """A weight that counts `field` over the ways that a caller chooses; None hides an edge."""
    return lambda _from, _to, edge: edge[field] if edge["chosen"] else None


def build(tree):
    """The tree as a graph weighted with key presses and menus, and its undefined targets."""
    steps = tree["steps"]
    graph = nx.DiGraph()
    undefined = []
    for name, step in steps.items():
        graph.add_node(name, kind=step.get("kind"))
        for to, keys, field in edges(step):
            if to not in steps:
                undefined.append((name, field, to))
                continue
            menus = int(step.get("kind") == "menu")
            by_choice = field not in SILENT
            known = graph.get_edge_data(name, to)
            if known is None or (by_choice, -keys) > (known["chosen"], -known["keys"]):
                graph.add_edge(name, to, keys=keys, menus=menus, chosen=by_choice)
        if reaches_person(step):
            graph.add_edge(name, PERSON, keys=0, menus=0, chosen=True)
    return graph, undefined


def audit(tree):
    """Measures one tree."""
    steps, entry = tree["steps"], tree["entry"]
    graph, undefined = build(tree)
    reachable = nx.descendants(graph, entry) | {entry}
    if PERSON in graph:
        backward = graph.reverse(copy=False)
        keys = nx.single_source_dijkstra_path_length(backward, PERSON, weight=chosen("keys"))
        menus = nx.single_source_dijkstra_path_length(backward, PERSON, weight=chosen("menus"))
    else:
        keys = menus = {}
    dominators = nx.immediate_dominators(graph, entry)
    forced = []
    if PERSON in dominators:
        node = dominators[PERSON]
        while node is not None and node != entry:
            forced.append(node)
            node = dominators[node]
        forced.append(entry)
    cycles = [c for c in nx.strongly_connected_components(graph) if len(c) > 1]
    dead_ends = [
        name for name in reachable
        if name != PERSON and graph.out_degree(name) == 0 and steps[name].get("kind") not in ENDS
    ]
    unhandled = [
        name for name, step in steps.items()
        if step.get("kind") == "menu" and not {"no-input", "no-match"} <= step.keys()
    ]
    return {
        "steps": len(steps),
        "undefined": len(undefined),
        "unreachable": len(steps) - len(reachable - {PERSON}),
        "no person": sum(name not in keys for name in reachable - {PERSON}),
        "menus": menus.get(entry),
        "keys": keys.get(entry),
        "forced": len(forced),
        "cycles": len(cycles),
        "dead ends": len(dead_ends),
        "unhandled": len(unhandled),
    }


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--each", action="store_true", help="print one line a file")
    options = arguments.parse_args()

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    files = size = 0
    parsing = auditing = 0.0
    totals = Counter()
    started = perf_counter()
    for path in sorted(options.folder.glob("*.yaml")):
        text = path.read_bytes()
        before = perf_counter()
        tree = yaml.load(text, Loader=loader)
        between = perf_counter()
        measured = audit(tree)
        auditing += perf_counter() - between
        parsing += between - before
        files += 1
        size += len(text)
        totals.update({name: value or 0 for name, value in measured.items()})
        if options.each:
            print(path.name, *(f"{name}={value}" for name, value in measured.items()), sep="\t")
    seconds = perf_counter() - started
    print(f"files={files}", *(f"{name}={value}" for name, value in totals.items()), sep="\t")
    print(f"bytes={size}\tseconds={seconds:.3f}\tparsing={parsing:.3f}\tauditing={auditing:.3f}")


if __name__ == "__main__":
    main()
