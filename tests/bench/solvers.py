"""The solvers, and how the log of each tells what plan and what bound it has at a time."""

import json
import os
import re
import shutil
import subprocess

NUMBER = r"([-+]?[0-9][0-9.]*(?:e[-+]?[0-9]+)?)"
HIGHS_FOLDER = "node"  # below the folder of the benchmarks
HERE = os.path.dirname(os.path.abspath(__file__))


def first_match(text, patterns):
    for pattern, kind in patterns:
        match = re.search(pattern, text)
        if match:
            return kind, match
    return None, None


class Glpsol:
    name = "glpsol"
    # "+ 123: mip = 45 >= 44 0.1% (3; 4)", ">>>>> 45" in place of "mip = 45" for a new plan
    LINES = [(rf"^\+.*(?:mip =|>>>>>) +{NUMBER} >= +{NUMBER}", "both"),
             (rf"^\+.*(?:mip =|>>>>>) +{NUMBER} >= +tree is empty", "optimal"),
             (rf"^\+.*not found yet >= +{NUMBER}", "bound")]

    def version(self, folder):
        words = subprocess.run(["glpsol", "--version"], capture_output=True, text=True).stdout
        return "GLPK " + re.search(r"(\d+\.\d+)", words)[1]

    def command(self, folder, model, limit):
        return ["glpsol", "--freemps", model]

    def read(self, text):
        if text.startswith("INTEGER OPTIMAL SOLUTION FOUND"):
            return {"optimal": True}
        kind, match = first_match(text, self.LINES)
        if kind == "both":
            return {"cost": float(match[1]), "bound": float(match[2])}
        if kind == "optimal":
            return {"cost": float(match[1]), "optimal": True}
        return {"bound": float(match[1])} if kind else {}


class Cbc:
    name = "cbc"
    LINES = [(rf"^Cbc0010I .* {NUMBER} best solution, best possible {NUMBER}", "both"),
             (rf"^Cbc00\d\dI Integer solution of {NUMBER} found", "cost"),
             (rf"^Cbc0013I .* changed objective from .* to {NUMBER}", "bound"),
             (rf"^Cbc0001I Search completed - best objective {NUMBER}", "optimal"),
             (rf"^Continuous objective value is {NUMBER}", "rounded bound")]
    NONE_YET = 1e40  # how it writes that there is no plan

    def version(self, folder):
        words = subprocess.run(["cbc", "-quit"], capture_output=True, text=True).stdout
        return "CBC " + re.search(r"Version: *(\S+)", words)[1]

    def command(self, folder, model, limit):
        # Line by line, to be timed. Costs are integers: a gap below 1 is a proof. It gives its
        # bound when it ends by itself.
        return ["stdbuf", "-oL", "cbc", model, "sec", f"{0.97 * limit:.0f}", "allow", "0.99",
                "solve"]

    def read(self, text):
        if text.startswith("Result - Optimal solution found"):
            return {"optimal": True}
        kind, match = first_match(text, self.LINES)
        if not kind or abs(float(match[1])) > self.NONE_YET:
            return {"bound": float(match[2])} if kind == "both" else {}
        value = float(match[1])
        return {"both": lambda: {"cost": value, "bound": float(match[2])},
                "cost": lambda: {"cost": value},
                "bound": lambda: {"bound": value},
                "optimal": lambda: {"cost": value, "optimal": True},
                # Of six digits, the last rounded, perhaps upwards.
                "rounded bound": lambda: {"bound": value - 1e-5 * abs(value)}}[kind]()


class Highs:
    name = "HiGHS"
    # The share explored, the bound, the plan, the gap.
    ROW = r"%\s+([-+0-9.e]+|-inf)\s+([-+0-9.e]+|inf)\s+(?:[0-9.]+%|Large|inf)\s"

    def module(self, folder):
        """Fetched from the npm registry when first needed; None where that cannot be."""
        place = os.path.join(folder, HIGHS_FOLDER)
        module = os.path.join(place, "node_modules", "highs")
        if not os.path.isdir(module) and shutil.which("npm"):
            os.makedirs(place, exist_ok=True)
            subprocess.run(["npm", "install", "--prefix", place, "--no-save", "--no-audit",
                            "--no-fund", "--silent", "highs"])
        return module if os.path.isdir(module) and shutil.which("node") else None

    def version(self, folder):
        module = self.module(folder)
        if not module:
            return None
        with open(os.path.join(module, "package.json")) as text:
            return f"HiGHS {json.load(text)['version']} (WebAssembly)"

    def command(self, folder, model, limit):
        return ["node", os.path.join(HERE, "highs.js"), self.module(folder), model]

    def read(self, text):
        if re.match(r"^  Status +Optimal", text):
            return {"optimal": True}
        match = re.search(self.ROW, text)
        if not match:
            return {}
        values = {"bound": float(match[1]), "cost": float(match[2])}
        return {key: value for key, value in values.items() if abs(value) < float("inf")}


OTHERS = [Glpsol(), Cbc(), Highs()]


def trace(lines, read):
    """Each time the plan or the bound got better: seconds, processor, cost, bound."""
    points, cost, bound = [], None, None
    for line in lines:
        found = read(line.text)
        if "cost" in found and (cost is None or found["cost"] < cost):
            cost = found["cost"]
        if "bound" in found and (bound is None or found["bound"] > bound):
            bound = found["bound"]
        if found.get("optimal") and cost is not None:
            bound = cost
        if (cost, bound) != (points[-1][2:] if points else (None, None)):
            points.append((line.seconds, line.processor, cost, bound))
    return points
