#!/usr/bin/env python3
"""Measures plaats, and writes what it finds into results.md beside this file.

    tests/bench/run.py [PART...]     ratios, published, growth, targets, tuning; by default all

Each part replaces its own chapter of results.md, so that one of them can be run again by itself;
what `tuning` finds has a file of its own, tuning.md.
In the environment: BUILD (build); LIMIT, seconds for each solve in place of a part's own; SEEDS,
how many seeds to try.
"""

import datetime
import importlib
import os
import platform
import re
import sys
import types

import process

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
RESULTS = os.path.join(HERE, "results.md")
PARTS = {
    "targets": "What has to be reached",
    "ratios": "Beside other solvers",
    "published": "Published instances",
    "growth": "Growth",
    "tuning": "Tuning numbers",
}
HEAD = "# Results\n\nMade by `make bench`; each chapter by `make bench BENCH=NAME`.\n"


def machine():
    with open("/proc/cpuinfo") as text:
        model = re.search(r"^model name\s*: (.*)$", text.read(), re.M)
    with open("/proc/meminfo") as text:
        memory = int(re.search(r"^MemTotal: *(\d+)", text.read(), re.M)[1]) / 2**20
    return (f"{model[1] if model else platform.machine()}, {len(os.sched_getaffinity(0))} cores,"
            f" {memory:.0f} GB")


def replace_chapter(name, lines):
    """Chapters stand in the order of PARTS, whatever the order they were measured in."""
    text = open(RESULTS).read() if os.path.exists(RESULTS) else HEAD
    chapters = dict(re.findall(r"^## (.*)\n((?:(?!## ).*\n?)*)", text, re.M))
    chapters[PARTS[name]] = "\n".join(["", *lines, "", ""])
    with open(RESULTS, "w") as out:
        out.write(HEAD + "\n")
        out.write("".join(f"## {title}\n{chapters[title].rstrip()}\n\n"
                          for title in PARTS.values() if title in chapters).rstrip() + "\n")


def read_options():
    build = os.environ.get("BUILD", "build")
    folder = os.path.join(build, "bench")
    os.makedirs(folder, exist_ok=True)
    limit, seeds = os.environ.get("LIMIT"), os.environ.get("SEEDS")
    return types.SimpleNamespace(
        plaats=os.path.join(build, "plaats"), folder=folder, limit=float(limit) if limit else None,
        seeds=int(seeds) if seeds else None, say=lambda text: print(text, flush=True))


def measure(name, options):
    """False where a program failed that should not have; the other parts go on."""
    options.say(f"# {PARTS[name]}")
    head = (f"{datetime.date.today()}, {machine()}, at a load of {os.getloadavg()[0]:.1f}"
            f" before the start; `make bench BENCH={name}`.")
    try:
        lines = importlib.import_module(name).part(options)
    except process.Failure as failure:
        print(failure, file=sys.stderr)
        return False
    if lines:
        replace_chapter(name, [head, "", *lines])
    return True


def main():
    names = sys.argv[1:] or list(PARTS)
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        sys.exit(f"unknown part '{unknown[0]}'; there are: {' '.join(PARTS)}")
    os.chdir(ROOT)
    os.environ["LC_ALL"] = "C"
    options = read_options()
    faults = [name for name in names if not measure(name, options)]
    if faults:
        sys.exit(f"went wrong: {' '.join(faults)}")


if __name__ == "__main__":
    main()
