"""How anything is timed: the best of several tries, in this process's own seconds, and peers in turns with ours."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

TRIES = 7


def best(work: Callable[[], float], tries: int = TRIES) -> float:
    """The shortest time that one unit of work took; `work` returns how many units it did."""
    times = []
    for _ in range(tries):
        began = time.process_time()
        units = work()
        times.append((time.process_time() - began) / units)
    return min(times)


def child(code: str, tries: int = TRIES) -> float:
    """The shortest wall time of a fresh Python that runs this code."""
    times = []
    for _ in range(tries):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        times.append(time.perf_counter() - began)
    return min(times)


def peak(code: str) -> float:
    """The most memory that a fresh Python held while it ran this code, in MiB."""
    tail = "\nprint(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')).split()[1])"
    done = subprocess.run([sys.executable, "-c", code + tail], check=True, capture_output=True, text=True)
    return float(done.stdout.splitlines()[-1]) / 1024
