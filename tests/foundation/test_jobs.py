from typing import Any

import pytest

from socialwork_app.foundation.jobs import Cancelled, Control, Immediate


class Recorded(Control):
    """Remembers every step and cancels at the given one."""

    def __init__(self, cancel_at: int | None = None) -> None:
        self.steps: list[tuple[int, int | None, str]] = []
        self.cancel_at = cancel_at

    def step(self, done: int, total: int | None = None, what: str = "") -> None:
        self.steps.append((done, total, what))
        if done == self.cancel_at:
            raise Cancelled


def endings(work: Any) -> tuple[list[Any], list[Exception]]:
    results: list[Any] = []
    failures: list[Exception] = []
    Immediate().run(work, results.append, failures.append)
    return results, failures


def test_a_result_is_handed_on_once():
    assert endings(lambda control: 7) == ([7], [])
    assert endings(lambda control: None) == ([None], [])


@pytest.mark.parametrize("error", [ValueError("x"), Cancelled(), OSError(28, "x")])
def test_an_error_and_a_cancel_are_handed_on_whole(error: Exception):
    def work(control: Control) -> None:
        raise error

    assert endings(work) == ([], [error])


def test_the_program_being_ended_is_no_ending_of_a_job():
    def work(control: Control) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        endings(work)


def test_an_error_of_the_receiver_is_not_blamed_on_the_job():
    failures: list[Exception] = []

    def received(result: int) -> None:
        raise ValueError(result)

    with pytest.raises(ValueError):
        Immediate().run(lambda control: 1, received, failures.append)
    assert failures == []


def test_the_plain_control_never_cancels():
    Control().step(1, 2, "rows")
    assert list(Control().each("abc")) == ["a", "b", "c"]


@pytest.mark.parametrize(("length", "every", "steps"), [(0, 3, []), (1, 3, [0]), (7, 3, [0, 3, 6]), (2, 1, [0, 1])])
def test_each_passes_everything_and_reports_now_and_then(length: int, every: int, steps: list[int]):
    control = Recorded()
    assert list(control.each(range(length), length, "rows", every)) == list(range(length))
    assert control.steps == [(step, length, "rows") for step in steps]


def test_a_cancel_stops_before_the_next_item():
    passed: list[int] = []
    with pytest.raises(Cancelled):
        for item in Recorded(cancel_at=2).each(range(5), every=2):
            passed.append(item)
    assert passed == [0, 1]
