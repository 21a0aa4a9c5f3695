"""Makes the screens, each on its first visit: what a screen needs is imported then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from socialwork_app.domain.registers.catalogue import (
    APPRAISAL_CRITERIA,
    APPRAISALS,
    CERTIFICATES,
    CONTACT_LOG,
    COURSES,
    ELIGIBILITY_RULES,
    EXAM_ENTRIES,
    EXAM_SITTINGS,
    HOLIDAYS,
    LEADER_CONTACTS,
    LEADERS,
    LEARNING,
    ORGANISATIONS,
    PEOPLE,
    PLACES,
    TALENT_FORMS,
    TALENT_SCHEMES,
    TALENTS,
    TRAINING_SIGNUPS,
)
from socialwork_app.domain.roles import Permission, Role

if TYPE_CHECKING:
    from socialwork_app.services.opened import OpenRegister
    from socialwork_app.services.register_files import RegisterFiles
    from socialwork_app.ui.changes_bus import ChangesBus
    from socialwork_app.ui.job_bridge import JobBridge
    from socialwork_app.ui.remembered import Remembered

SCREENS = (
    ("desk", "工作台"),
    *((register.key, register.title) for register in (PEOPLE, CERTIFICATES)),
    ("exams", "考试"),
    ("training", "培训与继续教育"),
    ("talents", "优秀人才"),
    *((register.key, register.title) for register in (ORGANISATIONS, PLACES)),
    ("imports", "导入"),
    ("exports", "导出"),
    ("system", "系统"),
)
"""Key and title in the order of the rail; a title is also the manual's heading."""
NEEDS = {"imports": Permission.ENTER, "exports": Permission.EXPORT, "system": None}
"""What a screen takes; the others take that the register may be read."""
SHORTCUTS = {key: f"Ctrl+{sign}" for (key, _), sign in zip(SCREENS, "1234567890-=", strict=False)}
"""From left to right the upper row of the keyboard."""
TALENT_SETTINGS = (TALENT_SCHEMES, APPRAISAL_CRITERIA, LEADERS, TALENT_FORMS, HOLIDAYS)
TALENT_CONTACTS = (CONTACT_LOG, LEADER_CONTACTS)
_STANDING = {
    "exams": (EXAM_ENTRIES, EXAM_SITTINGS, ELIGIBILITY_RULES),
    "training": (COURSES, TRAINING_SIGNUPS, LEARNING),
    "talents": (TALENTS, APPRAISALS, *TALENT_CONTACTS, *TALENT_SETTINGS),
}
WITHIN = {register.key: screen for screen, registers in _STANDING.items() for register in registers}
"""Lists that stand on a screen of several."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """What screens are made of."""

    opened: OpenRegister
    files: RegisterFiles
    bridge: JobBridge
    bus: ChangesBus
    remembered: Remembered


@runtime_checkable
class Guarded(Protocol):
    """A screen that may hold what is not saved."""

    def may_leave(self) -> bool: ...


@runtime_checkable
class Holding(Protocol):
    """A screen that holds a connection until it is shut."""

    def shut(self) -> None: ...


def screens_of(role: Role) -> tuple[str, ...]:
    """The keys of those that somebody of this role has."""
    needed = {key: NEEDS.get(key, Permission.READ) for key, _ in SCREENS}
    return tuple(key for key, permission in needed.items() if permission is None or role.may(permission))


def make(key: str, at: Workplace) -> QWidget:
    return _FACTORIES.get(key, make_list)(key, at)


def warm_up() -> None:
    """Import what the first visits will need, from a thread: it takes longer than a click may."""
    from socialwork_app.services import exports, history
    from socialwork_app.ui.forms import record_panel
    from socialwork_app.ui.screens.records import records_screen
    from socialwork_app.ui.screens.training import attendance_tab, shortfall_tab, signup_tab

    assert exports and history and record_panel and records_screen
    assert attendance_tab and shortfall_tab and signup_tab


def _desk(_key: str, at: Workplace) -> QWidget:
    from socialwork_app.ui.screens.desk.desk_screen import DeskScreen

    return DeskScreen(at.opened, at.bridge, at.bus)


def make_list(key: str, at: Workplace) -> QWidget:
    """The list of a register, also where a screen has the same key."""
    from socialwork_app.services.exports import Exports
    from socialwork_app.services.history import History
    from socialwork_app.services.records import Records
    from socialwork_app.ui.screens.records.records_screen import RecordsScreen

    opened = at.opened
    return RecordsScreen(Records(opened, key), History(opened), Exports(opened), at.bridge, at.bus, at.remembered)


def _imports(_key: str, at: Workplace) -> QWidget:
    from socialwork_app.ui.screens.imports.imports_screen import ImportsScreen

    return ImportsScreen(at.opened, at.bridge, at.bus)


def _exams(_key: str, at: Workplace) -> QWidget:
    from socialwork_app.ui.screens.exams.exams_screen import ExamsScreen

    return ExamsScreen(at)


def _training(_key: str, at: Workplace) -> QWidget:
    from socialwork_app.ui.screens.training.training_screen import TrainingScreen

    return TrainingScreen(at)


def _talents(_key: str, at: Workplace) -> QWidget:
    from socialwork_app.ui.screens.talents.talents_screen import TalentsScreen

    return TalentsScreen(at)


def _exports(_key: str, at: Workplace) -> QWidget:
    from socialwork_app.ui.screens.exports.exports_screen import ExportsScreen

    return ExportsScreen(at.opened, at.bridge, at.bus)


def _system(_key: str, at: Workplace) -> QWidget:
    from socialwork_app.ui.screens.system.system_screen import SystemScreen

    return SystemScreen(at.opened, at.files, at.bridge, at.bus)


_FACTORIES = {"desk": _desk, "exams": _exams, "training": _training, "talents": _talents, "imports": _imports,
              "exports": _exports, "system": _system}  # fmt: skip
