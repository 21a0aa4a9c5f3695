"""Import: what the register holds of the people, certificates and units that a file names."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.imports import ImportKind
from socialwork_app.persistence.database import Connection
from socialwork_app.persistence.rows import rows_where
from socialwork_app.services.import_entries import Entry
from socialwork_app.services.opened import OpenRegister

KNOWN_BY = ("id", "name", "id_number")
"""What is read of people by their number where a file can't change them."""
FOUND_BY = (*KNOWN_BY, "phone", "employer")
"""The same of people by their name: namesakes are told apart."""
Row = dict[str, Any]


class Standing:
    """Fetched in a few queries, so that comparing asks the file no more."""

    def __init__(
        self, connection: Connection, opened: OpenRegister, entries: Sequence[Entry], kind: ImportKind
    ) -> None:
        self._connection = connection
        self._opened = opened
        self._entries = entries
        self._kind = kind
        self._main = kind.registers[0]
        self.by_id_number: dict[str, Row] = {}
        self.by_name: dict[str, list[Row]] = {}
        self.by_label: dict[str, Row] = {}
        self.holders: dict[str, int] = {}
        self.once: dict[tuple[str, Value], int] = {}
        self.by_sign_up: dict[str, Row] = {}
        self._children: dict[str, dict[int, list[Row]]] = {}
        if "people" in kind.registers:
            self._load_people()
        else:
            label = opened.catalogue[self._main].label_field
            self.by_label = {row[label]: row for row in self._rows(self._main, {label: self._given(self._main, label)})}
            self._load_once()
        numbers = (one.get("certificate_number") for entry in entries for one in entry.certificates)
        for row in self._rows("certificates", {"certificate_number": numbers}):
            self.holders[row["certificate_number"]] = row["person_id"]
        if self._main == "exam_entries":
            self._load_sign_ups()
        self._load_children()

    def children(self, kind: str, owner_id: int) -> Sequence[Row]:
        """Rows of a child register, owner column left out."""
        return self._children.get(kind, {}).get(owner_id, ())

    def _rows(self, kind: str, values: Mapping[str, Iterable[Any]], wanted: Sequence[str] = ()) -> list[Row]:
        return rows_where(self._connection, self._opened.schema, kind, values, wanted)

    def _given(self, register: str, key: str) -> Iterator[Value]:
        return (entry.values[register].get(key) for entry in self._entries)

    def _load_people(self) -> None:
        """By number, and where that finds nobody, by name."""
        lasting = self._kind.finds_person and not self._kind.makes_person
        known_by, found_by = (KNOWN_BY, FOUND_BY) if lasting else ((), ())
        for row in self._rows("people", {"id_number": self._given("people", "id_number")}, known_by):
            self.by_id_number[row["id_number"]] = row
        persons = (entry.values["people"] for entry in self._entries)
        names = (one.get("name") for one in persons if one.get("id_number") not in self.by_id_number)
        for row in self._rows("people", {"name": names}, found_by):
            self.by_name.setdefault(row["name"], []).append(row)

    def _load_once(self) -> None:
        """Who has what may stand only once."""
        for field in self._opened.catalogue[self._main].fields:
            if field.unique:
                found = self._rows(self._main, {field.key: self._given(self._main, field.key)})
                self.once |= {(field.key, row[field.key]): row["id"] for row in found}

    def _load_sign_ups(self) -> None:
        nameless = (entry for entry in self._entries if not entry.values["people"].get("name"))
        numbers = (entry.values[self._main].get("sign_up_number") for entry in nameless)
        signed = {row["person_id"]: row["sign_up_number"]
                  for row in self._rows(self._main, {"sign_up_number": numbers})}  # fmt: skip
        self.by_sign_up = {signed[row["id"]]: row for row in self._rows("people", {"id": signed})}

    def _load_children(self) -> None:
        people_ids = [row["id"] for row in self.by_id_number.values()]
        people_ids += [row["id"] for rows in self.by_name.values() for row in rows]
        people_ids += [row["id"] for row in self.by_sign_up.values()]
        owners = {"people": people_ids}
        for kind in self._owned():
            register = self._opened.catalogue[kind]
            if not register.owner:
                continue
            column = self._opened.schema.owner_column(register)
            some = self._kind.only and kind == self._main
            wanted = ("id", column, *self._kind.weighed, *self._kind.only) if some else ()
            told = self._told_by_all() if kind == self._main else {}
            found = self._rows(kind, {column: owners[register.owner], **told}, wanted)
            owners[kind] = [row["id"] for row in found]
            by_owner = self._children[kind] = {}
            for row in found:
                by_owner.setdefault(row.pop(column), []).append(row)

    def _owned(self) -> Iterator[str]:
        """The registers whose rows hang on people, owners first."""
        if self._main == "people":
            yield from ("certificates", "registrations")
        else:
            yield from (kind for kind in self._kind.registers if kind != "people")

    def _told_by_all(self) -> dict[str, set[Value]]:
        """What makes items the same, as far as every row of the file says it: then no others can be meant."""
        told = {key: set(self._given(self._main, key)) for key in self._kind.same}
        return {key: values for key, values in told.items() if None not in values}
