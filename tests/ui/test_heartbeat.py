"""What takes time never runs in the window's thread: each reading of a list is made by a worker."""

import threading

import pytest

from socialwork_app.services import samples
from socialwork_app.services.due import DueList
from socialwork_app.services.exports import Exports
from socialwork_app.services.history import History
from socialwork_app.services.records import Records
from socialwork_app.services.statistics import Statistics
from socialwork_app.ui.screens.desk.desk_screen import DeskScreen
from socialwork_app.ui.screens.records.records_screen import RecordsScreen


@pytest.fixture
def threads(monkeypatch):
    """Notes in which threads the slow services are called."""
    seen: dict[str, set[int]] = {}
    for service, name in (
        (Records, "open_window"), (Records, "first_rows"), (Records, "choices"), (Records, "delete"),
        (Statistics, "as_of"), (DueList, "most_urgent"),
    ):  # fmt: skip
        real = getattr(service, name)

        def noting(self, *args, real=real, name=name, **options):
            seen.setdefault(name, set()).add(threading.get_ident())
            return real(self, *args, **options)

        monkeypatch.setattr(service, name, noting)
    return seen


def test_typing_over_three_thousand_people(qtbot, opened, bridge, bus, threads):
    samples.fill(opened, 3_000)
    screen = RecordsScreen(Records(opened, "people"), History(opened), Exports(opened), bridge, bus)
    qtbot.addWidget(screen)
    for text in ("l", "li", "liw", "li", "l", ""):
        screen.list.search.setText(text)
    qtbot.waitUntil(lambda: screen.list.total.text() == "共 3,000 条")
    screen.delete(screen.list.model.ids(0, 0))
    qtbot.waitUntil(lambda: screen.list.total.text() == "共 2,999 条")
    qtbot.waitUntil(lambda: not bridge.busy)
    screen.shut()
    assert {"open_window", "first_rows", "choices", "delete"} <= threads.keys()
    assert threading.get_ident() not in set().union(*threads.values())


def test_the_desk(qtbot, peopled, bridge, bus, threads):
    desk = DeskScreen(peopled, bridge, bus)
    qtbot.addWidget(desk)
    qtbot.waitUntil(lambda: not bridge.busy)
    assert threads.keys() == {"as_of", "most_urgent"}
    assert threading.get_ident() not in set().union(*threads.values())
