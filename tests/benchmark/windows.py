"""From the start of Python to the first paint and the first rows, against a bare window."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from tests.benchmark import material
from tests.benchmark.figures import REPOSITORY, Figure, Numbers, medians, slower

FEW = 1_000


def figures(folder: Path, people: int, times: int) -> list[Figure]:
    few, many = material.register(folder, FEW), material.register(folder, people)
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
    ]


def _start(step: str, *words: object) -> Numbers:
    """Seconds from before the process was made."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1", "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "tests.benchmark.window_steps", step, *map(str, words)]
    started = time.monotonic()
    done = subprocess.run(command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, check=True, timeout=120)
    stamps = json.loads(done.stdout.splitlines()[-1])
    return {name: stamp - started for name, stamp in stamps.items()}
