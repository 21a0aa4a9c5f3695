"""Work in a process of its own: what it gives comes back, and none of its ends is ours."""

import os
from collections.abc import Iterator

import pytest

from socialwork_app.foundation import apart
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Cancelled, Control

HUGE = 8 * 2**30


def numbers(count: int, control: Control) -> Iterator[object]:
    yield os.getpid()
    yield from control.each(range(count))


def refuses(control: Control) -> Iterator[object]:
    control.step(1)
    yield 1
    raise DomainError("workbook.damaged", place="甲")


def has_a_bug(control: Control) -> Iterator[object]:
    yield 1
    raise KeyError("张三")


def takes_memory(control: Control) -> Iterator[object]:
    yield len(bytearray(HUGE))


def breaks_down(control: Control) -> Iterator[object]:
    yield 1
    os.abort()


def never_ends(control: Control) -> Iterator[object]:
    yield os.getpid()
    while True:
        pass


def test_what_it_gives_comes_from_another_process() -> None:
    first, *rest = apart.each(numbers, 3, control=Control())
    assert first != os.getpid()
    assert rest == [0, 1, 2]


def test_an_error_with_a_code_comes_over_with_its_values() -> None:
    with pytest.raises(DomainError) as told:
        list(apart.each(refuses, control=Control()))
    assert (told.value.code, told.value.values) == ("workbook.damaged", {"place": "甲"})


def test_a_bug_is_logged_with_its_place_and_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(RuntimeError):
        list(apart.each(has_a_bug, control=Control()))
    assert "has_a_bug" in caplog.text and "KeyError" in caplog.text
    assert "张三" not in caplog.text


@pytest.mark.parametrize("work", [takes_memory, breaks_down])
def test_what_brings_it_down_leaves_us_standing(work: object) -> None:
    with pytest.raises(apart.BeyondLimits):
        list(apart.each(work, control=Control()))  # type: ignore[arg-type]


def test_too_long_is_ended() -> None:
    ended = apart.each(never_ends, control=Control(), seconds=0)
    with pytest.raises(apart.BeyondLimits):
        list(ended)


def is_running(pid: int) -> bool:
    import psutil

    return psutil.pid_exists(pid)


def test_a_wish_to_stop_ends_it() -> None:
    class Stopped(Control):
        wished = False

        def step(self, done: int, total: int | None = None, what: str = "") -> None:
            if self.wished:
                raise Cancelled

    control = Stopped()
    work = apart.each(never_ends, control=control)
    pid = next(work)
    assert is_running(pid)
    control.wished = True
    with pytest.raises(Cancelled):
        next(work)
    assert not is_running(pid)


def test_who_needs_no_more_ends_it() -> None:
    work = apart.each(never_ends, control=Control())
    pid = next(work)
    work.close()
    assert not is_running(pid)
