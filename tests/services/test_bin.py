"""The bin: what was deleted, and the way back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from socialwork_app.domain.filters import Filter
from socialwork_app.domain.roles import Role
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import seals
from socialwork_app.persistence.transaction import rows_of
from socialwork_app.services.attachments import Attachments
from socialwork_app.services.bin import Bin
from socialwork_app.services.history import History
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Records

Save = Callable[..., int]
NUMBER = "530122199001019968"


def shown(opened: OpenRegister, search: str = "", kind: str = "") -> list[tuple[Any, ...]]:
    rows = Bin(opened).window(search, kind).rows(0, 200)
    return [tuple(row.values[key] for key in ("kind", "name", "with")) for row in rows]


def everything(opened: OpenRegister) -> dict[str, list[dict[str, Any]]]:
    with opened.file.read() as connection:
        return {kind: rows_of(connection, table.select()) for kind, table in opened.schema.tables.items()}


@pytest.fixture
def person(opened: OpenRegister, save: Save, tmp_path: Path) -> int:
    """With a certificate, its registration, a scan of each."""
    made = save("people", name="张三", id_number=NUMBER, employer="甲社")
    certificate = save("certificates", made, level="助理社会工作师", certificate_number="2025038531")
    registration = save("registrations", certificate, registered_on="2025-01-02")
    (tmp_path / "证书.pdf").write_bytes(b"x")
    for kind, row_id in (("people", made), ("registrations", registration)):
        Attachments(opened).add(kind, row_id, tmp_path / "证书.pdf")
    return made


def test_a_person_comes_back_with_all_that_went_along(opened: OpenRegister, person: int):
    before = everything(opened)
    Records(opened, "people").delete([person])
    assert shown(opened) == [("人员", "张三", "证书与登记 1、登记 1、附件 2")]
    restored = Bin(opened).restore("people", person)
    assert everything(opened) == before
    assert sum(restored.counts.values()) == 5
    assert shown(opened) == []
    with opened.file.read() as connection:
        assert seals.verify(connection, Control()) == []
    assert [line.action for line in History(opened).of("people", person)].count("从回收站恢复") == 3


def test_one_of_many_that_were_deleted_together_comes_back_alone(opened: OpenRegister, save: Save, person: int):
    other = save("people", name="李四")
    Records(opened, "people").delete([person, other])
    assert [row[1] for row in shown(opened, "李")] == ["李四"]
    Bin(opened).restore("people", other)
    assert [row.values["name"] for row in Records(opened, "people").all_rows(Filter(), ("name",))] == ["李四"]
    assert [row[1] for row in shown(opened)] == ["张三"]
    assert shown(opened, kind="certificates") == []


def test_a_child_and_a_scan_that_were_deleted_by_themselves_are_in_the_bin(opened: OpenRegister, person: int):
    scan = Attachments(opened).of("people", person)[0].id
    Attachments(opened).remove(scan)
    certificate = next(Records(opened, "certificates").all_rows(Filter(), ())).id
    Records(opened, "certificates").delete([certificate])
    assert shown(opened) == [("证书与登记", "张三 2025038531", "登记 1、附件 1"), ("附件", "张三 证书.pdf", "")]
    Bin(opened).restore("attachments", scan)
    Bin(opened).restore("certificates", certificate)
    assert shown(opened) == []


def test_what_was_taken_back_or_came_back_is_not_in_it(opened: OpenRegister, save: Save, person: int):
    gone = Records(opened, "people").delete([person])
    History(opened).undo(gone.change_id or 0)
    assert shown(opened) == []
    with opened.change("save", "people") as change:
        Records(opened, "people").take_out(change, person)
        change.commit()
    assert shown(opened) == []
    with pytest.raises(DomainError, match=r"bin\.not_there"):
        Bin(opened).restore("people", person)


def test_a_record_deleted_twice_comes_back_as_it_was_last(opened: OpenRegister, save: Save):
    person = save("people", name="张三")
    people = Records(opened, "people")
    people.delete([person])
    Bin(opened).restore("people", person)
    people.set_all([person], "position", "督导")
    people.delete([person])
    assert shown(opened) == [("人员", "张三", "")]
    Bin(opened).restore("people", person)
    assert people.record(person).values["position"] == "督导"


def test_it_is_refused_while_the_owner_is_gone(opened: OpenRegister, person: int):
    certificate = next(Records(opened, "certificates").all_rows(Filter(), ())).id
    Records(opened, "certificates").delete([certificate])
    Records(opened, "people").delete([person])
    with pytest.raises(DomainError) as caught:
        Bin(opened).restore("certificates", certificate)
    assert (caught.value.code, caught.value.values["name"]) == ("bin.owner_gone", "张三")
    Bin(opened).restore("people", person)
    Bin(opened).restore("certificates", certificate)


def test_it_is_refused_where_a_number_was_given_to_another_since(opened: OpenRegister, save: Save, person: int):
    Records(opened, "people").delete([person])
    before = everything(opened)
    save("people", name="张三", id_number=NUMBER)
    with pytest.raises(DomainError, match=r"bin\.taken"):
        Bin(opened).restore("people", person)
    assert len(everything(opened)["certificates"]) == len(before["certificates"])


def test_it_is_refused_where_what_it_names_is_gone(opened: OpenRegister, person: int):
    Records(opened, "people").delete([person])
    Records(opened, "organisations").delete([row.id for row in Records(opened, "organisations").all_rows(Filter(), ())])
    with pytest.raises(DomainError, match=r"record\.reference_gone"):
        Bin(opened).restore("people", person)


def test_it_is_refused_beside_one_that_was_entered_anew(opened: OpenRegister, save: Save):
    person = save("people", name="张三")
    entry = save("exam_entries", person, year="2025", level="助理社会工作师")
    Records(opened, "exam_entries").delete([entry])
    save("exam_entries", person, year="2025", level="助理社会工作师")
    with pytest.raises(DomainError, match=r"bin\.twice"):
        Bin(opened).restore("exam_entries", entry)


def test_who_only_enters_does_not_restore(opened: OpenRegister, person: int):
    Records(opened, "people").delete([person])
    opened.role = Role.EDITOR
    assert len(shown(opened)) == 1
    with pytest.raises(DomainError, match=r"role\.refused"):
        Bin(opened).restore("people", person)
    opened.role = Role.REVIEWER
    Bin(opened).restore("people", person)
