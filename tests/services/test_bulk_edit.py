"""One value for many records: as careful as saving each alone, and all or nothing."""

from collections.abc import Callable

import pytest

from socialwork_app.domain.filters import Condition, Filter
from socialwork_app.domain.sentences import sentence_of
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.history import History
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Draft, Records

Save = Callable[..., int]


def refused(records: Records, ids: list[int], key: str, raw: object) -> str:
    with pytest.raises(DomainError) as told:
        records.set_all(ids, key, raw)
    return sentence_of(told.value)


@pytest.fixture
def two(save: Save) -> list[int]:
    return [save("people", name=name, employer="示例中心") for name in ("张三", "李四")]


@pytest.fixture
def people(opened: OpenRegister) -> Records:
    return Records(opened, "people")


def test_all_at_once_and_undone_at_once(people: Records, two: list[int]):
    changes = people.set_all(two, "township", "二街镇")
    in_town = Filter(where=(Condition("township", "二街镇"),))
    assert people.count(in_town) == 2
    History(people.opened).undo(changes.change_id or 0)
    assert people.count(in_town) == 0


@pytest.mark.parametrize("key", ["township", "employer"])
def test_what_is_chosen_from_a_list_is_meant(people: Records, two: list[int], key: str):
    choice = next(one for one in people.choices(people.register.field(key)))
    people.set_all(two, key, choice.id)
    assert [people.record(row_id).values[key] for row_id in two] == [choice.id] * 2
    people.set_all(two, key, "")
    assert [people.record(row_id).values[key] for row_id in two] == [None] * 2


def test_a_unit_that_is_typed_is_made_once(people: Records, two: list[int]):
    people.set_all(two, "employer", "示例新站")
    assert [people.record(row_id).labels["employer"] for row_id in two] == ["示例新站"] * 2
    assert Records(people.opened, "organisations").count(Filter()) == 2


def test_township_and_community_stay_together(people: Records, two: list[int]):
    people.set_all(two, "community", "宝峰村")
    assert [people.record(row_id).labels["township"] for row_id in two] == ["宝峰街道"] * 2
    people.set_all(two, "township", "二街镇")
    labels = [people.record(row_id).labels for row_id in two]
    assert [(one["township"], one["community"]) for one in labels] == [("二街镇", "")] * 2


def test_what_is_required_is_not_cleared(people: Records, two: list[int]):
    assert refused(people, two, "name", "") == "姓名未填写。"
    assert people.record(two[0]).values["name"] == "张三"


def test_what_may_stand_once_is_given_to_nobody(people: Records, two: list[int]):
    assert refused(people, two, "id_number", "530122199003073312") == "身份证号每条记录各不相同，不能批量修改。请逐条修改。"


def test_a_value_that_no_one_understands(people: Records, two: list[int]):
    assert "学历" in refused(people, two, "education", "不知道")


def test_what_follows_from_the_value_follows(opened: OpenRegister, two: list[int], save: Save):
    registrations = [save("registrations", save("certificates", person, level="中级", approved_on="2019-06-15"),
                          registered_on="2020-03-01") for person in two]  # fmt: skip
    records = Records(opened, "registrations")
    records.set_all(registrations, "registered_on", "2021-05-06")
    assert {records.record(one).values["valid_until"] for one in registrations} == {"2024-05-05"}


def test_the_rules_of_the_subject_hold_and_all_stays(opened: OpenRegister, save: Save):
    first, second = save("rules", rule="示例", title="一", value="5"), save("rules", rule="education.required.assistant",
                                                                          title="二", value="72")  # fmt: skip
    records = Records(opened, "rules")
    told = refused(records, [first, second], "value", "很多")
    assert "二" in told and told.endswith("所选记录均未修改。")
    assert records.record(first).values["value"] == "5"


def test_what_was_wrong_before_does_not_stand_in_the_way(opened: OpenRegister, save: Save):
    rule = save("rules", rule="education.required.assistant", title="二", value="72")
    with opened.change("save", "rules") as change:
        change.update("rules", rule, {"value": "很多"})
        change.commit()
    Records(opened, "rules").set_all([rule], "note", "待核")
    assert Records(opened, "rules").record(rule).values["note"] == "待核"


def test_only_what_changes_is_in_the_history(people: Records, two: list[int]):
    people.save(Draft({"position": "主任"}, id=two[0]))
    people.set_all(two, "position", "主任")
    fields = [
        [line.field_label for line in History(people.opened).of("people", row_id) if line.field] for row_id in two
    ]
    assert fields == [["岗位"], ["岗位"]]


def test_two_of_those_chosen_do_not_become_the_same(opened: OpenRegister, save: Save):
    """A person signs up for a level of a year once, also when two entries are moved at once."""
    one, other = save("people", name="张三"), save("people", name="李四")
    entries = [save("exam_entries", one, year=year, level="中级") for year in (2024, 2025)]
    entries.append(save("exam_entries", other, year=2025, level="中级"))
    records = Records(opened, "exam_entries")
    assert "重复" in refused(records, entries, "year", "2023")
    assert [records.record(entry).values["year"] for entry in entries] == [2024, 2025, 2025]
    records.set_all(entries[1:], "year", "2023")
    records.set_all(entries, "paid", "是")
    assert [records.record(entry).values["paid"] for entry in entries] == [1, 1, 1]
