"""Signing up: whom a line means, what a person may sit, blocks from a workbook."""

from collections.abc import Callable

import pytest

from socialwork_app.domain.exam_eligibility import Answer
from socialwork_app.domain.id_number import checksum
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.exam_signup import SignUp
from socialwork_app.services.history import History
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records

Save = Callable[..., int]
SAMPLE_ID = "11010519491231002X"  # the standard's own example
OTHER_ID = "53012219900101998" + checksum("53012219900101998")
YEAR = 2026
SOCIAL_WORKER = {"education": "大学本科", "major": "社会工作"}


@pytest.fixture
def sign_up(opened: OpenRegister) -> SignUp:
    return SignUp(opened, "assistant", YEAR)


def entry(opened: OpenRegister, row_id: int | None):
    assert row_id is not None
    return Records(opened, "exam_entries").record(row_id).values


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("张三", {"name": "张三"}),
        (f"张三 {SAMPLE_ID} 19900001234 示例社工站", {"name": "张三", "id_number": SAMPLE_ID, "phone": "19900001234", "employer": "示例社工站"}),
        (f"张三　{SAMPLE_ID}，示例社工站", {"name": "张三", "id_number": SAMPLE_ID, "employer": "示例社工站"}),
        (f"1\t女\t张三\t汉族\t{SAMPLE_ID}\t示例 社工站", {"name": "张三", "id_number": SAMPLE_ID, "employer": "示例 社工站"}),
        ("张三 110105194912310020", {"name": "张三", "id_number": "110105194912310020"}),
        ("张三 19900001234", {"name": "张三", "phone": "19900001234"}),
        ("", {}),
    ],
)  # fmt: skip
def test_the_parts_of_a_line_are_told_apart(sign_up: SignUp, typed: str, read: dict[str, str]):
    assert {key: value for key, value in sign_up.read_typed(typed).items() if key != "ethnicity"} == read


@pytest.mark.parametrize("typed", ["张三", "zhang", "zs", SAMPLE_ID, "002x", f"张三 {SAMPLE_ID}", f"{SAMPLE_ID.lower()} 张三",
                                   "张三 19900001234"])  # fmt: skip
def test_a_person_is_found_by_what_one_types(sign_up: SignUp, save: Save, typed: str):
    person = save("people", name="张三", id_number=SAMPLE_ID, phone="19900001234", employer="示例社工站")
    found = sign_up.look_up(typed)
    assert [one.id for one in found.people] == [person]
    assert found.new is None
    assert SAMPLE_ID not in found.people[0].told and "示例社工站" in found.people[0].told


def test_no_more_than_a_few_are_offered(sign_up: SignUp, save: Save):
    for number in range(10):
        save("people", name=f"张{'一二三四五六七八九十'[number]}")
    assert len(sign_up.find("zhang")) == 8
    assert sign_up.find("  ") == []


def test_who_is_not_there_is_offered_as_new_with_the_numbers_masked(sign_up: SignUp, opened: OpenRegister):
    found = sign_up.look_up(f"李四 {SAMPLE_ID} 19900001234 示例社工站")
    assert found.people == () and found.new is not None
    assert "李四" in found.new_told and "示例社工站" in found.new_told
    assert SAMPLE_ID not in found.new_told and "19900001234" not in found.new_told
    made = sign_up.make_person(found.new)
    assert made.entry_id is not None and "people" in made.changes.kinds
    assert Records(opened, "people").record(made.entry_id).values["id_number"] == SAMPLE_ID
    assert sign_up.look_up(f"李四 {SAMPLE_ID}").new is None


def test_a_name_alone_makes_nobody(sign_up: SignUp):
    assert sign_up.look_up("李四").new is None
    assert sign_up.look_up("李四 19900001234").new is None


def test_a_namesake_with_another_number_is_somebody_else(sign_up: SignUp, save: Save):
    save("people", name="张三", id_number=OTHER_ID)
    found = sign_up.look_up(f"张三 {SAMPLE_ID}")
    assert found.people == () and found.new is not None
    nameless = save("people", name="张三")
    assert [one.id for one in sign_up.look_up(f"张三 {SAMPLE_ID}").people] == [nameless]


def test_a_wrong_number_is_told_and_nobody_made(sign_up: SignUp, opened: OpenRegister):
    found = sign_up.look_up("李四 110105194912310020")
    assert found.new is not None
    made = sign_up.make_person(found.new)
    assert made.entry_id is None and made.problems[0].field == "id_number"


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
    assert [line.pasted for line in lines] == sign_up.read_block(text)
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
