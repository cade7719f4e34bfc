#!/usr/bin/env python3
"""Plans one instance, asks what one bed more at each full site would change, and tells what is wrong
with an instance that is refused. Everything goes through the program `plaats`, as JSON.

    batch.py INSTANCE          PLAATS: the program, if it is not on the path
"""
import json
import os
import subprocess
import sys
import tempfile

PLAATS = os.environ.get("PLAATS", "plaats")


class Refused(Exception):
    """The instance is bad; .problems holds all that is wrong, each with its place."""

    def __init__(self, problems):
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def solve(instance, *options):
    """The plan as a dictionary."""
    run = subprocess.run([PLAATS, "solve", instance, "--errors", "json", *options],
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    said = [json.loads(line) for line in run.stderr.splitlines()]
    if run.returncode == 3:  # bad input
        raise Refused([line for line in said if "message" in line])
    if run.returncode not in (0, 1, 4):  # 4: stopped by a signal, with the best plan so far
        raise RuntimeError(said[0]["message"])
    return json.loads(run.stdout)


def sweep(instance, scenarios, *options):
    """A row for each scenario, in the order they end; plans are in files, rows say where."""
    with tempfile.TemporaryDirectory() as folder:
        lines = "".join(json.dumps(scenario) + "\n" for scenario in scenarios)
        run = subprocess.run([PLAATS, "solve", instance, "--scenario", "-", "--out-dir", folder,
                              "--quiet", *options],
                             input=lines.encode(), stdout=subprocess.PIPE, check=False)
        for line in run.stdout.splitlines():
            yield json.loads(line)


def one_bed_more(plan):
    for site in plan["sites"]:
        week = site["weeks"][0]
        if 0 < week["beds"] == week["taken"]:
            yield {"name": site["id"],
                   "changes": [{"pointer": f"/sites/@{site['id']}/beds", "value": week["beds"] + 1,
                                "because": "what if"}]}


def main():
    try:
        plan = solve(sys.argv[1], "--work", "1000")
    except Refused as refused:
        for problem in refused.problems:
            print(f"line {problem['line']}: {problem['pointer']}: {problem['message']}")
        return 3
    print(f"{plan['outcome']}: {plan['cost']} points, {len(plan['stays'])} households placed")
    for row in sweep(sys.argv[1], one_bed_more(plan), "--work", "1000"):
        print(f"one bed more at {row['scenario']} saves {plan['cost'] - row['cost']} points")
    return 0


if __name__ == "__main__":
    sys.exit(main())
