"""How time and memory grow from a thousand people to a million, to a gap of one percent."""

import json
import os
import re

import process
from table import gap_percent, table

SECONDS = 600
GAP = 1  # percent
SIZES = [(1000, 20), (10_000, 80), (75_500, 330), (250_000, 700), (1_000_000, 1500)]
COUNTED = 10_000  # people up to which instructions are counted, fifty times slower


def instance_file(options, people, sites):
    file = os.path.join(options.folder, "growth.json")
    generate = [options.plaats, "generate", "--people", people, "--sites", sites, "--settled", 0.9,
                "-o", file]
    process.must(generate)
    return file


def instructions(options, command):
    """Counted by callgrind; the clock must not end such a run, so it has no limit to speak of."""
    counts = os.path.join(options.folder, "callgrind.out")
    run = process.must(["valgrind", "--tool=callgrind", f"--callgrind-out-file={counts}", *command,
                        "--time-limit", 86400])
    match = re.search(r"Collected : (\d+)", "\n".join(line.text for line in run.lines))
    return int(match[1])


def measure(options, people, sites):
    instance = instance_file(options, people, sites)
    plan_file = os.path.join(options.folder, "plan.json")
    read = process.must([options.plaats, "validate", instance, "-o", os.devnull])
    command = [options.plaats, "solve", instance, "--gap", GAP, "-o", plan_file]
    run = process.must([*command, "--time-limit", options.limit or SECONDS])
    with open(plan_file) as text:
        plan = json.load(text)
    count = instructions(options, command) if people <= COUNTED else None
    row = [f"{people:,} x {sites:,}", f"{read.seconds:.2f}", f"{run.seconds:.2f}",
           f"{run.processor:.2f}", f"{1e6 * run.processor / people:.0f}",
           f"{count / people / 1e3:.0f}" if count else "-", f"{run.megabytes:.0f}",
           f"{1024 * run.megabytes / people:.1f}", f"{gap_percent(plan, plan['bound']):.3f} %"]
    options.say("  ".join(row))
    return row


def part(options):
    rows = [measure(options, *size) for size in SIZES]
    return [
        f"`plaats solve --gap {GAP}`, nine tenths of the people settled, at most"
        f" {options.limit or SECONDS:g} s. *validate*: reading and validating alone. Instructions"
        f" are counted by callgrind, up to {COUNTED:,} people.",
        "",
        *table(["people x sites", "validate s", "solve s", "processor s", "µs a person",
                "1000 instructions a person", "peak MB", "KB a person", "gap"], rows),
    ]
