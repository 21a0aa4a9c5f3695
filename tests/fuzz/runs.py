"""Damaged things by the thousand, in processes of their own, each watched: who hangs or breaks down is found out."""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from socialwork_app.foundation.errors import CodedError
from socialwork_app.foundation.limits import limit_this_process
from tests.fuzz.targets import Target

MEMORY_BYTES = 3 * 2**30
TOLD_EVERY = 0.5
"""Seconds."""
BATCH = 4000
TOO_LONG = "took too long"


@dataclass
class Result:
    """`bad`: number of the input and what came of it."""

    inputs: int = 0
    taken: int = 0
    refused: int = 0
    ended: int = 0
    slowest: float = 0.0
    bad: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])


def run_all(targets: Sequence[Target], total: int, seed: int, processes: int) -> dict[str, Result]:
    """So many inputs in all, each target its share; `seed` and its number make an input."""
    shares = sum(target.share for target in targets)
    results = {target.name: Result() for target in targets}
    waiting = [
        (target, list(range(start, min(start + BATCH, count))))
        for target in sorted(targets, key=lambda target: -target.seconds)
        for count in [-(-total * target.share // shares)]
        for start in range(0, count, BATCH)
    ]
    running: list[_Running] = []
    while waiting or running:
        while waiting and len(running) < processes:
            running.append(_Running(*waiting.pop(0), seed))
        wait([one.messages for one in running], TOLD_EVERY)
        for one in list(running):
            left = one.look(results[one.target.name])
            if left is not None:
                running.remove(one)
                waiting += [(one.target, left)] if left else []
    return results


class _Running:
    """One process with the numbers of its inputs."""

    def __init__(self, target: Target, numbers: list[int], seed: int) -> None:
        context = get_context("spawn")
        self.target, self.numbers = target, numbers
        self.messages, sender = context.Pipe(duplex=False)
        self.at = context.Array("d", [0.0, 0.0], lock=False)
        """The place of the input in work, from 1 on, and since when."""
        self.process: BaseProcess = context.Process(
            target=_work, args=(sender, self.at, target.name, numbers, seed), daemon=True
        )
        self.process.start()
        sender.close()

    def look(self, result: Result) -> list[int] | None:
        """Take in what it says. None while it works, then the numbers that are left over."""
        while self.messages.poll():
            try:
                _add(result, self.messages.recv())
            except EOFError:
                return self._over(result, f"broke down ({self.process.exitcode})")
        at, since = self.at
        if at and time.monotonic() - since > self.target.seconds:
            return self._over(result, TOO_LONG)
        return None

    def _over(self, result: Result, why: str) -> list[int]:
        self.process.kill()
        self.process.join()
        at = int(self.at[0])
        if at == -1:
            return []
        if at == 0:
            result.bad.append((self.numbers[0], "could not begin"))
            return []
        result.inputs += 1
        if self.target.apart:
            result.ended += 1
        else:
            result.bad.append((self.numbers[at - 1], why))
        return self.numbers[at:]


def _add(result: Result, told: Result) -> None:
    for name in ("inputs", "taken", "refused", "ended"):
        setattr(result, name, getattr(result, name) + getattr(told, name))
    result.slowest = max(result.slowest, told.slowest)
    result.bad += told.bad


def _work(messages: Connection, at: Any, name: str, numbers: list[int], seed: int) -> None:
    with TemporaryDirectory() as folder:
        target = named(name)
        run = target.begin(Path(folder))
        limit_this_process(MEMORY_BYTES, 24 * 3600)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # where a library writes what it broke down at
        result, told = Result(), time.monotonic()
        for place, number in enumerate(numbers, 1):
            at[1], at[0] = time.monotonic(), place
            _one(target, run, number, seed, result)
            if time.monotonic() - told > TOLD_EVERY:
                messages.send(result)
                result, told = Result(), time.monotonic()
        messages.send(result)
        at[0] = -1
    messages.close()
    sys.stdout.flush()


def _one(target: Target, run: Any, number: int, seed: int, result: Result) -> None:
    began = time.perf_counter()
    result.inputs += 1
    try:
        run(Random(f"{seed} {target.name} {number}"))
        result.taken += 1
    except CodedError:
        result.refused += 1
    except MemoryError:
        if target.apart:
            result.ended += 1
        else:
            result.bad.append((number, "MemoryError"))
    except Exception as error:
        result.bad.append((number, _place(error)))
    took = time.perf_counter() - began
    result.slowest = max(result.slowest, took)
    if took > target.seconds and not target.apart:
        result.bad.append((number, TOO_LONG))


def _place(error: Exception) -> str:
    frames = _frames(error)
    return f"{type(error).__name__}: {str(error)[:80]} at {' < '.join(frames[-3:][::-1])}"


def _frames(error: Exception) -> list[str]:
    found, trace = list[str](), error.__traceback__
    while trace is not None:
        found.append(f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return found


def named(name: str) -> Target:
    from tests.fuzz.targets import targets

    return next(target for target in targets() if target.name == name)


def again(name: str, number: int, seed: int) -> Iterator[str]:
    """One input once more, here, so that its error shows."""
    with TemporaryDirectory() as folder:
        target = named(name)
        try:
            target.begin(Path(folder))(Random(f"{seed} {target.name} {number}"))
            yield "taken"
        except CodedError as error:
            yield f"refused: {error.code}"
