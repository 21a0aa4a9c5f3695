"""A job ends in exactly one of three ways and says so; what changed is announced once."""

import threading

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.changes import Changes
from socialwork_app.ui.widgets.progress_dialog import ProgressDialog


@pytest.fixture
def ends():
    return []


def _start(bridge, ends, work, **options):
    return bridge.start(
        work,
        lambda result: ends.append(("done", result)),
        lambda error: ends.append(("failed", error)),
        lambda: ends.append(("cancelled", None)),
        **options,
    )


def test_a_result_arrives_in_the_windows_thread(qtbot, bridge, ends):
    seen = []
    bridge.run(lambda _control: threading.get_ident(), lambda worker: seen.append((worker, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(seen))
    worker, receiver = seen[0]
    assert worker != threading.get_ident() == receiver


def test_a_failure_is_handed_over_whole(qtbot, bridge, ends):
    error = DomainError("password.empty")

    def work(_control):
        raise error

    job = _start(bridge, ends, work)
    with qtbot.waitSignal(job.ended):
        pass
    assert ends == [("failed", error)]


@pytest.mark.parametrize("writing", [False, True])
def test_a_cancel_ends_at_the_next_step(qtbot, bridge, ends, writing):
    begun = threading.Event()

    def work(control):
        begun.set()
        while True:
            control.step(1, 2)

    job = _start(bridge, ends, work, writing=writing)
    assert begun.wait(5)
    with qtbot.waitSignal(job.ended):
        job.cancel()
    assert ends == [("cancelled", None)]


def test_a_job_cancelled_before_its_turn_never_runs(qtbot, bridge, ends):
    gate = threading.Event()
    first = _start(bridge, [], lambda _control: gate.wait(5), writing=True)
    second = _start(bridge, ends, lambda _control: ends.append("ran"), writing=True)
    second.cancel()
    with qtbot.waitSignals([first.ended, second.ended]):
        gate.set()
    assert ends == [("cancelled", None)]


def test_writing_jobs_run_one_after_another(qtbot, bridge):
    running, most, done = [], [], []

    def work(_control):
        running.append(1)
        most.append(len(running))
        running.pop()

    for _ in range(20):
        bridge.write(work, done.append)
    qtbot.waitUntil(lambda: len(done) == 20)
    assert set(most) == {1}


def test_changes_are_announced_after_the_one_who_asked_was_told(qtbot, bridge, bus):
    order = []
    bus.changed.connect(lambda changes: order.append(("bus", changes)))
    changes = Changes(frozenset({"people"}), frozenset({1}), 7)
    bridge.write(lambda _control: changes, lambda _result: order.append(("done", None)))
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == [("done", None), ("bus", changes)]


def test_a_widget_closed_meanwhile_is_not_called(qtbot, bridge):
    label = QLabel()
    gate = threading.Event()
    job = bridge.start(lambda _control: gate.wait(5) and "late", label.setText)
    label.deleteLater()
    with qtbot.waitSignal(label.destroyed):
        pass
    with qtbot.waitSignal(job.ended):
        gate.set()


def test_many_steps_arrive_as_few(qtbot, bridge):
    seen, done = [], []

    def work(control):
        for number in range(100_000):
            control.step(number, 100_000)

    job = bridge.start(work, lambda _result: done.append(1))
    job.progressed.connect(lambda count, _total, _what: seen.append(count))
    qtbot.waitUntil(lambda: bool(done))
    assert seen and len(seen) < 100_000
    assert seen == sorted(seen)


def test_the_bar_shows_the_count_and_cancels(qtbot, bridge, monkeypatch):
    gate = threading.Event()

    def work(control):
        control.step(40, 100, "写入")
        while not gate.wait(0):
            control.step(41, 100, "写入")

    job = bridge.run_with_bar("导入", work, lambda _result: None)
    dialog = next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, ProgressDialog))
    qtbot.waitUntil(lambda: "41 / 100" in dialog._count.text())
    with qtbot.waitSignal(job.ended):
        dialog._cancel.click()
    assert job.was_cancelled
    qtbot.waitUntil(lambda: not bridge.busy)


def test_shutting_waits_for_what_runs_and_tells_nobody(qtbot, bridge, ends):
    begun = threading.Event()

    def work(control):
        begun.set()
        while True:
            control.step(0)

    _start(bridge, ends, work)
    assert begun.wait(5)
    bridge.shut()
    assert not bridge.busy and ends == []
