"""Signing up for a course: twice, on one day, places and who waits, leaving and coming back, blocks, invitations."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from socialwork_app.domain.courses import Place
from socialwork_app.services.courses import Courses
from socialwork_app.services.history import History
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.people_finding import PeopleFinding
from socialwork_app.services.records import Draft, Records
from socialwork_app.services.training_signup import TrainingSignUp

Save = Callable[..., int]
DAY = "2030-05-06"
TAKEN, WAITING, INVITED, WITHDRAWN = Place.TAKEN, Place.WAITING, Place.INVITED, Place.WITHDRAWN


@pytest.fixture
def course(save: Save) -> int:
    return save("courses", title="示例实务班", **{"from": DAY, "to": DAY}, places=2, state="报名中")


@pytest.fixture
def desk(opened: OpenRegister, course: int) -> TrainingSignUp:
    return TrainingSignUp(opened, course)


@pytest.fixture
def signed(desk: TrainingSignUp, save: Save) -> dict[str, int]:
    """Three people on two places, in this order: name → person."""
    people = {name: save("people", name=name) for name in ("张三", "李四", "王五")}
    for person in people.values():
        desk.enter(desk.propose(person))
    return people


def listed(desk: TrainingSignUp) -> list[tuple[str, Place, int]]:
    found = Courses(desk.opened).participants(desk.course)
    return [(one.name, one.standing.place, one.standing.waiting_as) for one in found]


def sign_up_of(desk: TrainingSignUp, name: str) -> int:
    return next(one.id for one in Courses(desk.opened).participants(desk.course) if one.name == name)


def test_a_sign_up_by_the_form_has_level_and_day_unless_they_are_given(opened: OpenRegister, course: int, save: Save):
    person = save("people", name="张三")
    save("certificates", person, level="中级")
    sign_ups = Records(opened, "training_signups")

    def written(**raw: object) -> tuple[object, object]:
        done = sign_ups.save(Draft({"course": course, **raw}, owner_id=person))
        assert done.id is not None
        values = sign_ups.record(done.id).values
        sign_ups.delete([done.id])
        return values["level"], values["signed_up_on"]

    today = opened.today().isoformat()
    assert written() == ("social_worker", today)
    assert written(level="初级", signed_up_on="2026-01-02") == ("assistant", "2026-01-02")
    assert written(level=None) == (None, today)
    assert written(sign_up_state="拟邀请") == ("social_worker", None)


def test_a_sign_up_that_stands_is_not_filled_anew(opened: OpenRegister, course: int, save: Save):
    person = save("people", name="张三")
    sign_up = save("training_signups", person, course=course, signed_up_on=None)
    save("certificates", person, level="中级")
    Records(opened, "training_signups").save(Draft({"note": "下午到"}, id=sign_up))
    values = Records(opened, "training_signups").record(sign_up).values
    assert (values["level"], values["signed_up_on"], values["note"]) == (None, None, "下午到")


@pytest.mark.parametrize(("state", "until", "codes"), [
    ("已结束", None, ["course.closed"]), ("报名中", "2020-01-01", ["course.sign_up_over"]), ("报名中", None, []),
])  # fmt: skip
def test_an_invitation_to_a_course_that_takes_nobody_warns(
    opened: OpenRegister, save: Save, state: str, until: str | None, codes: list[str]
):
    course = save("courses", title="旧班", state=state, sign_up_until=until)
    done = TrainingSignUp(opened, course).invite([save("people", name="张三")])
    assert (done.count, [one.code for one in done.odd]) == (1, codes)


def test_who_it_is_and_what_is_written(desk: TrainingSignUp, opened: OpenRegister, save: Save):
    person = save("people", name="张三", phone="19900001234", employer="示例社工站")
    for level in ("初级", "中级"):
        save("certificates", person, level=level)
    proposal = desk.propose(person)
    assert (proposal.name, proposal.employer, proposal.phone) == ("张三", "示例社工站", "19900001234")
    assert (proposal.level, proposal.standing, proposal.stands, proposal.in_the_way) == (
        "social_worker", (TAKEN, 0), "", "")  # fmt: skip
    done = desk.enter(proposal, {"lodging": "是", "dietary": "清真", "note": "下午到"})
    assert done.entry_id is not None and done.said == "正式"
    values = Records(opened, "training_signups").record(done.entry_id).values
    assert values["level"] == "social_worker" and values["signed_up_on"] == opened.today().isoformat()
    assert (values["lodging"], values["dietary"], values["note"]) == (1, "清真", "下午到")


def test_without_a_certificate_the_level_is_empty(desk: TrainingSignUp, opened: OpenRegister, save: Save):
    done = desk.enter(desk.propose(save("people", name="张三")))
    assert done.entry_id is not None
    assert Records(opened, "training_signups").record(done.entry_id).values["level"] is None


def test_twice_is_said_and_not_written(desk: TrainingSignUp, signed: dict[str, int], save: Save):
    again = desk.propose(signed["王五"])
    assert "已报名" in again.stands and "候补第 1 位" in again.stands
    person = save("people", name="赵六")
    before = desk.propose(person)
    desk.enter(before)
    late = desk.enter(before)
    assert late.entry_id is None and [problem.code for problem in late.problems] == ["course.signed_up_twice"]
    assert len(listed(desk)) == 4


def test_two_courses_on_one_day_are_said_and_can_be_entered(desk: TrainingSignUp, opened: OpenRegister, save: Save):
    other = save("courses", title="另一班", **{"from": DAY})
    person = save("people", name="张三")
    save("training_signups", person, course=other)
    proposal = desk.propose(person)
    assert "另一班" in proposal.clashes and proposal.in_the_way == proposal.clashes and not proposal.stands
    assert desk.enter(proposal).entry_id is not None


def test_late_or_closed_is_a_warning(opened: OpenRegister, save: Save):
    yesterday = opened.today() - timedelta(days=1)
    person = save("people", name="张三")
    for values, word in (({"sign_up_until": opened.today()}, ""), ({"sign_up_until": yesterday}, "截止"),
                         ({"state": "已结束"}, "已结束")):  # fmt: skip
        desk = TrainingSignUp(opened, save("courses", title=f"班{word}", **values))
        proposal = desk.propose(person)
        assert (word in proposal.odd) if word else not proposal.odd
        assert not proposal.in_the_way and desk.enter(proposal).entry_id is not None


def test_who_waits_moves_up_when_somebody_leaves_and_back_with_the_undo(
    desk: TrainingSignUp, opened: OpenRegister, signed: dict[str, int]
):
    full = [("张三", TAKEN, 0), ("李四", TAKEN, 0), ("王五", WAITING, 1)]
    assert listed(desk) == full
    moved = desk.withdraw([sign_up_of(desk, "张三")])
    assert moved.said == "张三退出；王五由候补转为正式"
    assert listed(desk) == [("张三", WITHDRAWN, 0), ("李四", TAKEN, 0), ("王五", TAKEN, 0)]
    History(opened).undo(moved.changes.change_id or 0)
    assert listed(desk) == full
    assert desk.withdraw([sign_up_of(desk, "王五")]).said == "王五退出"


def test_who_comes_back_comes_last_and_takes_nobodys_place(
    desk: TrainingSignUp, opened: OpenRegister, signed: dict[str, int], save: Save
):
    sign_up = sign_up_of(desk, "张三")
    save("attendance", sign_up, date=DAY, half_day="上午")
    desk.withdraw([sign_up])
    left = listed(desk)
    assert desk.propose(signed["张三"]).standing == (WAITING, 1)
    done = desk.confirm(sign_up)
    assert done.said == "候补第 1 位"
    assert listed(desk) == [("李四", TAKEN, 0), ("王五", TAKEN, 0), ("张三", WAITING, 1)]
    assert Courses(opened).participants(desk.course)[-1].marks
    History(opened).undo(done.changes.change_id or 0)
    assert listed(desk) == left and Courses(opened).participants(desk.course)[0].marks


def test_the_invited_take_no_place_until_they_sign_up(desk: TrainingSignUp, signed: dict[str, int], save: Save):
    desk.withdraw([sign_up_of(desk, "王五")])
    guest = save("people", name="赵六")
    save("certificates", guest, level="初级")
    asked = desk.invite([guest, signed["李四"], signed["王五"], guest])
    assert asked.count == 1 and asked.left_out == ("李四", "王五") and len(asked.changes.ids) == 1
    assert listed(desk)[-1] == ("赵六", INVITED, 0)
    proposal = desk.propose(guest)
    assert not proposal.stands and proposal.standing == (WAITING, 1)
    done = desk.enter(proposal, {"lodging": "是"})
    assert done.entry_id is not None and listed(desk)[-1] == ("赵六", WAITING, 1)
    assert Records(desk.opened, "training_signups").record(done.entry_id).values["level"] == "assistant"
    again = desk.invite([guest])
    assert again.count == 0 and again.left_out == ("赵六",) and not again.changes.kinds


def test_an_invitation_goes_back_as_one(desk: TrainingSignUp, opened: OpenRegister, save: Save):
    asked = desk.invite([save("people", name=name) for name in ("张三", "李四")])
    assert History(opened).undo(asked.changes.change_id or 0).reversed == 2
    assert listed(desk) == []


def test_unit_and_phone_are_corrected_in_the_same_change(desk: TrainingSignUp, opened: OpenRegister, save: Save):
    person = save("people", name="张三", phone="19900001234", employer="示例社工站")
    done = desk.enter(desk.propose(person), person={"phone": "19900005678", "employer": "新设养老院"})
    assert {"people", "organisations", "training_signups"} <= done.changes.kinds
    after = Records(opened, "people").record(person)
    assert (after.values["phone"], after.labels["employer"]) == ("19900005678", "新设养老院")
    History(opened).undo(done.changes.change_id or 0)
    before = Records(opened, "people").record(person)
    assert (before.values["phone"], before.labels["employer"]) == ("19900001234", "示例社工站")
    assert listed(desk) == []


def test_a_block_with_a_double_and_places_counted_line_by_line(desk: TrainingSignUp, opened: OpenRegister, save: Save):
    names = ("张三", "李四", "王五", "赵六")
    people = {name: save("people", name=name, employer="示例社工站") for name in names}
    other = save("courses", title="另一班", **{"from": DAY})
    save("training_signups", people["赵六"], course=other)
    text = "\n".join(
        ("单位\t姓名", *(f"示例社工站\t{name}" for name in ("张三", "李四", "张三", "赵六", "王五", "孙七")))
    )
    lines = desk.judge_block(text)
    expected = ("", "", "不能重复报名", "另一班", "", "没有此人")
    for line, part in zip(lines, expected, strict=True):
        assert (part in line.problem) if part else not line.problem
    ready = [line.proposal for line in lines if line.proposal and not line.problem]
    assert [one.standing for one in ready] == [(TAKEN, 0), (TAKEN, 0), (WAITING, 1)]
    done = desk.enter_all(ready)
    assert [one.name for one in done.entered] == ["张三", "李四", "王五"]
    assert [one.standing for one in ready] == [tuple(one[1:]) for one in listed(desk)]
    again = desk.enter_all(ready)
    assert not again.entered and all("不能重复" in said for _, said in again.refused)
    assert History(opened).undo(done.changes.change_id or 0).reversed == 3
    assert listed(desk) == []


def test_who_is_unknown_is_made_in_the_line(desk: TrainingSignUp, opened: OpenRegister):
    finding = PeopleFinding(opened, numbered=False)
    found = finding.look_up("孙七 19900001234 示例养老院")
    assert found.new is not None
    made = finding.make_person(found.new)
    assert made.id is not None
    assert desk.enter(desk.propose(made.id)).entry_id is not None and listed(desk) == [("孙七", TAKEN, 0)]
