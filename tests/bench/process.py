"""Runs a program and measures it: seconds, processor time, peak memory, and when each line came."""

import os
import resource
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field

TICKS = os.sysconf("SC_CLK_TCK")


OUT_OF_TIME = 128 + signal.SIGXCPU  # how `time` tells that the limit of processor time was met


class Failure(Exception):
    """A command that should have gone well, and what it said."""


@dataclass
class Line:
    seconds: float    # of the clock, since the start
    processor: float  # seconds the program had used by then
    text: str


@dataclass
class Run:
    status: int
    seconds: float    # wall clock, start and end of the process included
    processor: float  # user and system time of all its threads
    megabytes: float  # peak resident memory
    lines: list[Line] = field(default_factory=list)


def child_of(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as children:
            return int(children.read().split()[0])
    except (OSError, IndexError):
        return None


def processor_seconds(pid):
    """None where the program has ended already."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            fields = stat.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS
    except OSError:
        return None


def run(command, processor_limit=None):
    """Standard error joins standard output; each line is stamped when it arrives.

    `time` stands between, since what the system reports of our own child would include the memory
    of this interpreter. The system ends a program that has used its limit of processor seconds.
    """
    def set_limit():
        if processor_limit:
            resource.setrlimit(resource.RLIMIT_CPU, (int(processor_limit), resource.RLIM_INFINITY))

    with tempfile.NamedTemporaryFile("r") as usage:
        begin = time.monotonic()
        process = subprocess.Popen(
            ["/usr/bin/time", "--quiet", "-f", "%e %U %S %M", "-o", usage.name, *map(str, command)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            errors="replace", preexec_fn=set_limit)
        lines = []
        for text in process.stdout:
            now = time.monotonic() - begin
            lines.append(Line(now, processor_seconds(child_of(process.pid)), text.rstrip("\n")))
        status = process.wait()
        seconds, user, system, kilobytes = map(float, usage.read().split()[-4:])
    for line in lines:
        if line.processor is None:
            line.processor = user + system
    return Run(status, seconds, user + system, kilobytes / 1024, lines)


def must(command):
    """Runs what only a fault can make fail."""
    done = run(command)
    if done.status != 0:
        said = "\n".join(line.text for line in done.lines[-5:])
        raise Failure(f"{' '.join(map(str, command))}: status {done.status}\n{said}")
    return done
