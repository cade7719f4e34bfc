"""The published single-source facility sets: each is solved and compared with its known optimum.

They are no part of this project and are read where they lie, beside the checkout. Their files hold
"sites customers", capacities, opening costs, demands, then for each customer the cost of being
served whole by each site; `os` has one optimum a line, line i for file p<i>.

    python3 tests/bench/published.py FILE DECIMALS > instance.json    converts one of them
"""

import json
import os
import sys
from dataclasses import dataclass
from decimal import Decimal

import process
from table import gap_percent, table

FOLDER = "../shared/bench/sscflp"
SETS = {"delmaire": 0, "orlib": 4}  # decimals of the costs, which are integers here
SECONDS = 60
# Only opening and serving cost anything.
WEIGHTS = dict.fromkeys(["temporary", "temporary_child", "move", "school_move", "km", "misfit",
                         "overstay"], 0) | {"unplaced": "first"}


def integer(text, decimals):
    value = Decimal(text).scaleb(decimals)
    if value != int(value):
        sys.exit(f"{text} has more than {decimals} decimals")
    return int(value)


def convert(file, decimals):
    """A site is a centre that costs points to keep open, a customer a household of its demand."""
    with open(file) as text:
        words = iter(text.read().split())
    sites, customers = int(next(words)), int(next(words))
    take = lambda count, digits: [integer(next(words), digits) for _ in range(count)]
    capacities, openings = take(sites, 0), take(sites, decimals)
    demands = take(customers, 0)
    costs = [take(sites, decimals) for _ in range(customers)]
    return {
        "format": "plaats.instance/1",
        "week": "2024-W01",
        "weights": WEIGHTS,
        "sites": [{"id": f"s{j}", "beds": capacities[j], "keep_open": openings[j]}
                  for j in range(sites)],
        "households": [{"id": f"c{i}", "wishes": {f"s{j}": -costs[i][j] for j in range(sites)}}
                       for i in range(customers)],
        "people": [{"id": f"c{i}-{k}", "household": f"c{i}", "age": 30}
                   for i in range(customers) for k in range(demands[i])],
    }


def solve(plaats, folder, instance, seconds):
    """The plan, which `check` must accept, and the run."""
    file, plan = os.path.join(folder, "instance.json"), os.path.join(folder, "plan.json")
    with open(file, "w") as out:
        json.dump(instance, out)
    run = process.must([plaats, "solve", file, "--time-limit", seconds, "-o", plan])
    process.must([plaats, "check", file, plan])
    with open(plan) as text:
        return json.load(text), run


def optima(name):
    with open(os.path.join(FOLDER, name, "os")) as text:
        return [Decimal(word) for word in text.read().split()]


def is_optimum(cost, decimals, optimum):
    """The published optima are rounded to two decimals."""
    return abs(Decimal(cost).scaleb(-decimals) - optimum) <= Decimal("0.005")


def above_percent(cost, decimals, optimum):
    return 100 * float(Decimal(cost).scaleb(-decimals) / optimum - 1)


@dataclass
class Row:
    label: str
    outcome: str
    bound_from: str
    run: process.Run
    found: bool       # whether the published optimum was
    above: float      # the optimum, in percent
    gap: float        # in percent
    proof_gap: float  # that of the proof alone


def measure_set(name, options):
    decimals, seconds = SETS[name], options.limit or SECONDS
    for number, optimum in enumerate(optima(name), 1):
        instance = convert(os.path.join(FOLDER, name, f"p{number}"), decimals)
        plan, run = solve(options.plaats, options.folder, instance, seconds)
        row = Row(f"{name} p{number}", plan["outcome"], plan["bound_from"], run,
                  is_optimum(plan["cost"], decimals, optimum),
                  above_percent(plan["cost"], decimals, optimum),
                  gap_percent(plan, plan["bound"]), gap_percent(plan, plan["proof"]["bound"]))
        options.say(describe(row))
        yield row


def describe(row):
    return (f"{row.label}: {row.outcome} after {row.run.seconds:.1f} s,"
            f" {row.above:.4f} % above the optimum, gap {row.gap:.4f} %, by the proof"
            f" {row.proof_gap:.4f} %")


def is_proved(row):
    return row.found and row.outcome == "optimal"


def summary(name, rows):
    seconds = sorted(row.run.seconds for row in rows)
    certified = sum(is_proved(row) and row.bound_from == "proof" for row in rows)
    return [name, len(rows), sum(row.found for row in rows), sum(map(is_proved, rows)), certified,
            f"{seconds[len(seconds) // 2]:.1f}", f"{seconds[-1]:.1f}",
            f"{max(row.run.megabytes for row in rows):.0f}"]


def exceptions(rows):
    """What was not found or not proved, one line each."""
    for row in rows:
        if not is_proved(row):
            yield [row.label, row.outcome, f"{row.above:.4f} %", f"{row.gap:.4f} %",
                   f"{row.run.seconds:.1f}"]


def part(options):
    """The text of this part of the results."""
    if not os.path.isdir(FOLDER):
        options.say(f"skipped: the published sets are not at {FOLDER}")
        return None
    rows = {name: list(measure_set(name, options)) for name in SETS}
    every = [row for of_set in rows.values() for row in of_set]
    lines = [f"Read from {FOLDER}, which is no part of this project; {options.limit or SECONDS} s"
             " for each. *Proved*: `outcome` is `optimal`; *by the proof*: the prices, cuts and"
             " cases of the plan prove it, for anyone to check.", ""]
    lines += table(["set", "instances", "optimum found", "proved", "by the proof",
                    "median s", "longest s", "peak MB"],
                   [summary(name, of_set) for name, of_set in rows.items()]
                   + [summary("all", every)])
    rest = list(exceptions(every))
    if rest:
        lines += ["", "Not found or not proved:", ""]
        lines += table(["instance", "outcome", "above the optimum", "gap left", "s"], rest)
    return lines


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: published.py FILE DECIMALS")
    json.dump(convert(sys.argv[1], int(sys.argv[2])), sys.stdout)
