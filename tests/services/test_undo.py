"""Taking a change back: everything of it that still stands goes, everything edited since stays."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialwork_app.domain.filters import Filter
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import rows, seals
from socialwork_app.persistence.transaction import Transaction
from socialwork_app.services.history import History
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.records import Draft, Records

PEOPLE = 3
FIELDS = ("position", "phone", "note")
Edits = list[tuple[int, str, str]]
"""(which of the people, field, value)"""

edits = st.lists(
    st.tuples(st.integers(0, PEOPLE - 1), st.sampled_from(FIELDS), st.sampled_from(["甲", "乙", "丙"])), max_size=6
)


def values_of(opened: OpenRegister, ids: list[int]) -> list[dict[str, Any]]:
    with opened.database.read() as connection:
        found = [rows.record(connection, opened.schema, "people", row_id) for row_id in ids]
    return [{key: row[key] for key in FIELDS} for row in found if row]


def edit(opened: OpenRegister, ids: list[int], given: Edits, state: list[dict[str, Any]]) -> int:
    """In one change, a row at a time; only what differs is written, as the services do."""
    with opened.change("save", "people") as change:
        for which, field, value in given:
            if state[which][field] != value:
                change.update("people", ids[which], {field: value})
                state[which][field] = value
        change.commit()
    return change.change_id


def test_what_the_change_wrote_goes_and_what_was_edited_since_stays(opened: OpenRegister):
    @settings(max_examples=30)
    @given(before=edits, during=edits, since=st.lists(edits, max_size=3))
    def holds(before: Edits, during: Edits, since: list[Edits]) -> None:
        ids = _people(opened, PEOPLE)
        state = values_of(opened, ids)
        edit(opened, ids, before, state)
        was = [dict(one) for one in state]
        made = edit(opened, ids, during, state)
        left = [dict(one) for one in state]
        for later in since:
            edit(opened, ids, later, state)
        undone = History(opened).undo(made)
        changed = [(n, key) for n in range(PEOPLE) for key in FIELDS if was[n][key] != left[n][key]]
        kept = {n for n, key in changed if left[n][key] != state[n][key]}
        for n, key in changed:
            if left[n][key] == state[n][key]:
                state[n][key] = was[n][key]
        assert values_of(opened, ids) == state
        assert len(undone.kept) == len(kept)

    holds()


def test_a_new_record_that_was_edited_or_deleted_and_put_back_goes_as_one_never_touched(opened: OpenRegister):
    people, history = Records(opened, "people"), History(opened)
    made = people.save(Draft({"name": "张三"}))
    edited = people.save(Draft({"position": "督导"}, id=made.id))
    assert made.id is not None
    deleted = people.delete([made.id])
    for change in (deleted, edited.changes):
        assert history.undo(change.change_id or 0).kept == ()
    undone = history.undo(made.changes.change_id or 0)
    assert (undone.reversed, undone.kept, people.count(Filter())) == (1, (), 0)


def test_a_new_record_that_differs_from_how_it_was_made_stays(opened: OpenRegister):
    people = Records(opened, "people")
    made = people.save(Draft({"name": "张三"}))
    people.save(Draft({"position": "督导"}, id=made.id))
    people.save(Draft({"phone": "19900000001"}, id=made.id))
    people.save(Draft({"position": ""}, id=made.id))
    undone = History(opened).undo(made.changes.change_id or 0)
    assert undone.reversed == 0 and undone.kept == ("人员 张三",)


def test_many_rows_of_every_kind_go_back_and_the_chain_holds(opened: OpenRegister):
    """More than are compared at a time; all that was made, changed and deleted in one change."""
    count = 5_003
    first = _people(opened, count)[0]
    with opened.change("save", "people") as change:
        change.update_many("people", [(first + n, {"position": f"岗位{n}"}) for n in range(count - 10)])
        change.insert_many("people", [_person(first + count + n) for n in range(10)])
        for n in range(10):
            change.delete("people", first + count - 1 - n)
        change.commit()
    Records(opened, "people").save(Draft({"position": "督导"}, id=first))
    undone = History(opened).undo(change.change_id)
    with opened.file.read() as connection:
        kept = rows.rows_where(connection, opened.schema, "people", {"id": range(first, first + count + 10)})
        assert seals.verify(connection, Control()) == []
    assert [row["id"] for row in kept] == list(range(first, first + count))
    assert [row["position"] for row in kept] == ["督导"] + [None] * (count - 1)
    assert undone.reversed == count + 10
    assert len(undone.kept) == 1 and undone.kept[0].endswith("（岗位）")


def _people(opened: OpenRegister, count: int) -> list[int]:
    with opened.change("save", "people") as change:
        first = change.next_id("people")
        change.insert_many("people", [_person(first + n) for n in range(count)])
        change.commit()
    return list(range(first, first + count))


def _person(row_id: int) -> dict[str, Any]:
    return {"id": row_id, "name": "张三", "id_type": "居民身份证", "status": "here"}


NUMBER = "530122199001019968"


@pytest.mark.parametrize("write", [
    lambda change, old, new: (change.update("people", old, {"id_number": None}),
                              change.update("people", new, {"id_number": NUMBER})),
    lambda change, old, new: change.update_many("people", [(old, {"id_number": None}), (new, {"id_number": NUMBER})]),
])  # fmt: skip
def test_a_number_that_went_from_one_to_another_finds_its_way_back(
    opened: OpenRegister, write: Callable[[Transaction, int, int], None]
):
    old, new = _people(opened, 2)
    Records(opened, "people").save(Draft({"id_number": NUMBER}, id=old))
    with opened.change("save", "people") as change:
        write(change, old, new)
        change.commit()
    History(opened).undo(change.change_id)
    with opened.database.read() as connection:
        found = rows.values_of(connection, opened.schema, "people", "id_number", [old, new])
    assert found == {old: NUMBER, new: None}


def test_a_deleted_record_does_not_come_back_beside_another_with_its_number(opened: OpenRegister):
    people = Records(opened, "people")
    old, new = _people(opened, 2)
    people.save(Draft({"id_number": NUMBER}, id=old))
    gone = people.delete([old])
    people.save(Draft({"id_number": NUMBER}, id=new))
    with pytest.raises(DomainError, match=r"undo\.taken"):
        History(opened).undo(gone.change_id or 0)
    people.save(Draft({"id_number": ""}, id=new))
    History(opened).undo(gone.change_id or 0)
    assert people.record(old).values["id_number"] == NUMBER


@pytest.mark.parametrize("moved", [True, False])
def test_an_entry_does_not_come_back_beside_one_that_was_entered_in_its_place(opened: OpenRegister, moved: bool):
    """Somebody signs up for a level of a year once, by whichever way the entry comes."""
    entries, (person, *_) = Records(opened, "exam_entries"), _people(opened, 1)
    given = {"year": "2024", "level": "中级"}
    first = entries.save(Draft(given, owner_id=person)).id or 0
    gone = entries.save(Draft({"year": "2025"}, id=first)).changes if moved else entries.delete([first])
    second = entries.save(Draft(given, owner_id=person)).id or 0
    with pytest.raises(DomainError, match=r"undo\.twice"):
        History(opened).undo(gone.change_id or 0)
    entries.delete([second])
    History(opened).undo(gone.change_id or 0)
    assert entries.record(first).values["year"] == 2024
