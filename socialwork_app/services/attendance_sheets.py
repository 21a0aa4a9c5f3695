"""Sign-in sheets of a course: of the whole of it, and one a half-day to sign on, also twice side by side."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from socialwork_app.domain.courses import HalfDay, Session
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.filters import Condition
from socialwork_app.domain.registers.catalogue import COURSE_SESSIONS, PEOPLE, TRAINING_SIGNUPS
from socialwork_app.domain.sheets import NUMBER, Sheet, SheetColumn, beside
from socialwork_app.services.attendance import Attendance
from socialwork_app.services.courses import Course, Participant
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records
from socialwork_app.services.training_rosters import title

Rows = list[list[Value]]
Part = tuple[Sheet, Rows]
TITLE = "签到表"
ROW_HEIGHT, LOW_ROW_HEIGHT = 28.0, 26.0
"""Points that a hand needs to sign in; of a sheet of many columns across less is left."""
DOUBLE_HEIGHT, DOUBLE_ROWS = 32.0, 18
"""Rows of two lines, and as many as an upright page of A4 takes beside title and foot."""
DATE, HALF = "date", "half_day"
"""Conditions that leave of the half-days the one that is wanted."""
NAME, GENDER, PHONE = (PEOPLE.field(key).label for key in ("name", "gender", "phone"))
NOTE, TEACHER = TRAINING_SIGNUPS.field("note").label, COURSE_SESSIONS.field("teacher").label
UNIT, POSITION, SIGNATURE = "单位", "职务", "签名"
"""Shorter than the fields of unit and post are called: a sheet to sign is narrow."""
HALF_DAY_COLUMNS = (NUMBER, SheetColumn(UNIT, 22), SheetColumn(NAME, 10), SheetColumn(POSITION, 12),
                    SheetColumn(PHONE, 14), SheetColumn(SIGNATURE, 20))  # fmt: skip
DOUBLE_COLUMNS = (
    replace(NUMBER, width=4),
    SheetColumn(NAME, 8),
    SheetColumn(UNIT, 14),
    SheetColumn(SIGNATURE, 11),
) * 2


class SignInSheets:
    """Phones are masked unless full numbers are asked for."""

    def __init__(self, opened: OpenRegister, course: Course, *, full_numbers: bool = False) -> None:
        self._opened = opened
        self._course = course
        self._masked = not full_numbers
        self._grid = Attendance(opened, course.id).grid()
        self._sign_ups = Records(opened, "training_signups")

    def of(self, roster: str, where: Iterable[Condition]) -> list[Part]:
        """By the key of the roster; `where` may name one half-day."""
        makers: dict[str, Callable[[Session | None], Part]] = {
            "sign-in-half-day": self._half_day, "sign-in-double": self._double,
        }  # fmt: skip
        if roster not in makers:
            return [self._whole()]
        wanted = self._wanted(where)
        return [makers[roster](session) for session in wanted or (None,)]

    def _wanted(self, where: Iterable[Condition]) -> list[Session]:
        """Each half-day once."""
        asked = {one.field: one.value for one in where if one.field in (DATE, HALF)}
        half = self._opened.catalogue.code_lists[HALF].match(str(asked.get(HALF, "")))
        sessions = {session.at: session for session in self._course.sessions}
        return [
            session for at, session in sessions.items() if at.day == asked.get(DATE, at.day) and half in (None, at.half)
        ]

    # sheets

    def _whole(self) -> Part:
        """Marks where they stand, room for them where they don't."""
        half_days = list(dict.fromkeys(session.at for session in self._course.sessions))
        columns = (
            NUMBER, SheetColumn(UNIT, 20), SheetColumn(NAME, 9), SheetColumn(GENDER, 5, "center"),
            SheetColumn(POSITION, 12), SheetColumn(PHONE, 14),
            *(SheetColumn(self._told(at, "\n"), 11, "center") for at in half_days), SheetColumn(NOTE, 10),
        )  # fmt: skip
        since, until = self._course.span
        when = f"时间：{since} 至 {until}" if since and until and since != until else f"时间：{since or until or ''}"
        return Sheet(title(self._course, TITLE), columns, when, self._where, lines=2, row_height=LOW_ROW_HEIGHT), [
            [number, self._unit(one), one.name, self._shown("gender", one), self._shown("position", one),
             self._shown("phone", one), *(self._mark(one, at) for at in half_days), one.values["note"]]
            for number, one in enumerate(self._grid.rows, 1)
        ]  # fmt: skip

    def _half_day(self, session: Session | None) -> Part:
        rows: Rows = [
            [number, self._unit(one), one.name, self._shown("position", one), self._shown("phone", one), None]
            for number, one in enumerate(self._grid.rows, 1)
        ]
        return self._sheet(session, HALF_DAY_COLUMNS, lines=1, row_height=ROW_HEIGHT), rows

    def _double(self, session: Session | None) -> Part:
        rows: Rows = [[number, one.name, self._unit(one), None] for number, one in enumerate(self._grid.rows, 1)]
        sheet = self._sheet(session, DOUBLE_COLUMNS, lines=2, row_height=DOUBLE_HEIGHT, rows_a_page=DOUBLE_ROWS)
        return sheet, beside(rows, DOUBLE_ROWS, (None,) * len(rows[0]) if rows else ())

    def _sheet(
        self, session: Session | None, columns: Sequence[SheetColumn], *, lines: int, row_height: float, rows_a_page: int = 0
    ) -> Sheet:  # fmt: skip
        told = self._told(session.at) if session else ""
        taught = [f"时间：{told}", *(f"{label}：{text}" for label, text in
                  (("内容", session.topic), (TEACHER, session.teacher)) if text)] if session else ["时间："]  # fmt: skip
        return Sheet(
            title(self._course, TITLE), tuple(columns), "　".join(taught), self._where, ("应到：" + self._people, "实到：", "记录人："),
            landscape=False, lines=lines, row_height=row_height, rows_a_page=rows_a_page, tab=told,
        )  # fmt: skip

    # cells

    @property
    def _people(self) -> str:
        return f"{len(self._grid.rows)} 人"

    @property
    def _where(self) -> str:
        return f"地点：{self._course.values['place'] or ''}"

    def _told(self, at: HalfDay, between: str = " ") -> str:
        return f"{at.day}{between}{self._opened.catalogue.code_lists[HALF].label(at.half)}"

    def _unit(self, one: Participant) -> str:
        return self._grid.unit(one)

    def _shown(self, key: str, one: Participant) -> str:
        return self._sign_ups.display(key, one.values[key], masked=self._masked)

    def _mark(self, one: Participant, at: HalfDay) -> str | None:
        mark = one.marks.get(at)
        return self._opened.catalogue.code_lists["attendance_mark"].label(mark) if mark else None
