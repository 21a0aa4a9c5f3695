"""The window's jobs and signal, and a register with invented people."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from socialwork_app.services import samples
from socialwork_app.services.opened import OpenRegister
from socialwork_app.ui import theme
from socialwork_app.ui.changes_bus import ChangesBus
from socialwork_app.ui.job_bridge import JobBridge


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


@pytest.fixture
def styled(qtbot: QtBot, qapp: object) -> Iterator[None]:
    """The program's own look, taken off again after the test."""
    application = qtbot._get_app() if hasattr(qtbot, "_get_app") else qapp
    theme.apply(application)
    yield
    application.setStyleSheet("")
