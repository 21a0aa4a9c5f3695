"""Signing up for an exam: what a person may sit, blocks from a workbook."""

from collections.abc import Callable

import pytest

from socialwork_app.domain.exam_eligibility import Answer
from socialwork_app.domain.sentences import sentence_of_problem
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.exam_signup import SignUp
from socialwork_app.services.history import History
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.people_finding import PeopleFinding, block_lines
from socialwork_app.services.quality import Quality
from socialwork_app.services.records import Draft, Records

Save = Callable[..., int]
SAMPLE_ID = "11010519491231002X"  # the standard's own example
YEAR = 2026
MISSING = "exam.reason_missing", "declared_reason"
SOCIAL_WORKER = {"education": "大学本科", "major": "社会工作"}


@pytest.fixture
def sign_up(opened: OpenRegister) -> SignUp:
    return SignUp(opened, "assistant", YEAR)


def entry(opened: OpenRegister, row_id: int | None):
    assert row_id is not None
    return Records(opened, "exam_entries").record(row_id).values


def test_the_verdict_and_what_is_entered(sign_up: SignUp, opened: OpenRegister, save: Save):
    person = save("people", name="张三", **SOCIAL_WORKER)
    proposal = sign_up.propose(person)
    assert (proposal.answer, proposal.against, proposal.entry_id) == ("符合", False, None)
    assert proposal.subjects == ("comprehensive", "practice") and proposal.first_time and "A3" in proposal.reason
    done = sign_up.enter(proposal, ("practice",), more={"sign_up_number": "0012", "paid": "是", "first_time": "否"})
    values = entry(opened, done.entry_id)
    assert (values["year"], values["level"], values["subjects"]) == (YEAR, "assistant", "practice")
    assert (values["sign_up_number"], values["paid"], values["first_time"]) == ("0012", 1, 0)
    assert sign_up.propose(person).entry_id == done.entry_id
    again = sign_up.enter(proposal)
    assert again.entry_id is None and [problem.code for problem in again.problems] == ["exam.entered_twice"]


def test_little_known_is_no_refusal(sign_up: SignUp, save: Save):
    proposal = sign_up.propose(save("people", name="张三"))
    assert proposal.verdict.answer is Answer.UNKNOWN and not proposal.against and "学历不详" in proposal.reason


def test_against_the_verdict_only_with_a_reason(sign_up: SignUp, opened: OpenRegister, save: Save):
    proposal = sign_up.propose(save("people", name="张三", education="初中"))
    assert proposal.against and proposal.answer == "不符合"
    with pytest.raises(DomainError, match=r"exam\.against_verdict"):
        sign_up.enter(proposal, reason="  ")
    done = sign_up.enter(proposal, reason=" 本人承诺 ")
    assert entry(opened, done.entry_id)["declared_reason"] == "本人承诺"


def test_what_carries_over_is_not_signed_up_again(opened: OpenRegister, save: Save):
    person = save("people", name="张三", **SOCIAL_WORKER, social_work_since="2010-01-01")
    save(
        "exam_entries",
        person,
        year=2025,
        level="社会工作师",
        subjects="综合能力、法规与政策、实务",
        comprehensive=70,
        policy=75,
        practice=40,
    )
    proposal = SignUp(opened, "social_worker", YEAR).propose(person)
    assert proposal.subjects == ("practice",) and not proposal.first_time


def test_a_block_line_by_line(sign_up: SignUp, opened: OpenRegister, save: Save):
    good = save("people", name="张三", id_number=SAMPLE_ID, **SOCIAL_WORKER)
    save("people", name="李四")
    save("people", name="李四")
    save("people", name="王五", education="初中")
    there = save("people", name="赵六")
    save("exam_entries", there, year=YEAR, level="初级")
    text = "\n".join((
        "序号\t姓名\t身份证号", f"1\t张三\t{SAMPLE_ID}", "2\t李四\t", "3\t王五\t", "4\t赵六\t", "5\t钱七\t", "12\t34\t", "", "张三",
        f"孙八\t{SAMPLE_ID}",
    ))  # fmt: skip
    lines = sign_up.judge_block(text)
    finding = PeopleFinding(opened)
    assert [line.pasted for line in lines] == [finding.pasted(line) for line in block_lines(text)]
    expected = ("", "有 2 人", "不符合", "已报考", "没有此人", "认不出", "已报考", "姓名与已登记的不同")
    assert len(lines) == len(expected)
    for line, part in zip(lines, expected, strict=True):
        assert (part in line.problem) if part else not line.problem
    ready = [line.proposal for line in lines if line.proposal and not line.problem]
    assert [one.person_id for one in ready] == [good]


def test_a_block_is_one_change_with_one_way_back(sign_up: SignUp, opened: OpenRegister, save: Save):
    proposals = [sign_up.propose(save("people", name=name, **SOCIAL_WORKER)) for name in ("张三", "李四")]
    refused = sign_up.propose(save("people", name="王五", education="初中"))
    done = sign_up.enter_all([*proposals, refused])
    assert done.entered == tuple(proposals) and [one for one, _ in done.refused] == [refused]
    assert len(done.changes.ids) == 2 and done.changes.change_id
    again = sign_up.enter_all(proposals)
    assert again.entered == () and not again.changes.kinds and all("已报考" in said for _, said in again.refused)
    assert History(opened).undo(done.changes.change_id).reversed == 2
    assert sign_up.propose(proposals[0].person_id).entry_id is None


def test_however_somebody_is_entered_a_missing_reason_is_told_and_locks_nothing(opened: OpenRegister, save: Save):
    entries, owner = Records(opened, "exam_entries"), save("people", name="张三", education="初中")
    raw = {"year": YEAR, "level": "assistant"}
    done = entries.save(Draft(raw, owner_id=owner))
    assert done.id is not None and [(one.code, one.field) for one in done.problems] == [MISSING]
    assert "学历未达到" in sentence_of_problem(done.problems[0])
    assert not entries.check(Draft({"paid": "是"}, done.id)).problems, "asked for once"
    assert not entries.check(Draft({**raw, "paid": "是"}, done.id)).problems
    moved = entries.check(Draft({"level": "social_worker"}, done.id))
    assert [(one.code, one.field) for one in moved.problems] == [MISSING]
    reasoned = {**raw, "level": "social_worker", "declared_reason": "本人承诺"}
    assert not entries.check(Draft(reasoned, owner_id=owner)).problems
    unknown = save("people", name="李四")
    assert not entries.check(Draft(raw, owner_id=unknown)).problems, "not known is no refusal"


def test_who_was_entered_against_the_rules_without_a_word_is_a_finding(opened: OpenRegister, save: Save):
    owner, able = save("people", name="张三", education="初中"), save("people", name="李四", **SOCIAL_WORKER)
    last, this, next_ = opened.today().year - 1, opened.today().year, opened.today().year + 1
    for year in (last, this):
        save("exam_entries", owner, year=year, level="assistant")
    save("exam_entries", owner, year=next_, level="assistant", declared_reason="本人承诺")
    save("exam_entries", able, year=this, level="assistant")
    late = save("exam_entries", owner, year=next_, level="social_worker")
    found = [one for one in Quality(opened).findings() if one.code == "quality.entry_without_reason"]
    assert [(one.name, one.kind) for one in found] == [("张三", "exam_entries")] * 2
    assert found[1].row_id == late and f"{next_} 年报考社会工作师" in found[1].message and "学历" in found[1].message
