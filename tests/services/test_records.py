"""Records through the services, on a real encrypted file."""

from collections.abc import Callable

import pytest

from socialwork_app.domain.filters import Condition, Filter
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services.history import History
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Draft, Records

SAMPLE_ID = "11010519491231002X"  # the standard's own example
Save = Callable[..., int]


def names(opened: OpenRegister, asked: Filter, kind: str = "people") -> list[str]:
    return [str(row.values["name"]) for row in Records(opened, kind).first_rows(asked, ("name",))]


def test_derived_values_come_from_the_id_number(opened: OpenRegister, save: Save):
    person = Records(opened, "people").record(save("people", name="张　三", id_number=SAMPLE_ID.lower()))
    assert person.values["name"] == "张三"
    assert person.values["id_number"] == SAMPLE_ID
    assert (person.values["gender"], person.values["birth_date"]) == ("女", "1949-12-31")


@pytest.mark.parametrize("typed", ["张", "三", "张三", "zs", "ZHANG", "san", "002x", "1234", SAMPLE_ID, "2019060385"])
def test_a_person_is_found_by_any_of_its_keys(opened: OpenRegister, save: Save, typed: str):
    person = save("people", name="张三", id_number=SAMPLE_ID, phone="19900001234")
    save("certificates", person, level="中级", certificate_number="201906038530000001")
    save("people", name="李四")
    asked = Filter(typed)
    assert names(opened, asked) == ["张三"]
    assert Records(opened, "people").count(asked) == 1
    window = Records(opened, "people").open_window(asked, ("name",))
    assert [row.values["name"] for row in window.rows(0, 10)] == ["张三"]
    window.close()


def test_search_follows_a_changed_name_and_a_deleted_certificate(opened: OpenRegister, save: Save):
    person = save("people", name="张三")
    certificate = save("certificates", person, level="初级", certificate_number="AB12345678")
    Records(opened, "people").save(Draft({"name": "王五"}, id=person))
    assert names(opened, Filter("zs")) == []
    assert names(opened, Filter("ww")) == ["王五"]
    Records(opened, "certificates").delete([certificate])
    assert names(opened, Filter("ab1234")) == []


def test_first_screen_and_window_agree(opened: OpenRegister, save: Save):
    for name in ("张三", "张四", "章五", "李张"):
        save("people", name=name)
    records = Records(opened, "people")
    for asked in (
        Filter("zhang"),
        Filter(sort="name", descending=True),
        Filter(where=(Condition("status", "here"),)),
    ):
        window = records.open_window(asked, ("name",))
        assert [row.id for row in records.first_rows(asked, ("name",))] == window.ids(0, 10)
        assert window.total == records.count(asked)
        window.close()


def test_a_search_takes_every_sign_as_it_was_typed(opened: OpenRegister, save: Save):
    for name in ("示例A_1中心", "示例A21中心", "示例100%中心"):
        save("organisations", name=name)
    units = Records(opened, "organisations")
    for typed, name in (("A_1", "示例A_1中心"), ("%", "示例100%中心")):
        asked = Filter(typed)
        assert [row.values["name"] for row in units.first_rows(asked, ("name",))] == [name]
        window = units.open_window(asked, ("name",))
        assert [row.values["name"] for row in window.rows(0, 10)] == [name]
        window.close()


def test_a_problem_keeps_the_record_from_being_saved(opened: OpenRegister):
    saved = Records(opened, "people").save(Draft({"name": "", "id_number": "110105194912310021"}))
    assert saved.id is None
    assert {(one.field, one.code) for one in saved.problems} == {
        ("name", "field.required"), ("id_number", "id_number.checksum")}  # fmt: skip
    assert Records(opened, "people").count(Filter()) == 0


def test_an_id_number_stands_once(opened: OpenRegister, save: Save):
    save("people", name="张三", id_number=SAMPLE_ID)
    saved = Records(opened, "people").save(Draft({"name": "李四", "id_number": SAMPLE_ID}))
    assert saved.id is None
    assert [one.code for one in saved.problems] == ["field.taken"]


def test_other_documents_have_no_check_digit(opened: OpenRegister, save: Save):
    person = save("people", name="陈一", id_type="护照", id_number="E12345678")
    values = Records(opened, "people").record(person).values
    assert (values["id_number"], values["birth_date"]) == ("E12345678", None)
    assert Records(opened, "people").find("E12345678") == person


def test_another_document_is_not_called_a_resident_id_with_its_number(opened: OpenRegister, save: Save):
    people, person = Records(opened, "people"), save("people", name="陈一", id_type="护照", id_number="E12345678")
    saved = people.save(Draft({"id_type": "居民身份证"}, id=person))
    assert (saved.id, [one.field for one in saved.problems]) == (None, ["id_number"])
    with pytest.raises(DomainError, match=r"bulk\.refused"):
        people.set_all([person], "id_type", "居民身份证")
    assert people.save(Draft({"id_type": "居民身份证", "id_number": SAMPLE_ID}, id=person)).id == person


def test_places_are_understood_as_offices_write_them(opened: OpenRegister, save: Save):
    person = Records(opened, "people").record(save("people", name="张三", township="晋城镇", community="回龙村"))
    assert person.labels["township"] == "晋城街道"
    assert person.labels["community"] == "回龙村委会"
    unclear = Records(opened, "people").check(Draft({"name": "李四", "community": "回龙村委会"}))
    assert [one.code for one in unclear.errors] == ["place.ambiguous"]
    moved = Records(opened, "people").record(save("people", name="王五", township="昆阳", community="宝峰村"))
    assert moved.labels["township"] == "宝峰街道"


def test_who_moves_to_another_township_leaves_the_community(opened: OpenRegister, save: Save):
    people = Records(opened, "people")
    person = save("people", name="张三", township="昆阳街道", community="回龙村委会", status="here")
    people.save(Draft({"township": "昆阳街道"}, id=person))
    assert people.record(person).labels["community"] == "回龙村委会"
    for township, name in (("二街镇", "二街镇"), ("", "")):
        people.save(Draft({"township": township}, id=person))
        assert (people.record(person).labels["township"], people.record(person).labels["community"]) == (name, "")


def test_a_community_that_names_no_township_leaves_the_township_alone(opened: OpenRegister, save: Save):
    save("places", name="示例新社区", place_level="社区")
    people = Records(opened, "people")
    person = people.record(save("people", name="张三", township="二街镇", community="示例新社区"))
    assert (person.labels["township"], person.labels["community"]) == ("二街镇", "示例新社区")
    people.save(Draft({"township": "昆阳街道"}, id=person.id))
    assert people.record(person.id).labels["community"] == "示例新社区"


@pytest.mark.parametrize("key", ["employer", "township", "community"])
def test_what_was_deleted_while_a_form_offered_it_is_told_beside_its_field(opened: OpenRegister, save: Save, key: str):
    people, person = Records(opened, "people"), save("people", name="张三")
    saved = people.save(Draft({key: 99_999}, id=person))
    assert (saved.id, [(one.field, one.code) for one in saved.problems]) == (None, [(key, "reference.gone")])
    with pytest.raises(DomainError, match=r"reference\.gone"):
        people.set_all([person], key, 99_999)


def test_a_unit_is_made_when_first_named(opened: OpenRegister, save: Save):
    first = save("people", name="张三", employer="示例 社工站")
    second = save("people", name="李四", employer="示例社工站")
    people = Records(opened, "people")
    assert people.record(first).values["employer"] == people.record(second).values["employer"]
    with pytest.raises(DomainError, match=r"record\.referred_to"):
        Records(opened, "organisations").delete([int(people.record(first).values["employer"] or 0)])


def test_deleting_takes_what_hangs_on_it_and_undo_brings_it_back(opened: OpenRegister, save: Save):
    person = save("people", name="张三")
    certificate = save("certificates", person, level="中级", approved_on="2019-06")
    save("registrations", certificate, registered_on="2020-02-28")
    changes = Records(opened, "people").delete([person])
    assert [Records(opened, kind).count(Filter()) for kind in ("people", "certificates", "registrations")] == [0, 0, 0]
    assert changes.change_id is not None
    undone = History(opened).undo(changes.change_id)
    assert undone.reversed == 3
    assert names(opened, Filter("zs")) == ["张三"]
    with pytest.raises(DomainError, match=r"undo\.already"):
        History(opened).undo(changes.change_id)


def test_history_says_who_changed_what(opened: OpenRegister, save: Save):
    person = save("people", name="张三", phone="19900001234")
    Records(opened, "people").save(Draft({"phone": "19900005678", "township": "二街镇"}, id=person))
    lines = History(opened).of("people", person)
    found = {(line.field_label, line.old, line.new) for line in lines if line.field}
    assert found == {("联系电话", "199****1234", "199****5678"), ("乡镇(街道)", "", "二街镇")}
    assert lines[-1].action == "新增"


def test_an_undo_leaves_what_was_edited_since(opened: OpenRegister, save: Save):
    person = save("people", name="张三")
    records = Records(opened, "people")
    change = records.save(Draft({"position": "社工", "school": "示例大学"}, id=person)).changes.change_id
    records.save(Draft({"position": "主任"}, id=person))
    undone = History(opened).undo(change or 0)
    values = records.record(person).values
    assert (values["position"], values["school"]) == ("主任", None)
    assert undone.kept == ("人员 张三（岗位）",)


def test_the_latest_registration_shows_in_the_list(opened: OpenRegister, save: Save):
    certificate = save("certificates", save("people", name="张三"), level="中级", approved_on="2019-06-15")
    save("registrations", certificate, registered_on="2020-02-29")
    save("registrations", certificate, registered_on="2023-02-27", registration_kind="再次登记")
    keys = ("name", "valid_until", "registration_kind")
    rows = Records(opened, "certificates").first_rows(Filter(), keys)
    assert dict(rows[0].values) == {
        "name": "张三",
        "valid_until": "2026-02-26",
        "registration_kind": "renewal",
    }


def test_conditions_on_dates_mean_within(opened: OpenRegister, save: Save):
    person = save("people", name="张三")
    for number, day in enumerate(("2017", "2017-06", "2017-06-10", "2018-01-01")):
        save("certificates", person, level="中级", certificate_number=f"NUMBER{number}", approved_on=day)
    records = Records(opened, "certificates")
    count = lambda value, operator="=": records.count(Filter(where=(Condition("approved_on", value, operator),)))  # noqa: E731
    assert [count("2017"), count("2017-06"), count("2017-06-10")] == [3, 2, 1]
    assert [count("2017", "<="), count("2017-06", ">="), count(None, "empty")] == [3, 3, 0]


def test_a_stated_end_of_validity_stays_when_something_else_is_edited(opened: OpenRegister, save: Save):
    certificate = save("certificates", save("people", name="张三"), level="中级", approved_on="2019-06-15")
    registration = save("registrations", certificate, registered_on="2020-02-29", valid_until="2023-03-31")
    records = Records(opened, "registrations")
    records.save(Draft({"note": "已核对"}, id=registration))
    assert records.record(registration).values["valid_until"] == "2023-03-31"
    records.save(Draft({"registered_on": "2020-03-17"}, id=registration))
    assert records.record(registration).values["valid_until"] == "2023-03-16"
