"""Whom a typed or pasted line means, and who is new."""

from collections.abc import Callable

import pytest

from socialwork_app.domain.id_number import checksum
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.people_finding import PeopleFinding
from socialwork_app.services.records import Records

Save = Callable[..., int]
SAMPLE_ID = "11010519491231002X"  # the standard's own example
OTHER_ID = "53012219900101998" + checksum("53012219900101998")


@pytest.fixture
def finding(opened: OpenRegister) -> PeopleFinding:
    return PeopleFinding(opened)


@pytest.fixture
def unnumbered(opened: OpenRegister) -> PeopleFinding:
    return PeopleFinding(opened, numbered=False)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("张三", {"name": "张三"}),
        (f"张三 {SAMPLE_ID} 19900001234 示例社工站", {"name": "张三", "id_number": SAMPLE_ID, "phone": "19900001234", "employer": "示例社工站"}),
        (f"张三　{SAMPLE_ID}，示例社工站", {"name": "张三", "id_number": SAMPLE_ID, "employer": "示例社工站"}),
        (f"1\t女\t张三\t汉族\t{SAMPLE_ID}\t示例 社工站", {"name": "张三", "id_number": SAMPLE_ID, "employer": "示例 社工站"}),
        ("张三 110105194912310020", {"name": "张三", "id_number": "110105194912310020"}),
        ("示例社工站\t张三\t女\t护理员", {"name": "张三", "employer": "示例社工站"}),
        ("示例社工站 19900001234 张三", {"name": "张三", "phone": "19900001234", "employer": "示例社工站"}),
        ("买买提·示例名 示例社工站", {"name": "买买提·示例名", "employer": "示例社工站"}),
        ("张三 19900001234", {"name": "张三", "phone": "19900001234"}),
        ("", {}),
    ],
)  # fmt: skip
def test_the_parts_of_a_line_are_told_apart(finding: PeopleFinding, typed: str, read: dict[str, str]):
    assert {key: value for key, value in finding.read_typed(typed).items() if key != "ethnicity"} == read


@pytest.mark.parametrize("typed", ["张三", "zhang", "zs", SAMPLE_ID, "002x", f"张三 {SAMPLE_ID}", f"{SAMPLE_ID.lower()} 张三",
                                   "张三 19900001234"])  # fmt: skip
def test_a_person_is_found_by_what_one_types(finding: PeopleFinding, save: Save, typed: str):
    person = save("people", name="张三", id_number=SAMPLE_ID, phone="19900001234", employer="示例社工站")
    found = finding.look_up(typed)
    assert [one.id for one in found.people] == [person]
    assert found.new is None
    assert SAMPLE_ID not in found.people[0].told and "示例社工站" in found.people[0].told


def test_no_more_than_a_few_are_offered(finding: PeopleFinding, save: Save):
    for number in range(10):
        save("people", name=f"张{'一二三四五六七八九十'[number]}")
    assert len(finding.find("zhang")) == 8
    assert finding.find("  ") == []


def test_who_is_not_there_is_offered_as_new_with_the_numbers_masked(finding: PeopleFinding, opened: OpenRegister):
    found = finding.look_up(f"李四 {SAMPLE_ID} 19900001234 示例社工站")
    assert found.people == () and found.new is not None
    assert "李四" in found.new_told and "示例社工站" in found.new_told
    assert SAMPLE_ID not in found.new_told and "19900001234" not in found.new_told
    made = finding.make_person(found.new)
    assert made.id is not None and "people" in made.changes.kinds
    assert Records(opened, "people").record(made.id).values["id_number"] == SAMPLE_ID
    assert finding.look_up(f"李四 {SAMPLE_ID}").new is None


def test_a_name_alone_makes_nobody(finding: PeopleFinding):
    assert finding.look_up("李四").new is None
    assert finding.look_up("李四 19900001234").new is None


def test_a_namesake_with_another_number_is_somebody_else(finding: PeopleFinding, save: Save):
    save("people", name="张三", id_number=OTHER_ID)
    found = finding.look_up(f"张三 {SAMPLE_ID}")
    assert found.people == () and found.new is not None
    nameless = save("people", name="张三")
    assert [one.id for one in finding.look_up(f"张三 {SAMPLE_ID}").people] == [nameless]


def test_a_wrong_number_is_told_and_nobody_made(finding: PeopleFinding, opened: OpenRegister):
    found = finding.look_up("李四 110105194912310020")
    assert found.new is not None
    made = finding.make_person(found.new)
    assert made.id is None and made.problems[0].field == "id_number"


@pytest.mark.parametrize("typed", ["李四 19900001234", "李四 示例养老院"])
def test_without_id_numbers_phone_or_unit_are_enough_for_somebody_new(
    unnumbered: PeopleFinding, opened: OpenRegister, typed: str
):
    assert unnumbered.look_up("李四").new is None
    found = unnumbered.look_up(typed)
    assert found.people == () and found.new is not None
    assert unnumbered.make_person(found.new).id is not None
    again = unnumbered.look_up(typed)
    assert len(again.people) == 1 and again.new is None


def test_a_namesake_with_another_phone_or_unit_may_be_somebody_else(unnumbered: PeopleFinding, save: Save):
    there = save("people", name="李四", phone="19900001234", employer="示例养老院")
    for same in ("李四 19900001234", "李四 示例养老院", "李四 19900001234 另一养老院"):
        found = unnumbered.look_up(same)
        assert [one.id for one in found.people] == [there] and found.new is None
        assert unnumbered.pasted(same).person_id == there
    for other in ("李四 19900005678", "李四 另一养老院", "李四 19900005678 示例养老院"):
        found = unnumbered.look_up(other)
        assert [one.id for one in found.people] == [there] and found.new is not None
        line = unnumbered.pasted(other)
        assert line.person_id is None and "同名" in line.problem
    assert unnumbered.pasted("李四").person_id == there


def test_two_of_one_name_are_asked_about(unnumbered: PeopleFinding, save: Save):
    save("people", name="李四", employer="示例养老院")
    second = save("people", name="李四", phone="19900001234", employer="示例养老院")
    line = unnumbered.pasted("李四\t示例养老院")
    assert line.person_id is None and "有 2 人" in line.problem
    assert unnumbered.pasted("李四\t19900001234").person_id == second
