"""A record's past: who changed it from where, how it was on a day, one field back."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from socialwork_app.domain.fields.field import Kind
from socialwork_app.foundation import clock
from socialwork_app.foundation.errors import DomainError
from socialwork_app.services import samples
from socialwork_app.services.history import History, Stood
from socialwork_app.services.imports import Imports
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Draft, Records
from tests.services.people_workbook import ZHANG, row, write

Save = Callable[..., int]
NUMBER = "530122199001019968"


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Sets the clock to noon of a day."""
    yield lambda day: monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat(f"{day}T12:00:00").astimezone())


@pytest.fixture
def moved(opened: OpenRegister, save: Save, at: Callable[[str], None]) -> int:
    """A person who came in May, moved in June, got a certificate in July and lost it in August."""
    at("2031-05-10")
    person = save("people", name="张三", id_number=NUMBER, employer="甲社", phone="19900001234")
    at("2031-06-10")
    Records(opened, "people").save(Draft({"employer": "乙社", "phone": "19900005678"}, id=person))
    at("2031-07-10")
    certificate = save("certificates", person, level="助理社会工作师")
    at("2031-08-10")
    Records(opened, "certificates").delete([certificate])
    return person


def fields(stood: Stood | None) -> dict[str, str]:
    return {label: text for _, label, text in stood.fields} if stood else {}


def test_a_record_as_it_was_on_a_day_with_what_hung_on_it_masked(opened: OpenRegister, moved: int):
    def on(*day: int) -> Stood | None:
        return History(opened).on("people", moved, date(2031, *day))

    assert on(5, 9) is None
    may, july, september = on(5, 10), on(7, 10), on(9, 1)
    assert fields(may)["工作单位"] == "甲社" and fields(on(6, 9)) == fields(may)
    assert fields(july)["工作单位"] == "乙社"
    assert fields(may)["身份证号"] == "530122********9968" and fields(may)["联系电话"] == "199****1234"
    assert july is not None and [child.title for child in july.children] == ["证书与登记"]
    assert september is not None and september.children == ()
    Records(opened, "people").delete([moved])
    assert on(7, 10) == july


def test_one_field_goes_back_by_the_rules_and_the_rest_stays(opened: OpenRegister, moved: int):
    history, people = History(opened), Records(opened, "people")
    line = next(line for line in history.of("people", moved) if line.field == "phone")
    before = people.record(moved).values
    saved = history.restore_field("people", moved, "phone", line.change_id)
    assert saved.id == moved
    assert people.record(moved).values == {**before, "phone": "19900001234"}
    line = next(line for line in history.of("people", moved) if line.field == "employer")
    history.restore_field("people", moved, "employer", line.change_id)
    assert people.record(moved).labels["employer"] == "甲社"
    assert history.of("people", moved)[0].new == "甲社"
    with pytest.raises(DomainError, match=r"history\.not_there"):
        history.restore_field("people", moved, "name", line.change_id)


def test_a_number_that_another_has_now_does_not_come_back(opened: OpenRegister, save: Save):
    person = save("people", name="张三", id_number=NUMBER)
    emptied = Records(opened, "people").save(Draft({"id_number": ""}, id=person))
    save("people", name="李四", id_number=NUMBER)
    saved = History(opened).restore_field("people", person, "id_number", emptied.changes.change_id or 0)
    assert saved.id is None
    assert [problem.code for problem in saved.problems] == ["field.taken"]


def test_a_unit_that_is_gone_is_said(opened: OpenRegister, moved: int):
    line = next(line for line in History(opened).of("people", moved) if line.field == "employer")
    unit = Records(opened, "organisations").find("1") if line.old == "甲社" else 0
    Records(opened, "organisations").delete([unit])
    with pytest.raises(DomainError, match=r"record\.reference_gone"):
        History(opened).restore_field("people", moved, "employer", line.change_id)


def test_every_stored_value_reads_back_as_itself(opened: OpenRegister):
    """What is brought back from the history goes through the same reading as what is typed."""
    samples.fill(opened, 60)
    for register in opened.catalogue.registers:
        records = Records(opened, register.key)
        with opened.database.read() as connection:
            table = opened.schema.tables[register.key]
            stored = [dict(one._mapping) for one in connection.execute(table.select().limit(40))]
        for field in register.fields:
            for value in {one[field.key] for one in stored} - {None}:
                if field.kind is not Kind.REFERENCE:
                    assert records.opened.parser.parse(field, value).value == value, (register.key, field.key)


def test_a_line_names_the_workbook_that_it_came_from(opened: OpenRegister, tmp_path: Path):
    imports = Imports(opened)
    path = write(tmp_path / "名册.xlsx", [row(姓名="张三", 身份证号码=ZHANG)])
    imports.apply(imports.check(imports.read(path, "people"), "fill"))
    line = History(opened).of("people", 1)[0]
    assert (line.action, line.file, line.is_import) == ("新增", "名册.xlsx", True)


def test_the_records_of_a_change_are_read_page_by_page_across_registers(opened: OpenRegister, save: Save):
    person = save("people", name="张三")
    for level in ("助理社会工作师", "社会工作师"):
        certificate = save("certificates", person, level=level)
        save("registrations", certificate, registered_on="2025-01-02")
    gone = Records(opened, "people").delete([person])
    window = History(opened).touched(gone.change_id or 0)
    whole = window.rows(0, 50)
    assert window.total == len(whole) == 5
    assert {one.values["action"] for one in whole} == {"删除"}
    assert [row for start in range(5) for row in window.rows(start, 1)] == whole
    assert window.rows(1, 3) == whole[1:4]
