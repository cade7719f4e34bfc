"""What half and double of each tuning number do, written into tuning.md beside this file.

The numbers are those that stand as TUNED in the headers *_tuning.h of the engine. A build of its
own takes other values of them from the environment (solver/base/tuning.h), and each value solves
the same few weeks, at a limit of work, so that figures repeat on any machine: nothing here looks at
a clock. No value makes a plan or a bound wrong; what is asked is what they cost.
"""

import ast
import concurrent.futures
import glob
import json
import math
import os
import random
import re
import subprocess
from dataclasses import dataclass

import process
from published import WEIGHTS
from table import gap_percent, table

HERE = os.path.dirname(os.path.abspath(__file__))
RESULTS = os.path.join(HERE, "tuning.md")
HEADERS = "solver/engine/**/*_tuning.h"
FOLDER = "tuning"  # of the build with other values, in that of the program
WORK = 30  # millions of steps, for each week
SECONDS = 600  # a run that takes so long hangs
AT_ONCE = 2


# ---- The numbers -------------------------------------------------------------------------------

@dataclass(frozen=True)
class Number:
    name: str
    value: float
    is_integer: bool

    def times(self, factor):
        """A whole number is rounded, and at least 1."""
        if not self.is_integer:
            return self.value * factor
        return max(1, math.floor(self.value * factor + 0.5))


def closing(text, start):
    """Where the bracket closes that opened before `start`."""
    depth = 1
    for at in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth == 0:
            return at
    raise process.Failure(f"no end of {text[start:start + 40]}")


OPERATORS = {ast.Add: lambda a, b: a + b, ast.Sub: lambda a, b: a - b,
             ast.Mult: lambda a, b: a * b, ast.Div: lambda a, b: a / b,
             ast.LShift: lambda a, b: a << b}


def value_of(node):
    """Of a sum, a product or a plain number."""
    if isinstance(node, ast.Expression):
        return value_of(node.body)
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -value_of(node.operand)
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        return OPERATORS[type(node.op)](value_of(node.left), value_of(node.right))
    raise ValueError(node)


def number_of(name, text):
    plain = re.sub(r"\((?:u?int\d*_t|double|float|int|size_t)\)", "", text)
    plain = re.sub(r"\bU?INT(?:32|64)_C\b", "", plain)
    plain = re.sub(r"(?<![\w.])((?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)[fFuUlL]+\b", r"\1", plain)
    try:
        value = value_of(ast.parse(plain.strip(), mode="eval"))
    except (SyntaxError, ValueError):
        raise process.Failure(f"what is the value of {name}, {text}?") from None
    return Number(name, value, isinstance(value, int))


def numbers_in(file):
    with open(file) as header:
        text = re.sub(r"/\*.*?\*/|//[^\n]*", " ", header.read(), flags=re.S)
    for match in re.finditer(r'\bTUNED\(\s*"(\w+)"\s*,', text):
        yield number_of(match[1], text[match.end():closing(text, match.end())])


def find_numbers():
    numbers = [number for file in sorted(glob.glob(HEADERS, recursive=True))
               for number in numbers_in(file)]
    names = [number.name for number in numbers]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise process.Failure(f"stand twice: {' '.join(sorted(twice))}")
    return numbers


# ---- The weeks ---------------------------------------------------------------------------------

def generated(people, sites, settled, fill):
    return lambda tools: [tools.plaats, "generate", "--people", people, "--sites", sites,
                          "--settled", settled, "--fill", fill, "--quiet"]


def weak(kind, seed):
    return lambda tools: [tools.oracle, "--weak", kind, "large", seed]


def facility(sites, customers, seed):
    """Centres that cost points to keep open, and customers that are served whole by one of them:
    what they cost there is how far it is."""
    draw = random.Random(seed)
    place = lambda: (draw.randint(0, 100), draw.randint(0, 100))
    centres = [(place(), draw.randint(20, 40), draw.randint(150, 400)) for _ in range(sites)]
    served = [(place(), draw.randint(1, 8)) for _ in range(customers)]
    return {
        "format": "plaats.instance/1",
        "week": "2024-W01",
        "weights": WEIGHTS,
        "sites": [{"id": f"s{j}", "beds": beds, "keep_open": points}
                  for j, (_, beds, points) in enumerate(centres)],
        "households": [{"id": f"c{i}",
                        "wishes": {f"s{j}": -round(math.dist(at, centre[0]))
                                   for j, centre in enumerate(centres)}}
                       for i, (at, _) in enumerate(served)],
        "people": [{"id": f"c{i}-{k}", "household": f"c{i}", "age": 30}
                   for i, (_, demand) in enumerate(served) for k in range(demand)],
    }


WEEKS = {
    "tight": generated(400, 40, 0, 0.97),
    "short": generated(400, 40, 0, 1.02),
    "large": generated(2000, 120, 0.9, 0.97),
    "services": weak("services", 1),
    "keep-open": weak("keep-open", 1),
    "facility": facility(12, 40, 2),
}


@dataclass
class Tools:
    folder: str
    plaats: str
    oracle: str


def build(options):
    """The program and the generator of weak weeks, with values that can be changed."""
    folder = os.path.join(os.path.dirname(options.folder), FOLDER)
    tools = Tools(folder, os.path.join(folder, "plaats"), os.path.join(folder, "tests/oracle/oracle"))
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    subprocess.run(["make", f"-j{AT_ONCE}", f"BUILD={folder}", "CPPFLAGS=-DPLAATS_TUNING",
                    tools.plaats, tools.oracle], check=True, env=clean, stdout=subprocess.DEVNULL)
    return tools


def make_week(tools, name, source):
    file = os.path.join(tools.folder, f"{name}.json")
    with open(file, "w") as out:
        if isinstance(source, dict):
            json.dump(source, out)
        else:
            subprocess.run([str(word) for word in source(tools)], check=True, stdout=out)
    return file


# ---- Solving -----------------------------------------------------------------------------------

@dataclass
class Result:
    cost: int
    gap: float  # in percent, by the proof
    work: float  # millions of steps


def solve(tools, file, setting):
    """None where the program fails at such a value. One thread: the values are looked up once,
    without a lock."""
    command = [tools.plaats, "solve", file, "--work", WORK, "--threads", 1, "--time-limit", 86400,
               "--quiet"]
    try:
        run = subprocess.run([str(word) for word in command], env=os.environ | setting,
                             capture_output=True, timeout=SECONDS)
        plan = json.loads(run.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return None
    return Result(plan["cost"], gap_percent(plan, plan["proof"]["bound"]), plan["solver"]["work"])


def solve_all(tools, files, setting):
    return [solve(tools, file, setting) for file in files]


# ---- The table ---------------------------------------------------------------------------------

def plans_cell(before, after):
    """How many weeks have a plan that costs less, and more."""
    better = sum(b.cost < a.cost for a, b in zip(before, after))
    worse = sum(b.cost > a.cost for a, b in zip(before, after))
    return " ".join([f"{better} better"] * (better > 0) + [f"{worse} worse"] * (worse > 0)) or "="


def compare(before, after):
    """Three cells: the change of work (geometric mean), of the gap (mean, in points of a percent),
    and of plans."""
    if after is None:
        return ["-", "-", "-"]
    if None in after:
        return ["fails", "fails", "fails"]
    work = [math.log(max(b.work, 1e-3) / max(a.work, 1e-3)) for a, b in zip(before, after)]
    gap = [b.gap - a.gap for a, b in zip(before, after)]
    if before == after:
        return ["=", "=", "="]
    return [f"{100 * math.expm1(sum(work) / len(work)):+.1f} %", f"{sum(gap) / len(gap):+.4f}",
            plans_cell(before, after)]


def show(value):
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"


def change(number, factor):
    """The setting; None where the value would be the same."""
    value = number.times(factor)
    return None if value == number.value else {number.name: repr(value)}


def measure_as_it_is(tools, files):
    before = solve_all(tools, files, {})
    if None in before:
        raise process.Failure("a week cannot be solved with the values as they are")
    return before


def measure(options, tools, files, numbers, before):
    """A row for each number, as it comes from the workers."""
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        jobs = [[setting and pool.submit(solve_all, tools, files, setting)
                 for setting in (change(number, 0.5), change(number, 2))] for number in numbers]
        for number, pair in zip(numbers, jobs):
            cells = [compare(before, job and job.result()) for job in pair]
            row = [f"`{number.name}`", show(number.value), *cells[0], *cells[1]]
            options.say("  ".join(row))
            yield row


def weeks_text(before):
    return "; ".join(f"{name}: work {result.work:.1f}, gap {result.gap:.3f} %"
                     for name, result in zip(WEEKS, before))


def part(options):
    """Nothing for results.md: the table has a file of its own."""
    numbers = find_numbers()
    tools = build(options)
    files = [make_week(tools, name, source) for name, source in WEEKS.items()]
    before = measure_as_it_is(tools, files)
    rows = list(measure(options, tools, files, numbers, before))
    idle = sum(set(row[2:]) <= {"=", "-"} for row in rows)
    lines = [
        "# Tuning numbers",
        "",
        "Made by `make bench BENCH=tuning`: what half and double of each number change over"
        f" {len(WEEKS)} weeks, each with {WORK} million steps at most. *Work*: the geometric mean"
        " of its ratios. *Gap*: the mean change, in points of a percent of cost, by the proof."
        " *Plans*: weeks whose plan costs less or more. `=`: nothing changed at all; `-`: that"
        " value would be the same.",
        "",
        f"As it is: {weeks_text(before)}.",
        "",
        f"Of {len(rows)} numbers {idle} change nothing in these weeks.",
        "",
        *table(["number", "value", "half: work", "gap", "plans", "double: work", "gap", "plans"],
               rows),
    ]
    with open(RESULTS, "w") as out:
        out.write("\n".join(lines) + "\n")
