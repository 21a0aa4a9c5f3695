"""Long work that reports its progress and can be cancelled, with or without threads.

A job is a plain function that takes a `Control` first. It ends in exactly one of three ways: it returns,
it raises, or it raises `Cancelled` from `control.step`.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Cancelled(Exception):  # noqa: N818 - an ending, not an error
    """The user asked the running job to stop."""


class Control:
    """Handed to every long loop. The plain one never cancels and reports to nobody."""

    def step(self, done: int, total: int | None = None, what: str = "") -> None:
        """Say how far the work is; raises `Cancelled` when it was asked to stop."""

    def each(self, items: Iterable[T], total: int | None = None, what: str = "", every: int = 500) -> Iterator[T]:
        """Pass items through, reporting now and then."""
        for number, item in enumerate(items):
            if number % every == 0:
                self.step(number, total, what)
            yield item


class Jobs(Protocol):
    """Runs jobs. The window's runner uses threads, tests and commands use `Immediate`."""

    def run(
        self,
        work: Callable[[Control], R],
        done: Callable[[R], None],
        failed: Callable[[Exception], None],
    ) -> None: ...


class Immediate:
    """The same contract without a thread: the work is over when `run` returns."""

    def run(
        self,
        work: Callable[[Control], R],
        done: Callable[[R], None],
        failed: Callable[[Exception], None],
    ) -> None:
        try:
            result = work(Control())
        except Exception as error:
            failed(error)
        else:
            done(result)
