"""What courses ask for in good time, and what of them does not fit together."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from socialwork_app.domain.courses import HalfDay
from socialwork_app.domain.problems import Severity
from socialwork_app.persistence.transaction import Transaction
from socialwork_app.services.attachments import Attachments
from socialwork_app.services.attendance import Attendance
from socialwork_app.services.history import History
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.quality import Quality
from socialwork_app.services.records import Draft, Records
from socialwork_app.services.training_due import training_due

Save = Callable[..., int]
DAY = date(2026, 7, 1)
FIRST = HalfDay("2026-07-01", "morning")


@pytest.mark.parametrize(("state", "until", "told"), [
    ("open", "2026-07-31", True), ("open", "2027-08-01", True), ("open", "2026-07-01", True), ("open", "2026-06-30", False),
    ("open", "2026-07", True), ("planned", "2026-07-05", False), ("running", "2026-07-05", False),
])  # fmt: skip
def test_the_end_of_an_open_sign_up_is_told(opened: OpenRegister, save: Save, state: str, until: str, told: bool):
    save("courses", title="养老护理班", state=state, sign_up_until=until)
    found = training_due(opened, DAY)
    assert [(one.kind, one.person) for one in found] == ([("course_sign_up", "")] if told else [])
    assert all("养老护理班" in one.message and until in one.message for one in found)


@pytest.mark.parametrize(
    ("since", "due"), [("2026-08-10", date(2026, 8, 10)), ("2026-08", date(2026, 8, 1)), ("", DAY)]
)
def test_an_open_sign_up_without_an_end_is_told_by_the_first_day(
    opened: OpenRegister, save: Save, since: str, due: date
):
    save("courses", title="养老护理班", state="open", **{"from": since})
    (one,) = training_due(opened, DAY)
    assert (one.kind, one.due, one.message) == (
        "course_sign_up", due, "“养老护理班”正在报名，没有写明报名截止日期。"
    )  # fmt: skip


def test_hours_that_wait_are_told_until_they_are_credited(opened: OpenRegister, save: Save):
    course = save("courses", title="养老护理班", session_hours="4", **{"from": "2026-07-01", "to": "2026-07-02"})
    save("course_sessions", course, date=FIRST.day, half_day=FIRST.half)
    sign_ups = [save("training_signups", save("people", name=name), course=course) for name in ("张三", "李四", "王五")]
    attendance = Attendance(opened, course)
    attendance.tick(sign_ups[:1], FIRST, "absent")
    assert training_due(opened, date(2026, 8, 1)) == []
    attendance.tick(sign_ups[1:], FIRST, "present")
    assert training_due(opened, date(2026, 6, 30)) == []
    for day, words in ((date(2026, 7, 2), "正在举办"), (date(2026, 7, 3), "已结束")):
        (one,) = training_due(opened, day)
        assert (one.kind, one.due, one.record_id) == ("course_uncredited", date(2026, 7, 2), course)
        assert words in one.message and "2 人" in one.message
    attendance.credit()
    assert training_due(opened, date(2026, 8, 1)) == []


@pytest.mark.parametrize(
    ("field", "value", "warned"),
    [("session_hours", 6, False), ("session_hours", 6.5, True), ("session_hours", "", False)],
)
def test_half_days_that_make_a_long_day_warn(opened: OpenRegister, field: str, value: object, warned: bool):
    """The hours of a whole day, told for each half of it, would count twice."""
    done = Records(opened, "courses").save(Draft({"title": "养老护理班", field: value}))
    assert [(one.severity, one.code) for one in done.problems] == [(Severity.WARNING, "course.long_day")] * warned


def test_the_half_days_of_one_day_are_added_up(opened: OpenRegister, save: Save):
    course = save("courses", title="养老护理班", session_hours="4")

    def warned(day: str, half: str, hours: object = None) -> list[str]:
        raw = {"date": day, "half_day": half, "hours": hours}
        return [one.code for one in Records(opened, "course_sessions").save(Draft(raw, owner_id=course)).problems]

    assert warned("2026-07-01", "morning") == warned("2026-07-01", "afternoon", 5) == []
    assert warned("2026-07-01", "evening", 3) == []
    assert warned("2026-07-02", "morning", 8.5) == []
    assert warned("2026-07-02", "evening") == ["course.long_day"]


def test_a_mark_of_a_day_to_come_warns(opened: OpenRegister, save: Save):
    course, today = save("courses", title="养老护理班"), opened.today()
    sign_up = save("training_signups", save("people", name="张三"), course=course)
    for days, codes in ((0, []), (1, ["attendance.to_come"])):
        raw = {"date": (today + timedelta(days=days)).isoformat(), "half_day": "morning"}
        done = Records(opened, "attendance").save(Draft(raw, owner_id=sign_up))
        assert (done.id is not None, [one.code for one in done.problems]) == (True, codes)


def found(opened: OpenRegister) -> list[tuple[str, str]]:
    return [
        (one.code, one.name)
        for one in Quality(opened).findings()
        if one.kind in ("course_sessions", "training_signups", "attendance")
    ]


def test_learning_without_proof_is_found(opened: OpenRegister, save: Save, tmp_path: Path):
    """A number or a scan is a proof."""
    person = save("people", name="张三")
    save("learning", person, title="有编号", hours="4", to="2026-05-01", proof="示 1 号")
    scanned = save("learning", person, title="有扫描件", hours="4", to="2026-05-01")
    bare = save("learning", person, title="都没有", hours="4", to="2026-05-01")
    (tmp_path / "证明.pdf").write_bytes(b"%PDF-1.4 sample")
    Attachments(opened).add("learning", scanned, tmp_path / "证明.pdf")
    unproven = [one for one in Quality(opened).findings() if one.code == "quality.learning_without_proof"]
    assert [(one.kind, one.row_id, one.name) for one in unproven] == [("learning", bare, "张三")]


def test_the_notice_is_kept_with_its_course(opened: OpenRegister, save: Save, tmp_path: Path):
    course = save("courses", title="养老护理班")
    (tmp_path / "通知.pdf").write_bytes(b"%PDF-1.4 sample")
    attachments = Attachments(opened)
    attachments.add("courses", course, tmp_path / "通知.pdf")
    (kept,) = attachments.of("courses", course)
    assert attachments.content(kept.id) == ("通知.pdf", b"%PDF-1.4 sample")
    gone = Records(opened, "courses").delete([course])
    assert attachments.of("courses", course) == ()
    History(opened).undo(gone.change_id or 0)
    assert [one.id for one in attachments.of("courses", course)] == [kept.id]


def written(opened: OpenRegister, write: Callable[[Transaction], object]) -> None:
    """As an import might: past the checks of a form."""
    with opened.change("save") as change:
        write(change)
        change.commit()


def test_a_half_day_that_stands_twice_is_found(opened: OpenRegister, save: Save):
    course, other = save("courses", title="养老护理班"), save("courses", title="另一班")
    save("course_sessions", course, date=FIRST.day, half_day=FIRST.half)
    save("course_sessions", other, date=FIRST.day, half_day=FIRST.half)
    save("course_sessions", course, date=FIRST.day, half_day="afternoon")
    assert found(opened) == []
    row = {"course_id": course, "date": FIRST.day, "half_day": FIRST.half}
    written(opened, lambda change: change.insert("course_sessions", row))
    assert found(opened) == [("quality.course_session_twice", "养老护理班")]


@pytest.mark.parametrize(("half", "state", "twice"), [
    ("morning", "signed_up", True), ("afternoon", "signed_up", False), ("morning", "withdrawn", False), ("morning", "invited", False),
])  # fmt: skip
def test_two_courses_in_one_half_day_are_found(opened: OpenRegister, save: Save, half: str, state: str, twice: bool):
    person, nobody = save("people", name="张三"), save("people", name="李四")
    for title, when in (("养老护理班", "morning"), ("另一班", half)):
        course = save("courses", title=title)
        save("course_sessions", course, date=FIRST.day, half_day=when)
        save("training_signups", person, course=course, sign_up_state=state if title == "另一班" else "signed_up")
    save("training_signups", nobody, course=course)
    assert found(opened) == ([("quality.two_courses_at_once", "张三")] if twice else [])


def test_a_mark_outside_the_course_is_found(opened: OpenRegister, save: Save):
    course = save("courses", title="养老护理班")
    save("course_sessions", course, date=FIRST.day, half_day=FIRST.half)
    sign_up = save("training_signups", save("people", name="张三"), course=course)
    save("attendance", sign_up, date=FIRST.day, half_day=FIRST.half)
    assert found(opened) == []
    save("attendance", sign_up, date=FIRST.day, half_day="evening")
    assert found(opened) == [("quality.attendance_without_session", "张三")]
