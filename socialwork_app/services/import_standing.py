"""Import: what the register holds of the people, certificates and units that a file names."""

from collections.abc import Sequence
from typing import Any

from socialwork_app.domain.imports import ImportKind
from socialwork_app.persistence import import_lookup
from socialwork_app.persistence.database import Connection
from socialwork_app.services.import_entries import Entry
from socialwork_app.services.opened import OpenRegister

FINDING = ("id", "name", "id_number", "phone", "employer")
"""What a person is found by, and all that is read of people whom a file can't change."""


class Standing:
    """Fetched in a few queries, so that comparing asks the file no more."""

    def __init__(
        self, connection: Connection, opened: OpenRegister, entries: Sequence[Entry], kind: ImportKind
    ) -> None:
        main = kind.registers[0]
        self.by_id_number: dict[str, dict[str, Any]] = {}
        self.by_name: dict[str, list[dict[str, Any]]] = {}
        self.by_label: dict[str, dict[str, Any]] = {}
        self.holders: dict[str, int] = {}
        self.by_sign_up: dict[str, dict[str, Any]] = {}
        self._children: dict[str, dict[int, list[dict[str, Any]]]] = {}
        lookup, schema = import_lookup.rows_where, opened.schema
        columns = FINDING if kind.finds_person and not kind.makes_person else ()
        persons = [entry.values["people"] for entry in entries if "people" in entry.values]
        numbers = (one.get("id_number") for one in persons)
        for row in lookup(connection, schema, "people", "id_number", numbers, columns):
            self.by_id_number[row["id_number"]] = row
        others = (one.get("name") for one in persons if one.get("id_number") not in self.by_id_number)
        for row in lookup(connection, schema, "people", "name", others, columns):
            self.by_name.setdefault(row["name"], []).append(row)
        numbers = (one.get("certificate_number") for entry in entries for one in entry.certificates)
        for row in lookup(connection, schema, "certificates", "certificate_number", numbers):
            self.holders[row["certificate_number"]] = row["person_id"]
        if main == "exam_entries":
            self._load_sign_ups(connection, opened, entries)
        if main not in ("people", "employment", "educations", "exam_entries", "learning"):
            label = opened.catalogue[main].label_field
            labels = (entry.values[main].get(label) for entry in entries)
            self.by_label = {row[label]: row for row in lookup(connection, schema, main, label, labels)}
        self._load_children(connection, opened, main)

    def _load_sign_ups(self, connection: Connection, opened: OpenRegister, entries: Sequence[Entry]) -> None:
        lookup, schema = import_lookup.rows_where, opened.schema
        numbers = (entry.values["exam_entries"].get("sign_up_number") for entry in entries
                   if not entry.values["people"].get("name"))  # fmt: skip
        signed = {row["person_id"]: row["sign_up_number"]
                  for row in lookup(connection, schema, "exam_entries", "sign_up_number", numbers)}  # fmt: skip
        self.by_sign_up = {signed[row["id"]]: row for row in lookup(connection, schema, "people", "id", signed)}

    def _load_children(self, connection: Connection, opened: OpenRegister, main: str) -> None:
        people_ids = [row["id"] for row in self.by_id_number.values()]
        people_ids += [row["id"] for rows in self.by_name.values() for row in rows]
        people_ids += [row["id"] for row in self.by_sign_up.values()]
        owners: dict[str, list[int]] = {"people": people_ids}
        for kind in ("certificates", "registrations") if main == "people" else (main,):
            register = opened.catalogue[kind]
            if not register.owner:
                continue
            column = opened.schema.owner_column(register)
            found = import_lookup.rows_where(connection, opened.schema, kind, column, owners[register.owner])
            owners[kind] = [row["id"] for row in found]
            self._children[kind] = {}
            for row in found:
                self._children[kind].setdefault(row.pop(column), []).append(row)

    def children(self, kind: str, owner_id: int) -> Sequence[dict[str, Any]]:
        """Rows of a child register, owner column left out."""
        return self._children.get(kind, {}).get(owner_id, ())
