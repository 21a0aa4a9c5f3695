"""Attendance of a course: marks, numbers, hours credited to each person's record, and the way back."""

from collections.abc import Callable
from datetime import date

import pytest

from socialwork_app.domain.courses import HalfDay
from socialwork_app.domain.filters import Filter
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services import course_plan
from socialwork_app.services.attendance import Attendance, Grid
from socialwork_app.services.courses import Courses
from socialwork_app.services.history import History
from socialwork_app.services.hours import Hours
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Draft, Records

Save = Callable[..., int]
FIRST, SECOND, THIRD, FOURTH = (
    HalfDay(day, half) for day in ("2026-07-01", "2026-07-02") for half in ("morning", "afternoon")
)
NAMES = ("张三", "李四", "王五")


@pytest.fixture
def course(opened: OpenRegister, save: Save) -> int:
    """Two days of four hours each half; three take part."""
    made = save("courses", title="社区工作方法班", organiser="示例区民政局", form="短期培训", session_hours="4", number_prefix="晋社培2026",
                **{"from": "2026-07-01", "to": "2026-07-02"})  # fmt: skip
    course_plan.plan(opened, made)
    for name in NAMES:
        save("training_signups", save("people", name=name, employer="示例站"), course=made)
    return made


@pytest.fixture
def attendance(opened: OpenRegister, course: int) -> Attendance:
    return Attendance(opened, course)


def sign_ups(grid: Grid) -> dict[str, int]:
    return {one.name: one.id for one in grid.rows}


def present(attendance: Attendance, name: str, *half_days: HalfDay, mark: str = "present") -> None:
    for at in half_days:
        attendance.tick([sign_ups(attendance.grid())[name]], at, mark)


def ledger(opened: OpenRegister) -> dict[str, tuple[object, object]]:
    """Hours and proof by person."""
    rows = Records(opened, "learning").all_rows(Filter(), ("name", "hours", "proof"))
    found = [(str(row.values["name"]), (row.values["hours"], row.values["proof"])) for row in rows]
    assert len(found) == len(dict(found)), "somebody twice"
    return dict(found)


def undo(opened: OpenRegister, change: int | None) -> int:
    assert change is not None
    done = History(opened).undo(change)
    assert done.kept == () and done.changes.change_id is not None
    return done.changes.change_id


class TestPlan:
    def test_half_days_follow_from_the_dates(self, opened: OpenRegister, course: int):
        assert [one.at for one in Courses(opened).course(course).sessions] == [FIRST, SECOND, THIRD, FOURTH]
        with pytest.raises(DomainError, match=r"course\.sessions_stand"):
            course_plan.plan(opened, course)

    def test_what_stands_is_left(self, opened: OpenRegister, save: Save):
        made = save("courses", title="周末班", **{"from": "2026-07-04", "to": "2026-07-05"})
        save("course_sessions", made, date="2026-07-04", half_day="afternoon", hours="3", topic="小组工作")
        save("course_sessions", made, date="2026-07-04", half_day="evening")
        done = course_plan.plan(opened, made)
        found = Courses(opened).course(made).sessions
        assert [(one.at.day[-2:], one.at.half, one.topic) for one in found] == [
            ("04", "morning", ""), ("04", "afternoon", "小组工作"), ("04", "evening", ""), ("05", "morning", ""),
            ("05", "afternoon", ""),
        ]  # fmt: skip
        undo(opened, done.change_id)
        assert len(Courses(opened).course(made).sessions) == 2

    def test_without_dates_it_says_so(self, opened: OpenRegister, save: Save):
        with pytest.raises(DomainError, match=r"course\.no_dates"):
            course_plan.plan(opened, save("courses", title="待定", **{"from": "2026-07"}))

    def test_a_course_goes_on_to_its_end_and_back(self, opened: OpenRegister, course: int):
        seen, steps = [], []
        for _ in range(4):
            seen.append(Courses(opened).course(course).values["state"])
            steps.append(course_plan.step(opened, Courses(opened).course(course)).change_id)
        assert seen == ["planned", "open", "running", "closed"] and steps[-1] is None
        undo(opened, steps[-2])
        assert Courses(opened).course(course).values["state"] == "running"


class TestMarks:
    def test_a_mark_is_set_changed_and_taken_away(self, opened: OpenRegister, attendance: Attendance):
        who = sign_ups(attendance.grid())["李四"]
        for mark in ("present", "late", "excused", None):
            done = attendance.tick([who], FIRST, mark)
            assert {one.name: dict(one.marks) for one in attendance.grid().rows if one.marks} == (
                {"李四": {FIRST: mark}} if mark else {}
            )
        undo(opened, done.change_id)
        assert attendance.grid().rows[1].marks == {FIRST: "excused"}

    def test_a_column_is_filled_where_it_is_empty(self, opened: OpenRegister, attendance: Attendance):
        present(attendance, "李四", FIRST, mark="absent")
        done = attendance.fill(FIRST)
        marks = {one.name: one.marks.get(FIRST) for one in attendance.grid().rows}
        assert marks == {"张三": "present", "李四": "absent", "王五": "present"}
        assert attendance.fill(FIRST).change_id is None
        redone = undo(opened, done.change_id)
        assert sum(FIRST in one.marks for one in attendance.grid().rows) == 1
        undo(opened, redone)
        assert sum(FIRST in one.marks for one in attendance.grid().rows) == 3

    def test_those_who_wait_are_listed_when_asked_for_or_marked(
        self, opened: OpenRegister, attendance: Attendance, course: int
    ):
        Records(opened, "courses").save(Draft({"places": "1"}, id=course))
        assert [one.name for one in attendance.grid().rows] == ["张三"] and attendance.grid().waiting == 2
        everybody = attendance.grid(waiting=True)
        assert [one.name for one in everybody.rows] == list(NAMES)
        attendance.fill(FIRST)
        attendance.tick([sign_ups(everybody)["王五"]], FIRST, "present")
        assert [one.name for one in attendance.grid().rows] == ["张三", "王五"]

    def test_units_stand_together(self, attendance: Attendance, save: Save, course: int):
        save("training_signups", save("people", name="无单位"), course=course)
        save("training_signups", save("people", name="钱七", employer="又一站"), course=course)
        save("training_signups", save("people", name="赵六", employer="示例站"), course=course)
        grid = attendance.grid()
        units = [grid.unit(one) for one in grid.rows]
        assert units[-1] == "" and sorted(units[:-1]) == units[:-1] and units.count("示例站") == 4


class TestNumbers:
    def test_they_go_on_after_the_highest_of_all_courses(
        self, opened: OpenRegister, attendance: Attendance, save: Save
    ):
        other = save("courses", title="上一班")
        save("training_signups", save("people", name="孙八"), course=other, completion_number="晋社培2026007")
        for name in ("张三", "王五"):
            present(attendance, name, FIRST)
        done = attendance.give_numbers()
        numbers = {one.name: one.values["completion_number"] for one in attendance.grid().rows}
        assert numbers == {"张三": "晋社培2026008", "李四": None, "王五": "晋社培2026009"}
        assert attendance.give_numbers().change_id is None
        present(attendance, "李四", FIRST)
        attendance.give_numbers()
        assert attendance.grid().rows[1].values["completion_number"] == "晋社培2026010"
        undo(opened, done.change_id)
        assert attendance.grid().rows[0].values["completion_number"] is None

    def test_who_failed_gets_none(self, attendance: Attendance):
        present(attendance, "张三", FIRST)
        attendance.assess(sign_ups(attendance.grid())["张三"], "failed")
        assert attendance.give_numbers().change_id is None

    def test_without_a_prefix_it_says_so(self, opened: OpenRegister, attendance: Attendance, course: int):
        Records(opened, "courses").save(Draft({"number_prefix": ""}, id=course))
        with pytest.raises(DomainError, match=r"course\.no_prefix"):
            attendance.give_numbers()

    def test_a_number_is_one_persons(self, attendance: Attendance):
        who = sign_ups(attendance.grid())
        attendance.set_number(who["张三"], " 甲001 ")
        attendance.set_number(who["张三"], "甲001")
        with pytest.raises(DomainError, match=r"course\.number_taken"):
            attendance.set_number(who["李四"], "甲001")
        attendance.set_number(who["张三"], "")
        attendance.set_number(who["李四"], "甲001")
        assert [one.values["completion_number"] for one in attendance.grid().rows] == [None, "甲001", None]


class TestCrediting:
    def test_hours_go_to_each_persons_record_once(self, opened: OpenRegister, attendance: Attendance):
        present(attendance, "张三", FIRST, SECOND, THIRD, FOURTH)
        present(attendance, "李四", FIRST, mark="late")
        present(attendance, "王五", FIRST, mark="absent")
        assert attendance.grid().behind == 2
        done = attendance.credit()
        assert (done.made, done.changed, done.removed) == (2, 0, 0)
        assert ledger(opened) == {"张三": (16, "见签到记录"), "李四": (4, "见签到记录")}
        again = attendance.credit()
        assert (again.made, again.changed, again.removed, again.changes.change_id) == (0, 0, 0, None)
        assert (attendance.grid().behind, attendance.grid().credited) == (0, 2)
        redone = undo(opened, done.changes.change_id)
        assert ledger(opened) == {} and attendance.grid().behind == 2
        undo(opened, redone)
        assert ledger(opened) == {"张三": (16, "见签到记录"), "李四": (4, "见签到记录")}

    def test_the_record_says_what_the_course_says(self, opened: OpenRegister, attendance: Attendance, course: int):
        present(attendance, "张三", FIRST)
        attendance.credit()
        row = next(Records(opened, "learning").all_rows(Filter(), ("title",)))
        assert Records(opened, "learning").record(row.id).values == {
            "title": "社区工作方法班", "organiser": "示例区民政局", "from": "2026-07-01", "to": "2026-07-02", "hours": 4,
            "form": "短期培训", "category": "professional", "kind": "training", "proof": "见签到记录", "course": course,
            "counts": 1, "reason": None, "note": None,
        }  # fmt: skip

    def test_what_was_corrected_is_told_and_changed_and_no_more(self, opened: OpenRegister, attendance: Attendance):
        present(attendance, "张三", FIRST, SECOND)
        present(attendance, "李四", FIRST)
        attendance.credit()
        record = next(row.id for row in Records(opened, "learning").all_rows(Filter("张三"), ("name",)))
        Records(opened, "learning").save(Draft({"note": "另发学时证明"}, id=record))
        present(attendance, "张三", SECOND, mark="absent")
        present(attendance, "王五", FIRST)
        assert attendance.grid().behind == 2
        done = attendance.credit()
        assert (done.made, done.changed, done.removed) == (1, 1, 0)
        assert {name: hours for name, (hours, _) in ledger(opened).items()} == {"张三": 4, "李四": 4, "王五": 4}
        assert Records(opened, "learning").record(record).values["note"] == "另发学时证明"
        undo(opened, done.changes.change_id)
        assert {name: hours for name, (hours, _) in ledger(opened).items()} == {"张三": 8, "李四": 4}

    def test_who_withdrew_after_all_has_nothing_of_it(self, opened: OpenRegister, attendance: Attendance):
        present(attendance, "张三", FIRST)
        attendance.credit()
        Records(opened, "training_signups").set_all([sign_ups(attendance.grid())["张三"]], "sign_up_state", "withdrawn")
        assert attendance.grid().behind == 1
        done = attendance.credit()
        assert done.removed == 1 and ledger(opened) == {}
        undo(opened, done.changes.change_id)
        assert ledger(opened) == {"张三": (4, "见签到记录")}

    def test_the_number_of_completion_is_the_proof(self, opened: OpenRegister, attendance: Attendance):
        present(attendance, "张三", FIRST)
        attendance.credit()
        attendance.give_numbers()
        assert attendance.grid().behind == 1
        assert attendance.credit().changed == 1
        assert ledger(opened) == {"张三": (4, "晋社培2026001")}

    def test_who_failed_counts_by_the_switch(self, opened: OpenRegister, attendance: Attendance, course: int):
        present(attendance, "张三", FIRST)
        attendance.assess(sign_ups(attendance.grid())["张三"], "failed")
        assert attendance.credit().made == 0
        rule = next(row.id for row in Records(opened, "rules").all_rows(Filter(), ("rule",))
                    if row.values["rule"] == "training.failed_counts")  # fmt: skip
        Records(opened, "rules").set_all([rule], "value", "yes")
        assert Attendance(opened, course).credit().made == 1

    def test_who_was_there_without_a_place_was_there(self, opened: OpenRegister, attendance: Attendance, course: int):
        present(attendance, "王五", FIRST)
        Records(opened, "courses").save(Draft({"places": "1"}, id=course))
        attendance.credit()
        assert list(ledger(opened)) == ["王五"]

    def test_records_of_other_courses_and_elsewhere_are_left(
        self, opened: OpenRegister, attendance: Attendance, save: Save
    ):
        person = next(one.person_id for one in attendance.grid().rows if one.name == "李四")
        save("learning", person, title="外出培训", hours="8", to="2026-05-01", proof="1")
        save("learning", person, title="上一班", hours="4", to="2026-05-01", course=save("courses", title="上一班"))
        present(attendance, "张三", FIRST)
        attendance.credit()
        Records(opened, "training_signups").set_all([sign_ups(attendance.grid())["张三"]], "sign_up_state", "withdrawn")
        attendance.credit()
        titles = {row.values["title"] for row in Records(opened, "learning").all_rows(Filter(), ("title",))}
        assert titles == {"外出培训", "上一班"}

    def test_the_hours_of_the_period_have_them(self, opened: OpenRegister, attendance: Attendance, save: Save):
        person = next(one.person_id for one in attendance.grid().rows if one.name == "张三")
        certificate = save("certificates", person, level="初级", approved_on="2025-05-25")
        save("registrations", certificate, registration_kind="first", registered_on="2025-09-01")
        present(attendance, "张三", FIRST, SECOND)
        attendance.credit()
        meter = next(one.meter for one in Hours(opened).of(person, date(2026, 8, 1)))
        assert meter is not None and meter.earned == 8

    def test_a_course_without_dates_has_those_of_its_half_days(self, opened: OpenRegister, save: Save):
        made = save("courses", title="夜校", session_hours="2")
        save("course_sessions", made, date="2026-09-08", half_day="evening")
        save("course_sessions", made, date="2026-09-01", half_day="evening")
        sign_up = save("training_signups", save("people", name="张三"), course=made)
        Attendance(opened, made).tick([sign_up], HalfDay("2026-09-01", "evening"), "present")
        Attendance(opened, made).credit()
        row = next(Records(opened, "learning").all_rows(Filter(), ("from", "to", "hours")))
        assert dict(row.values) == {"from": "2026-09-01", "to": "2026-09-08", "hours": 2}
