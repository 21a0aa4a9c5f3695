"""Hours of continuing education of a whole register against summing them; stalls while the list of the short opens."""

from pathlib import Path

from tests.benchmark import learners
from tests.benchmark.figures import Figure, in_child, medians, run_module, slower
from tests.benchmark.windows import LONGEST_STALL


def figures(folder: Path, people: int, times: int) -> list[Figure]:
    register = learners.register(folder, people)
    (one,) = medians(times, lambda: in_child("hours", register))
    title = f"hours of {one['periods']:,.0f} people with {one['records']:,.0f} records"
    return [slower(title, 4, ("all meters", one["seconds"]), ("one query", one["query"])), _stall(register, people)]


def _stall(register: Path, people: int) -> Figure:
    longest = run_module("tests.benchmark.window_steps", "shortfall", register)
    others = ", ".join(f"{doing} {seconds * 1000:.0f} ms" for doing, seconds in longest.items())
    name = f"longest stall while the shortfall list opens at {people:,} people"
    return Figure(name, max(longest.values()) * 1000, LONGEST_STALL, "ms", others)
