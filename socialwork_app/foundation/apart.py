"""Work in a process of its own, for what can't be bounded from inside: its end is never the program's end.

The other process is a fresh interpreter. What it is given and gives goes through a pipe, never through a file.
"""

import logging
import os
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, cast

from socialwork_app.foundation import limits, logs
from socialwork_app.foundation.errors import CodedError, EnvironmentRefused
from socialwork_app.foundation.jobs import Control

MEMORY_BYTES = 4 * 2**30
"""A million rows of a dozen columns need 2."""
SECONDS = 300
"""A million rows of a dozen columns take one here."""
_LOOK_SECONDS = 0.1
"""How soon a wish to stop is heard."""
_ITEM, _STEP, _END, _TOLD, _BUG = "item", "step", "end", "told", "bug"


class BeyondLimits(Exception):  # noqa: N818 - what happened to it
    """It took too long or too much memory, or the process broke down."""


def each(
    work: Callable[..., Iterator[Any]], *args: object, control: Control, seconds: float | None = None
) -> Generator[Any]:
    """What `work(*args, control)` yields there; `work` is a function of a module. Leaving early ends the process.

    Raises what the work raises with a code, BeyondLimits, EnvironmentRefused, and Cancelled.
    """
    until = time.monotonic() + (SECONDS if seconds is None else seconds)
    with _process(work, args) as messages:
        progress: tuple[Any, ...] = (0,)
        while True:
            control.step(*progress)
            if time.monotonic() > until:
                raise BeyondLimits
            if not _arrived(messages):
                continue
            kind, content = _received(messages)
            match kind:
                case "item":
                    yield content
                case "step":
                    progress = content
                case "told":
                    raise content
                case "bug":
                    raise _logged(content)
                case _:
                    return


@contextmanager
def _process(work: Callable[..., Iterator[Any]], args: tuple[object, ...]) -> Generator[Connection]:
    context = get_context("spawn")
    messages, sender = context.Pipe(duplex=False)
    process: BaseProcess = context.Process(target=_serve, args=(sender, work, args), daemon=True)
    with messages:
        try:
            with sender:
                process.start()
        except OSError as error:
            raise EnvironmentRefused("process.refused") from error
        try:
            yield cast(Connection, messages)
        finally:
            process.kill()
            process.join()
            process.close()


def _arrived(messages: Connection) -> bool:
    try:
        return messages.poll(_LOOK_SECONDS)
    except OSError as error:  # Windows says already here that nobody is left
        raise BeyondLimits from error


def _received(messages: Connection) -> tuple[str, Any]:
    try:
        return messages.recv()
    except (EOFError, OSError) as error:
        raise BeyondLimits from error


def _logged(lines: list[str]) -> Exception:
    """A bug on the other side: where it stands goes into the log, as what it says may be about a person."""
    for line in lines:
        logging.getLogger(__name__).error("apart: %s", line)
    return RuntimeError("apart")


# in the other process


class _Reporter(Control):
    def __init__(self, messages: Connection) -> None:
        self._messages = messages
        self._next = 0.0

    def step(self, done: int, total: int | None = None, what: str = "") -> None:
        if time.monotonic() >= self._next:
            self._messages.send((_STEP, (done, total, what)))
            self._next = time.monotonic() + _LOOK_SECONDS


def _serve(messages: Connection, work: Callable[..., Iterator[Any]], args: tuple[object, ...]) -> None:
    limits.limit_this_process(MEMORY_BYTES, SECONDS)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # where libraries write what they broke down at
    try:
        for item in work(*args, _Reporter(messages)):
            messages.send((_ITEM, item))
        messages.send((_END, None))
    except CodedError as error:
        messages.send((_TOLD, error))
    except (MemoryError, BrokenPipeError):
        sys.exit(1)  # without a word; the other side sees the end of the pipe
    except Exception as error:
        messages.send((_BUG, logs.traces(error)))
