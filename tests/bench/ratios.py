"""plaats beside glpsol, cbc and HiGHS, all on the same exported models.

A person without a bed costs 100000 points, in the instance and so in the model: what an instance
says by itself can be more than the tolerances of the others bear. One run of each gives the time
to every gap: its log is stamped as it comes, and what the log has not told is not counted.
"""

import datetime
import hashlib
import json
import os

import process
from solvers import OTHERS, trace
from table import table

SECONDS = 300
UNPLACED = 100000
SIZES = {"300 x 40": (400, 40), "1,500 x 120": (2000, 120), "3,000 x 200": (4000, 200)}
FILLS = [0.97, 1.02]
SEEDS = 3
TARGETS = {"1 %": 0.01, "0.1 %": 0.001, "0.01 %": 0.0001, "proof": 0}
PROOF = 1 - 1e-6  # points: costs are integers, so a gap below one is a proof


# ---- Instances -------------------------------------------------------------------------------

def make_instance(options, people, sites, fill, seed):
    """The files of the instance and of its model."""
    name = os.path.join(options.folder, f"ratios-{people}-{sites}-{fill}-{seed}")
    generate = [options.plaats, "generate", "--people", people, "--sites", sites, "--settled", 0,
                "--fill", fill, "--seed", seed, "-o", f"{name}.json"]
    process.must(generate)
    with open(f"{name}.json") as text:
        instance = json.load(text)
    instance.setdefault("weights", {})["unplaced"] = UNPLACED
    with open(f"{name}.json", "w") as out:
        json.dump(instance, out)
    export = [options.plaats, "export", f"{name}.json", "--format", "mps", "--unplaced", UNPLACED,
              "-o", f"{name}.mps"]
    process.must(export)
    return f"{name}.json", f"{name}.mps"


# ---- Runs ------------------------------------------------------------------------------------

def record_of(run, points, limit):
    """What is kept of a run; the last point is its end."""
    cost, bound = points[-1][2:] if points else (None, None)
    points = points + [(run.seconds, run.processor, cost, bound)]
    return {"limit": limit, "proved": is_reached(points[-1], PROOF), "seconds": run.seconds,
            "processor": run.processor, "megabytes": run.megabytes, "points": points,
            "crashed": run.status not in (0, process.OUT_OF_TIME),
            "date": str(datetime.date.today()), "load": os.getloadavg()[0]}


def run_plaats(options, instance, limit):
    plan_file = os.path.join(options.folder, "plan.json")
    run = process.must([options.plaats, "solve", instance, "--time-limit", limit, "--progress",
                        "json", "-o", plan_file])
    process.must([options.plaats, "check", instance, plan_file])
    with open(plan_file) as text:
        plan = json.load(text)
    record = record_of(run, trace(run.lines, read_progress), limit)
    record["points"].append((run.seconds, run.processor, plan["cost"], plan["bound"]))
    record["proved"] = plan["outcome"] == "optimal"
    # What gaps are a percentage of: the points of those who have a bed.
    return record | {"placed_cost": abs(plan["cost"] - plan["parts"]["unplaced"])}


def read_progress(text):
    if not text.startswith("{"):
        return {}
    line = json.loads(text)
    return {key: line[key] for key in ("cost", "bound") if line.get(key) is not None}


def run_other(options, solver, model, limit):
    run = process.run(solver.command(options.folder, model, limit), processor_limit=limit)
    return record_of(run, trace(run.lines, solver.read), limit)


def kept_file(options, solver, instance):
    """Runs of the others take hours and do not change with plaats, so they are kept.

    Remove the folder after a change of how they are called, or to have everything measured anew.
    """
    with open(instance, "rb") as data:
        digest = hashlib.sha256(data.read()).hexdigest()[:16]
    version = "".join(c for c in solver.version(options.folder) if c.isalnum() or c == ".")
    folder = os.path.join(options.folder, "kept")
    os.makedirs(folder, exist_ok=True)
    return os.path.join(folder, f"{digest}-{version}.json")


def kept_or_run(options, solver, instance, model, limit):
    """A kept run serves as well where it had the time asked for, or needed less."""
    file = kept_file(options, solver, instance)
    if os.path.exists(file):
        with open(file) as text:
            record = json.load(text)
        if record["proved"] or record["limit"] >= limit:
            return record
    record = run_other(options, solver, model, limit)
    with open(file, "w") as out:
        json.dump(record, out)
    return record


# ---- Figures ---------------------------------------------------------------------------------

def is_reached(point, points):
    cost, bound = point[2:]
    return cost is not None and bound is not None and cost - bound <= points


def times_to(record, placed_cost):
    """For each gap: the processor seconds and the seconds when it was reached, or None."""
    times = {}
    for target, share in TARGETS.items():
        points = max(share * placed_cost, PROOF)
        reached = [point for point in record["points"] if is_reached(point, points)]
        times[target] = reached[0][1::-1] if reached else None
    return times


def gap_text(record, placed_cost):
    cost, bound = record["points"][-1][2:]
    if record["proved"]:
        return "0"
    text = ("no plan" if cost is None else "no bound" if bound is None
            else f"{100 * (cost - bound) / max(1, placed_cost):.3f} %")
    return text + (", crashed" if record["crashed"] else "")


def cell(times, ours):
    """Processor seconds, and how many times those of plaats."""
    if times is None:
        return "-"
    ratio = f" (x {times[0] / max(ours[0], 0.01):.1f})" if ours else ""
    return f"{times[0]:.2f}{ratio}"


def row_of(label, name, record, ours):
    placed_cost = ours["placed_cost"]
    times, our_times = times_to(record, placed_cost), times_to(ours, placed_cost)
    cells = [cell(times[target], None if record is ours else our_times[target])
             for target in TARGETS]
    memory = f"{record['megabytes']:.0f}"
    if record is not ours:
        memory += f" (x {record['megabytes'] / ours['megabytes']:.1f})"
    return [label, name, *cells, f"{record['seconds']:.1f}", memory,
            gap_text(record, placed_cost)]


def best_ratio(target, measured):
    """The best of the others against plaats, in the worst of the seeds."""
    worst = None
    for ours, others in measured:
        placed_cost = ours["placed_cost"]
        our_times = times_to(ours, placed_cost)[target]
        if our_times is None:
            return "not reached"
        times = [times_to(other, placed_cost)[target] for other in others]
        reached = [time[0] for time in times if time]
        # The best of those that did not get there would have needed more than it spent.
        best = min(reached or [other["processor"] for other in others])
        ratio = (best / max(our_times[0], 0.01), not reached)
        worst = min(worst or ratio, ratio)
    return f"{'> ' if worst[1] else ''}{worst[0]:.1f}"


def digest_row(label, measured):
    memory = min(min(other["megabytes"] for other in others) / ours["megabytes"]
                 for ours, others in measured)
    return [label, *(best_ratio(target, measured) for target in TARGETS), f"{memory:.1f}"]


# ---- The part --------------------------------------------------------------------------------

def measure(options, solvers, size, fill, seed):
    """plaats and the others on one instance: their records."""
    instance, model = make_instance(options, *SIZES[size], fill, seed)
    limit = options.limit or SECONDS
    ours = run_plaats(options, instance, limit)
    others = [kept_or_run(options, solver, instance, model, limit) for solver in solvers]
    os.remove(model)
    rows = [row_of(f"{size}, {fill}, seed {seed}", "plaats", ours, ours)]
    rows += [row_of("", solver.name, record, ours) for solver, record in zip(solvers, others)]
    for row in rows:
        options.say("  ".join(map(str, row)))
    return ours, others, rows


def part(options):
    versions = {solver: solver.version(options.folder) for solver in OTHERS}
    solvers = [solver for solver in OTHERS if versions[solver]]
    if len(solvers) < len(OTHERS):
        options.say("HiGHS is left out: there is no node or npm, or npm could not fetch it")
    digest, rows, kept = [], [], []
    # Seeds outside, so that an interrupted run has kept something of every size.
    measured = {(size, fill): [] for size in SIZES for fill in FILLS}
    for seed in range(1, (options.seeds or SEEDS) + 1):
        for key in measured:
            ours, others, some = measure(options, solvers, *key, seed)
            measured[key].append((ours, others))
            rows += some
            kept += others
    for (size, fill), records in measured.items():
        digest.append(digest_row(f"{size}, beds at {100 * fill:.0f} %", records))
    return chapter(options, [versions[solver] for solver in solvers], when(kept), digest, rows)


def when(records):
    """A kept run may be older than the rest, and from a busier hour."""
    days = sorted({record["date"] for record in records})
    return f"{' and '.join(days)}, at a load of up to {max(r['load'] for r in records):.1f}"


def chapter(options, versions, when_others, digest, rows):
    return [
        f"plaats beside {', '.join(versions)}; {options.limit or SECONDS:.0f} s of processor time"
        " for each, for plaats of the clock. The others ran on"
        f" {when_others}. HiGHS is the WebAssembly build of the npm package `highs`, which runs"
        " anywhere with node, is slower than a native one and has at most 2 GB of memory: it"
        " crashes where it needs more. All solve the model of `plaats export`, everyone movable, a"
        f" person without a bed at {UNPLACED} points.",
        "",
        "Times are processor seconds of the whole process, reading included, until its log first"
        " showed a plan and a bound that close: a percentage of the points of those who have a bed;"
        " a proof is a gap below one point. A log is stamped as it comes: glpsol writes every 5"
        " seconds and at each plan, cbc at each plan and now and then between, HiGHS twice a"
        " second, plaats five times. cbc and HiGHS were told that a gap below one point will do.",
        "",
        "How many times the processor time of plaats the best of the others needed, in the worst"
        " of the seeds; `>` where none of them got there in its time. Memory: the same, of peaks.",
        "",
        *table(["households x sites", *TARGETS, "memory"], digest),
        "",
        "In full; in brackets how many times plaats. *gap left*: at the end, with `no plan` where"
        " there was none.",
        "",
        *table(["instance, persons for each bed", "solver", *TARGETS, "wall s", "peak MB",
                "gap left"], rows),
    ]
