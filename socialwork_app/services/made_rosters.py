"""Rosters that are about one course, round or year, or whose rows stand in no one register: who makes them, and their title."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.filters import Filter
from socialwork_app.domain.rosters import COURSE, ROUND, RosterDeclaration
from socialwork_app.domain.sheets import Sheet
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services import (
    appraisal_rosters,
    contact_rosters,
    exam_rosters,
    selection_rosters,
    shortfall_roster,
    training_rosters,
)
from socialwork_app.services.attendance_sheets import SignInSheets
from socialwork_app.services.courses import Course, Courses
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.selection import Round, Selection

Made = Iterator[Mapping[str, Value]]


@dataclass(frozen=True, slots=True)
class MadeRoster:
    """One roster as it is asked for; a course or round is named among the conditions."""

    opened: OpenRegister
    roster: RosterDeclaration
    asked: Filter
    year: int
    day: date

    def require(self) -> None:
        """DomainError where the roster is about one record and none is named."""
        if self.roster.of and not self._named():
            label = self.opened.catalogue[self.roster.register].field(self.roster.of).label
            raise DomainError("export.which_missing", roster=self.roster.title, label=label, field=self.roster.of)

    def title(self) -> str:
        roster, opened = self.roster, self.opened
        if roster.of == COURSE:
            return training_rosters.title(self._course(), roster.title)
        if roster.of == ROUND:
            return f"{self._round().title}{roster.title}"
        if roster.key in training_rosters.YEARLY:
            return f"{self.year}年度{roster.title}"
        if roster.yearly and roster.key in appraisal_rosters.YEARLY:
            return appraisal_rosters.title(opened, self.year, roster.title, self.asked)
        return exam_rosters.title(opened, self.year, roster.title) if roster.yearly else roster.title

    def note(self) -> str:
        """What stands below the last row."""
        if self.roster.public and self.roster.of == ROUND:
            return selection_rosters.note(self.opened, self._round())
        return self.roster.note

    def rows(self) -> Made:
        """By the keys of the roster's fields."""
        key, opened = self.roster.key, self.opened
        if self.roster.of == COURSE:
            return training_rosters.OF_COURSE[key](opened, self._course())
        if self.roster.of == ROUND:
            return selection_rosters.OF_ROUND[key](opened, self._round(), self.day)
        if key in appraisal_rosters.YEARLY:
            return appraisal_rosters.YEARLY[key](opened, self.year, self.day, self.asked)
        if self.roster.yearly:
            return (exam_rosters.MAKERS | training_rosters.YEARLY)[key](opened, self.year)
        if key in contact_rosters.AS_OF:
            return contact_rosters.AS_OF[key](opened, self.day, self.asked)
        return shortfall_roster.rows(opened, self.day)

    def sheets(self, *, full_numbers: bool) -> list[tuple[Sheet, list[list[Value]]]]:
        """Of a roster that is made as whole sheets."""
        if self.roster.yearly:
            return contact_rosters.leader_sheets(self.opened, self.roster, self.year, self.day)
        sheets = SignInSheets(self.opened, self._course(), full_numbers=full_numbers)
        return sheets.of(self.roster.key, self.asked.where)

    def _named(self) -> Sequence[int]:
        return [one.value for one in self.asked.where if one.field == self.roster.of and isinstance(one.value, int)]

    def _course(self) -> Course:
        return Courses(self.opened).course(self._named()[0])

    def _round(self) -> Round:
        return Selection(self.opened).round(self._named()[0], self.day)
