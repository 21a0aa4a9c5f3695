"""Two records of one person become one, with all that hangs on them; an undo brings back just what stood."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from socialwork_app.domain.merging import SAME, Side
from socialwork_app.domain.roles import Role
from socialwork_app.foundation.errors import DomainError
from socialwork_app.persistence import rows
from socialwork_app.services import samples
from socialwork_app.services.attachments import Attachments
from socialwork_app.services.history import History
from socialwork_app.services.merging import Merging
from socialwork_app.services.opened import OpenRegister
from tests.services.people_workbook import LI, ZHANG

Save = Callable[..., int]
Standing = dict[str, list[tuple[Any, ...]]]


def standing(opened: OpenRegister) -> Standing:
    """Every row of every register."""
    with opened.database.read() as connection:
        return {
            kind: [tuple(row) for row in connection.execute(select(table).order_by(table.c.id))]
            for kind, table in opened.schema.tables.items()
        }


def of(opened: OpenRegister, kind: str, row_id: int) -> dict[str, Any]:
    with opened.database.read() as connection:
        return rows.record(connection, opened.schema, kind, row_id) or {}


def hanging(opened: OpenRegister, kind: str, person: int) -> list[dict[str, Any]]:
    with opened.database.read() as connection:
        return rows.rows_where(connection, opened.schema, kind, {"person_id": [person]})


def test_gaps_are_filled_and_numbers_that_contradict_have_to_be_chosen(opened: OpenRegister, save: Save):
    keep = save("people", name="张三", birth_date="1990", phone="19900000001", note="甲")
    drop = save("people", name="张三", id_number=ZHANG, phone="19900000002", school="示例大学", note="乙")
    preview = Merging(opened).preview(keep, drop)
    told = {one.key: one.value for one in preview.fields}
    assert preview.undecided == ("联系电话",)
    assert told["id_number"] == ZHANG and told["school"] == "示例大学" and told["note"] == "甲\n乙"
    assert told["birth_date"] == f"{ZHANG[6:10]}-{ZHANG[10:12]}-{ZHANG[12:14]}"
    before = standing(opened)
    with pytest.raises(DomainError) as refused:
        Merging(opened).merge(keep, drop)
    assert (refused.value.code, refused.value.values["fields"]) == ("merge.undecided", "联系电话")
    assert standing(opened) == before
    Merging(opened).merge(keep, drop, {"phone": Side.BOTH})
    now = of(opened, "people", keep)
    assert (now["phone"], now["id_number"]) == ("19900000001、19900000002", ZHANG)
    assert of(opened, "people", drop) == {}


def test_a_value_taken_from_the_other_record_brings_along_what_belongs_to_it(opened: OpenRegister, save: Save):
    """Also against the record that was changed last."""
    drop = save("people", name="张三", id_number=ZHANG, status="left", status_on="2026-02")
    keep = save("people", name="张三", id_type="护照", id_number="E996000001", status="here", birth_date="1971-02-03")
    Merging(opened).merge(keep, drop, {"id_number": Side.DROP, "status": Side.DROP})
    now = of(opened, "people", keep)
    assert (now["id_type"], now["id_number"], now["birth_date"]) == ("居民身份证", ZHANG, "1985-03-17")
    assert (now["status"], now["status_on"]) == ("left", "2026-02")


def test_what_both_have_is_told_once_and_what_one_had_more_of_is_kept(opened: OpenRegister, save: Save, tmp_path: Path):
    keep, drop = save("people", name="张三"), save("people", name="张三", id_number=ZHANG)
    mine = save("certificates", keep, level="assistant", approved_on="2020-10")
    theirs = save("certificates", drop, level="assistant", certificate_number="20990000001", approved_on="2020-10-25")
    other = save("certificates", drop, level="social_worker", certificate_number="20990000002")
    registered = save("registrations", theirs, registration_kind="first", registered_on="2021-01-05")
    save("exam_entries", keep, year="2024", level="social_worker", comprehensive="70")
    save("exam_entries", drop, year="2024", level="social_worker", comprehensive="71", policy="65")
    save("exam_entries", drop, year="2025", level="social_worker")
    scan = tmp_path / "证书.pdf"
    scan.write_bytes(b"scan")
    Attachments(opened).add("certificates", theirs, scan)
    Attachments(opened).add("people", keep, scan)
    Attachments(opened).add("people", drop, scan)
    before = standing(opened)
    preview = Merging(opened).preview(keep, drop)
    assert preview.moved == {"证书与登记": 1, "登记": 1, "报考": 1, "附件": 1}
    assert {(one.title, one.filled, one.left) for one in preview.twins} == {
        ("证书与登记", ("管理号", "批准日期"), ()),
        ("报考", ("法规与政策成绩",), ("综合能力成绩 71",)),
        ("附件", (), ()),
    }
    merged = Merging(opened).merge(keep, drop)
    assert {row["id"] for row in hanging(opened, "certificates", keep)} == {mine, other}
    assert of(opened, "certificates", mine)["certificate_number"] == "20990000001"
    assert of(opened, "certificates", mine)["approved_on"] == "2020-10-25"
    assert of(opened, "registrations", registered)["certificate_id"] == mine
    entries = [(one["year"], one["comprehensive"], one["policy"]) for one in hanging(opened, "exam_entries", keep)]
    assert sorted(entries) == [(2024, 70, 65), (2025, None, None)]
    assert len(Attachments(opened).of("people", keep)) == 1 and len(Attachments(opened).of("certificates", mine)) == 1
    assert merged.change_id is not None
    History(opened).undo(merged.change_id)
    assert standing(opened) == before


def test_certificates_with_two_numbers_are_two(opened: OpenRegister, save: Save):
    keep, drop = save("people", name="张三"), save("people", name="张三")
    save("certificates", keep, level="assistant", certificate_number="20990000001")
    save("certificates", drop, level="assistant", certificate_number="20990000002")
    Merging(opened).merge(keep, drop)
    assert len(hanging(opened, "certificates", keep)) == 2


def test_half_days_of_a_course_are_told_once(opened: OpenRegister, save: Save):
    keep, drop = save("people", name="张三"), save("people", name="张三")
    course = save("courses", title="示例培训班")
    for person, marks in ((keep, {"上午": "到"}), (drop, {"上午": "缺", "下午": "到"})):
        signed = save("training_signups", person, course=course)
        for half, mark in marks.items():
            save("attendance", signed, date="2026-03-02", half_day=half, mark=mark)
    Merging(opened).merge(keep, drop)
    (signed,) = hanging(opened, "training_signups", keep)
    with opened.database.read() as connection:
        found = rows.rows_where(connection, opened.schema, "attendance", {"training_signup_id": [signed["id"]]})
    assert {(one["half_day"], one["mark"]) for one in found} == {("morning", "present"), ("afternoon", "present")}


def test_titles_learning_and_contacts_go_over_and_what_both_have_is_told_once(opened: OpenRegister, save: Save):
    keep, drop = save("people", name="张三"), save("people", name="张三")
    scheme, leader = save("talent_schemes", title="示例人才"), save("leaders", name="王五", post="局长")
    rounds = [save("talent_rounds", scheme, title=title) for title in ("第一届", "第二届")]
    of_both = [
        ("talents", {"scheme": scheme, "round": rounds[0], "granted_on": "2023-06-01"}),
        ("learning", {"title": "示例课程", "from": "2024-03", "to": "2024-03", "hours": "8", "proof": "证明"}),
        ("leader_contacts", {"leader": leader, "from": "2024-01-01"}),
        ("contact_log", {"date": "2024-05-06", "contact_form": "走访", "leader": leader}),
    ]
    for person in (keep, drop):
        for kind, values in of_both:
            save(kind, person, **values)
    save("talents", drop, scheme=scheme, round=rounds[1], granted_on="2025-06-01")
    save("learning", drop, **{**of_both[1][1], "from": "2025-03", "to": "2025-03"})
    before = standing(opened)
    merged = Merging(opened).merge(keep, drop)
    counts = {kind: len(hanging(opened, kind, keep)) for kind, _ in of_both}
    assert counts == {"talents": 2, "learning": 2, "leader_contacts": 1, "contact_log": 1}
    assert merged.change_id is not None
    History(opened).undo(merged.change_id)
    assert standing(opened) == before


def test_any_two_people_of_a_register_are_made_one_and_two_again(opened: OpenRegister):
    samples.fill(opened, 60, subjects=True)
    people = [row[0] for row in standing(opened)["people"]]

    @settings(max_examples=25)
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        keep, drop = data.draw(st.lists(st.sampled_from(people), min_size=2, max_size=2, unique=True))
        before = standing(opened)
        merging = Merging(opened)
        open_fields = [one.key for one in merging.preview(keep, drop).fields if one.side is None]
        side = st.sampled_from([Side.KEEP, Side.DROP])
        merged = merging.merge(keep, drop, {key: data.draw(side) for key in open_fields})
        _nothing_lost(opened, before, standing(opened), drop)
        assert merged.change_id is not None
        undone = History(opened).undo(merged.change_id)
        assert (standing(opened), undone.kept) == (before, ())

    holds()


def _nothing_lost(opened: OpenRegister, before: Standing, after: Standing, drop: int) -> None:
    """Every record still stands but for the person, and for what is of a kind that can be told twice."""
    for kind, stood in before.items():
        gone = {row[0] for row in stood} - {row[0] for row in after[kind]}
        assert gone == {drop} if kind == "people" else not gone or kind in SAME
    columns = {kind: list(table.c.keys()) for kind, table in opened.schema.tables.items()}
    for kind, names in columns.items():
        if "person_id" in names:
            assert all(row[names.index("person_id")] != drop for row in after[kind])


def test_everything_that_hangs_on_people_has_an_owner_or_is_an_attachment(opened: OpenRegister):
    """Whoever adds a reference to people, or to what belongs to them, has to carry it over in a merge too."""
    of_people = {"people"}
    for register in opened.catalogue.registers:
        if register.owner in of_people:
            of_people.add(register.key)
    referring = [(register.key, field.key) for register in opened.catalogue.registers
                 for field in register.fields if field.target in of_people]  # fmt: skip
    assert referring == []
    assert of_people - {"people"} <= SAME.keys()


def test_the_histories_of_both_can_be_read_afterwards(opened: OpenRegister, save: Save):
    keep, drop = save("people", name="张三", position="社工"), save("people", name="章三", position="督导")
    save("educations", drop, study_mode="全日制", education="本科", school="示例大学")
    merged = Merging(opened).merge(keep, drop, {"name": Side.KEEP, "position": Side.KEEP})
    lines = History(opened).of("people", keep)
    gone = {(one.field, one.old) for one in lines if one.change_id == merged.change_id and one.action == "合并人员"}
    assert {("name", "章三"), ("position", "督导")} <= gone
    assert sum(one.field == "" and one.title == "人员" and one.action == "新增" for one in lines) == 2
    assert sum(one.field == "" and one.title == "学历经历" and one.action == "新增" for one in lines) == 1
    assert merged.change_id is not None
    History(opened).undo(merged.change_id)
    assert not any(one.old == "章三" for one in History(opened).of("people", keep))


def test_a_merge_is_not_undone_while_its_number_stands_elsewhere(opened: OpenRegister, save: Save):
    first, second, third = (save("people", name="张三", id_number=number) for number in ("", ZHANG, ""))
    before = standing(opened)
    one, other = Merging(opened).merge(first, second), Merging(opened).merge(third, first)
    between = standing(opened)
    assert one.change_id is not None and other.change_id is not None
    with pytest.raises(DomainError) as refused:
        History(opened).undo(one.change_id)
    assert refused.value.values == {"register": "人员", "label": "身份证号"}
    assert refused.value.__context__ is None and standing(opened) == between
    for change in (other.change_id, one.change_id):
        History(opened).undo(change)
    assert standing(opened) == before


def test_who_enters_may_look_and_not_merge(opened: OpenRegister, save: Save):
    keep, drop = save("people", name="张三", id_number=ZHANG), save("people", name="张三")
    opened.role = Role.EDITOR
    assert Merging(opened).preview(keep, drop).undecided == ()
    with pytest.raises(DomainError) as refused:
        Merging(opened).merge(keep, drop)
    assert refused.value.code == "role.refused"


def test_a_record_with_itself_or_one_that_is_gone_is_refused(opened: OpenRegister, save: Save):
    keep = save("people", name="李四", id_number=LI)
    for other, code in ((keep, "merge.two_needed"), (keep + 1, "record.gone")):
        with pytest.raises(DomainError) as refused:
            Merging(opened).merge(keep, other)
        assert refused.value.code == code


def test_the_record_that_says_more_is_kept_unless_somebody_says_otherwise(opened: OpenRegister, save: Save):
    poor, rich = save("people", name="张三"), save("people", name="张三", phone="19900000001")
    assert Merging(opened).in_order(poor, rich) == (rich, poor)
    for year in ("2023", "2024"):
        save("exam_entries", poor, year=year, level="assistant")
    assert Merging(opened).in_order(poor, rich) == (poor, rich)
