"""What a measurement is, and how it is taken: seconds of a child process's own steps, its peak memory."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

REPOSITORY = Path(__file__).resolve().parents[2]
COMPILED = str(Path(tempfile.gettempdir()) / "socialwork-benchmark-compiled")
Numbers = dict[str, float]


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` against `limit`: a ratio where `unit` is "×"; without a limit it is told and no more. `detail` says what was
    divided by what."""

    name: str
    value: float
    limit: float | None
    unit: str
    detail: str
    at_least: bool = False

    @property
    def kept(self) -> bool | None:
        """None where there is no limit to keep."""
        if self.limit is None:
            return None
        return self.value >= self.limit if self.at_least else self.value <= self.limit


def slower(name: str, limit: float | None, ours: tuple[str, float], floor: tuple[str, float]) -> Figure:
    """How many times as long as the floor; the seconds come with what took them."""
    return Figure(name, ours[1] / floor[1], limit, "×", f"{_took(ours)} / {_took(floor)}")


def faster(name: str, limit: float, ours: tuple[str, float], other: tuple[str, float]) -> Figure:
    return Figure(name, other[1] / ours[1], limit, "×", f"{_took(other)} / {_took(ours)}", at_least=True)


def _took(named: tuple[str, float]) -> str:
    name, seconds = named
    return f"{name} {seconds:.2f} s" if seconds >= 1 else f"{name} {seconds * 1000:.1f} ms"


@contextmanager
def timed(into: Numbers, name: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    into[name] = time.perf_counter() - started


def percentile(seconds: Sequence[float], share: float) -> float:
    return sorted(seconds)[min(int(len(seconds) * share), len(seconds) - 1)]


def in_child(step: str, *words: object) -> Numbers:
    """Run one step of `tests.benchmark.steps` in a process of its own and give its numbers."""
    return run_module("tests.benchmark.steps", step, *words)


def run_module(module: str, *words: object) -> Numbers:
    """The numbers that a module prints, run by a Python that keeps what it compiled, as an installed program does."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {
        "QT_QPA_PLATFORM": "offscreen",
        "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
        "PYTHONPYCACHEPREFIX": COMPILED,
    }
    command = [sys.executable, "-m", module, *map(str, words)]
    done = subprocess.run(command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def medians(times: int, *steps: Callable[[], Numbers]) -> list[Numbers]:
    """Each step some times, in turns, so that a busy moment of the machine meets them all."""
    rounds = [[step() for step in steps] for _ in range(times)]
    return [{name: median(one[name] for one in taken) for name in taken[0]} for taken in zip(*rounds, strict=True)]


def peak_megabytes() -> float:
    """The most memory that this process has held so far. `getrusage` would also count what its parent held."""
    if sys.platform == "linux":
        peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
        return int(peak.split()[1]) * 1024 / 1e6
    import psutil

    return psutil.Process().memory_info().peak_wset / 1e6
