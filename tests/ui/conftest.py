"""The window's jobs and signal, and a register with invented people."""

import gc
from collections.abc import Iterator

import pytest

from socialwork_app.services import samples
from socialwork_app.services.opened import OpenRegister
from socialwork_app.ui.changes_bus import ChangesBus
from socialwork_app.ui.job_bridge import JobBridge


def pytest_itemcollected(item: pytest.Item) -> None:
    """The platform without a screen says this of every window; it is no fault of ours."""
    item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture(autouse=True)
def collecting_in_the_windows_thread() -> Iterator[None]:
    """As the running program does it: a widget taken apart in a worker's thread would end the process."""
    gc.disable()
    yield
    gc.collect(1)
    gc.enable()


@pytest.fixture
def bus(qapp: object) -> ChangesBus:
    return ChangesBus()


@pytest.fixture
def bridge(bus: ChangesBus, opened: OpenRegister) -> Iterator[JobBridge]:
    """Asks for `opened` so that jobs end before the register is closed."""
    made = JobBridge(bus)
    yield made
    made.shut()


@pytest.fixture
def peopled(opened: OpenRegister) -> OpenRegister:
    samples.fill(opened, 450)
    return opened
