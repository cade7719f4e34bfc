"""What plaats has to reach: how close its proof comes in a given time, and in what memory.

The gap is that of `proof.bound`, which anyone can recompute, whatever else the plan says. Each
milestone is a run of its own with that time limit, and the worst of the seeds counts.
"""

import json
import os
from dataclasses import dataclass

import process
from table import gap_percent, table

PROVED = 0
GIVEN = 1.0  # seconds a run may take beyond its limit, and a tenth from LARGE people on
LARGE = 500_000


@dataclass
class Aim:
    name: str
    source: list  # arguments of generate, or one file
    milestones: list  # of (gap in percent or PROVED, seconds)
    megabytes: int
    seeds: int = 3


def generated(people, sites, settled, fill=0.97):
    return ["--people", people, "--sites", sites, "--settled", settled, "--fill", fill]


AIMS = [
    Aim("300 x 40, beds at 97 %", generated(400, 40, 0), [(PROVED, 10)], 100),
    Aim("300 x 40, beds at 102 %", generated(400, 40, 0, 1.02), [(PROVED, 10)], 100),
    Aim("1,500 x 120, beds at 97 %", generated(2000, 120, 0), [(0.1, 5), (PROVED, 120)], 200),
    Aim("1,500 x 120, beds at 102 %", generated(2000, 120, 0, 1.02), [(0.1, 5), (PROVED, 120)],
        200),
    Aim("the bundled real week", ["instances/netherlands-2023-W06.json"],
        [(0.05, 5), (PROVED, 120)], 200, seeds=1),
    Aim("3,000 x 200, most movable", generated(4000, 200, 0.3), [(0.2, 10), (0.05, 60)], 300),
    Aim("75,500 people x 330 sites, nine tenths settled", generated(75500, 330, 0.9),
        [(0.2, 15), (0.02, 60)], 1024),
    Aim("75,500 people x 330 sites, nobody settled", generated(75500, 330, 0),
        [(0.5, 30), (0.05, 120)], 1024),
    Aim("1,000,000 people x 1,500 sites", generated(1_000_000, 1500, 0.9), [(1, 600)], 8192,
        seeds=1),  # eleven minutes each
]


@dataclass
class Result:
    proof_gap: float
    gap: float
    outcome: str
    certified: bool  # optimal, and by the proof
    people: int
    run: process.Run


def instance_file(options, aim, seed):
    if len(aim.source) == 1:
        return aim.source[0]
    file = os.path.join(options.folder, "target.json")
    generate = [options.plaats, "generate", *aim.source, "--seed", seed, "-o", file]
    process.must(generate)
    return file


def solve(options, instance, seconds):
    """One run, whose plan `check` must accept; the check is not in the time."""
    file = os.path.join(options.folder, "plan.json")
    run = process.must([options.plaats, "solve", instance, "--time-limit", seconds, "-o", file])
    process.must([options.plaats, "check", instance, file])
    with open(file) as text:
        plan = json.load(text)
    proof = plan["proof"]["bound"]
    return Result(gap_percent(plan, proof), gap_percent(plan, plan["bound"]), plan["outcome"],
                  plan["cost"] == proof, plan["totals"]["persons"], run)


def is_reached(result, gap, seconds, megabytes):
    given = max(GIVEN, seconds / 10 if result.people > LARGE else 0)
    close = result.certified if gap == PROVED else result.proof_gap <= gap
    return close and result.run.seconds <= seconds + given and result.run.megabytes <= megabytes


def describe(label, result):
    return (f"{label}: {result.outcome}, gap by the proof {result.proof_gap:.4f} %, with the word"
            f" of GLPK {result.gap:.4f} %, {result.run.seconds:.1f} s,"
            f" {result.run.processor:.1f} s of processor, {result.run.megabytes:.0f} MB")


def milestone_row(aim, gap, seconds, results):
    reached = sum(is_reached(result, gap, seconds, aim.megabytes) for result in results)
    goal = "proved" if gap == PROVED else f"{gap} %"
    return [aim.name, f"{goal} in {seconds} s, {aim.megabytes} MB",
            f"{max(result.proof_gap for result in results):.4f} %",
            f"{max(result.gap for result in results):.4f} %",
            f"{max(result.run.seconds for result in results):.1f}",
            f"{max(result.run.processor for result in results):.1f}",
            f"{max(result.run.megabytes for result in results):.0f}",
            f"{reached} of {len(results)}"]


def measure(options, aim):
    """A row for each milestone."""
    results = [[] for _ in aim.milestones]
    for seed in range(1, (options.seeds or aim.seeds) + 1 if len(aim.source) > 1 else 2):
        instance = instance_file(options, aim, seed)
        for (gap, seconds), of_milestone in zip(aim.milestones, results):
            result = solve(options, instance, options.limit or seconds)
            options.say(describe(f"{aim.name}, seed {seed}, {seconds} s", result))
            of_milestone.append(result)
    return [milestone_row(aim, *milestone, of_milestone)
            for milestone, of_milestone in zip(aim.milestones, results)]


def part(options):
    rows = [row for aim in AIMS for row in measure(options, aim)]
    return [
        *([f"Only tried out: {options.limit:g} s for each.", ""] if options.limit else []),
        "The worst of the seeds. *By the proof*: the gap between the cost and `proof.bound`;"
        " *with GLPK*: between the cost and `bound`, which may rest on the word of GLPK. Seconds"
        " and memory are those of the whole command, from JSON to a checked plan.",
        "",
        *table(["instance", "aimed at", "by the proof", "with GLPK", "s", "processor s", "peak MB",
                "reached"], rows),
    ]
