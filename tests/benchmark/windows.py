"""From the start of Python to the first paint and the first rows, against a bare window; stalls while typing."""

import time
from pathlib import Path

from tests.benchmark import material
from tests.benchmark.figures import Figure, Numbers, medians, run_module, slower

FEW = 1_000
LONGEST_STALL = 100
"""Milliseconds; beyond that a key is felt to hang."""


def figures(folder: Path, people: int, times: int) -> list[Figure]:
    few, many = material.register(folder, FEW), material.register(folder, people)
    _start("program", few)  # compiled and in the disk's cache from here on
    bare, small, large = medians(
        times, lambda: _start("bare"), lambda: _start("program", few), lambda: _start("program", many)
    )
    floor = ("bare window", bare["painted"])
    rows = f"first rows of {people:,}"
    return [
        slower("first painted window", 2, ("window", small["painted"]), floor),
        slower("first rows of 1,000", 8, ("rows", small["rows"]), floor),
        slower(rows, 8, ("rows", large["rows"]), floor),
        slower(f"{rows} against 1,000", 1.5, ("rows", large["rows"]), ("rows", small["rows"])),
        _stall(many, people),
        _stall_signing_up(many, people),
    ]


def _stall(register: Path, people: int) -> Figure:
    """The longest time between two beats of the window's event loop while somebody types, looks, scrolls and sorts."""
    longest = run_module("tests.benchmark.window_steps", "typing", register)
    others = ", ".join(f"{doing} {seconds * 1000:.0f} ms" for doing, seconds in longest.items())
    return Figure(
        f"longest stall while typing at {people:,} people", longest["type"] * 1000, LONGEST_STALL, "ms", others
    )


def _stall_signing_up(register: Path, people: int) -> Figure:
    longest = run_module("tests.benchmark.window_steps", "signing_up", register)["sign up"] * 1000
    return Figure(f"longest stall while signing up at {people:,} people", longest, LONGEST_STALL, "ms", "fast entry")


def _start(step: str, *words: object) -> Numbers:
    """Seconds from before the process was made."""
    started = time.monotonic()
    stamps = run_module("tests.benchmark.window_steps", step, *words)
    return {name: stamp - started for name, stamp in stamps.items()}
