"""The program killed at random moments of its long jobs, and what stands afterwards."""

import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.benchmark.figures import REPOSITORY
from tests.reliability.jobs import JOBS, Job

LATE = 1.1
"""Kills fall between the beginning of a job and this many times its own time: some come too late."""


@dataclass(slots=True)
class Outcome:
    """Of one job: rounds in all, those in which the kill came before the end, and what was wrong."""

    job: str
    rounds: int = 0
    cut_off: int = 0
    wrong: tuple[str, ...] = ()

    def take(self, job: Job, folder: Path, after: str, *, done: bool) -> None:
        """One round, by the job's own check; a folder with which something is wrong stays."""
        self.rounds += 1
        self.cut_off += not done
        try:
            job.check(folder, done)
        except Exception as error:
            self.wrong += (f"{job.name} after {after}: {type(error).__name__} {error}",)
            print(self.wrong[-1], f"in {folder}", file=sys.stderr, flush=True)
            return
        shutil.rmtree(folder)


def kill(folder: Path, rounds: int, seed: int, only: str | None = None) -> Iterator[Outcome]:
    chosen = [job for job in JOBS if only in (None, job.name)]
    for job in chosen:
        source = random.Random(f"{seed} {job.name}")
        template = folder / job.name
        job.prepare(template)
        lasts = max(_run(job, template, folder / f"{job.name}-whole", None)[1] for _ in range(2))
        outcome = Outcome(job.name)
        for number in range(rounds):
            _round(job, template, folder / f"{job.name}-{number}", source.uniform(0, LATE * lasts), outcome)
        shutil.rmtree(template)
        yield outcome


def _round(job: Job, template: Path, folder: Path, moment: float, outcome: Outcome) -> None:
    done, _ = _run(job, template, folder, moment, keep=True)
    outcome.take(job, folder, f"{moment:.3f} s", done=done)


def _run(job: Job, template: Path, folder: Path, moment: float | None, *, keep: bool = False) -> tuple[bool, float]:
    """Whether the job said that it was done, and how long it took; killed so many seconds after it began."""
    shutil.copytree(template, folder)
    child = subprocess.Popen([sys.executable, "-m", "tests.reliability.worker", job.name, str(folder)],
                             stdout=subprocess.PIPE, cwd=REPOSITORY, text=True, encoding="utf-8")  # fmt: skip
    assert child.stdout is not None
    first = child.stdout.readline()
    assert first == "begin\n", first
    began = time.perf_counter()
    timer = threading.Timer(moment, child.kill) if moment is not None else None
    if timer:
        timer.start()
    said = child.stdout.read()
    child.wait()
    took = time.perf_counter() - began
    if timer:
        timer.cancel()
    (folder / "said").write_text(said)
    assert moment is not None or child.returncode == 0
    if not keep:
        job.check(folder, True)
        shutil.rmtree(folder)
    return "done" in said.split(), took
