"""Turns what was written for a reference into the row it means; an organisation not met before is made."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from socialwork_app.domain.fields.field import Field, Kind, Value
from socialwork_app.domain.names import without_blanks
from socialwork_app.domain.places import COMMUNITY, TOWNSHIP, Gazetteer, Place, place_of
from socialwork_app.domain.problems import Problem, error
from socialwork_app.domain.registers.register import Register
from socialwork_app.foundation.errors import DomainError
from socialwork_app.persistence import choices
from socialwork_app.persistence.transaction import Transaction
from socialwork_app.services.opened import OpenRegister

ORGANISATIONS, PLACES = "organisations", "places"
unit_name = lru_cache(maxsize=4_096)(without_blanks)
"""As units are called in the register; a workbook names the same few in row after row."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One row that a reference can point to; `owner` is the township of a community."""

    id: int
    label: str
    level: str = ""
    owner: int | None = None


class References:
    """The rows that references point to, as they stood when this was made.

    A resolved reference is a row id; the text of an organisation that has no row yet stays text
    until `settle` makes its row.
    """

    def __init__(self, opened: OpenRegister) -> None:
        self._opened = opened
        self._references: dict[str, tuple[Field, ...]] = {}
        self._labelled: dict[str, dict[str, list[int]]] = {}
        with opened.database.read() as connection:
            self.gazetteer = Gazetteer(place_of(row) for row in choices.place_rows(connection, opened.schema))
            self.organisations = choices.organisation_ids(connection, opened.schema)

    def resolve(
        self, register: Register, values: Mapping[str, Value], given: Collection[str] = ()
    ) -> tuple[dict[str, Value], tuple[Problem, ...]]:
        """Values with their references resolved as far as they were given as text, and what was unclear.

        `given`: the keys that are new; a community that stood before does not undo the move to another township.
        """
        resolved = dict(values)
        moved = TOWNSHIP in given and COMMUNITY not in given and COMMUNITY in values
        stood = resolved.pop(COMMUNITY) if moved else None
        problems = tuple(self.resolve_into(resolved, self.fields_of(register)))
        if moved:
            stays = isinstance(stood, int) and self.gazetteer.township_of(stood) in (None, resolved[TOWNSHIP])
            resolved[COMMUNITY] = stood if stays else None
        return resolved, problems

    def resolve_into(self, values: dict[str, Value], fields: Iterable[Field]) -> list[Problem]:
        """The same for these fields of a register, the values themselves changed."""
        problems = list[Problem]()
        for field in fields:
            given = values.get(field.key)
            if isinstance(given, str):
                values[field.key], found = self._resolve(field, given, values)
                problems += found
        community = values.get("community")
        if isinstance(community, int):
            values["township"] = self.gazetteer.township_of(community) or values.get("township")
        return problems

    def _resolve(self, field: Field, text: str, values: Mapping[str, Value]) -> tuple[Value, tuple[Problem, ...]]:
        if field.target == ORGANISATIONS:
            name = unit_name(text)
            return self.organisations.get(name, name), ()
        if field.key == "township":
            return self.gazetteer.township(text)
        if field.key == "community":
            township = values.get("township")
            return self.gazetteer.community(text, township if isinstance(township, int) else None)
        if field.target != PLACES:
            found = self._others(field.target).get(text.strip(), [])
            code = "reference.ambiguous" if found else "reference.unknown"
            return (
                (found[0], ()) if len(found) == 1 else (None, (error(code, field.key, label=field.label, name=text),))
            )
        named = [place.id for place in self.gazetteer.by_id.values() if text in (place.name, place.code)]
        return (named[0], ()) if len(named) == 1 else (None, (error("place.unknown", field.key, name=text),))

    def find(self, field: Field, text: str) -> int:
        """The row that a reference to a small register, such as courses, means by its name or its row id."""
        known = self._others(field.target)
        ids = known.get(text.strip()) or [row_id for ids in known.values() for row_id in ids if str(row_id) == text]
        if len(ids) == 1:
            return ids[0]
        if ids:
            choices = "、".join(map(str, sorted(ids)))
            raise DomainError("reference.several", label=field.label, name=text, count=len(ids), ids=choices)
        raise DomainError("reference.unknown", label=field.label, name=text)

    def _others(self, kind: str) -> dict[str, list[int]]:
        """Label → row ids of a register that is neither places nor organisations, such as courses."""
        if kind not in self._labelled:
            found: dict[str, list[int]] = {}
            with self._opened.database.read() as connection:
                for row_id, label in choices.labels(connection, self._opened.schema, kind):
                    found.setdefault(label, []).append(row_id)
            self._labelled[kind] = found
        return self._labelled[kind]

    def fields_of(self, register: Register) -> tuple[Field, ...]:
        """Those that are references."""
        if register.key not in self._references:
            self._references[register.key] = tuple(f for f in register.fields if f.kind is Kind.REFERENCE)
        return self._references[register.key]

    def settle(self, change: Transaction, register: Register, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """Values with a row made for each organisation that had none."""
        settled = dict(values)
        self.settle_into(change, settled, self.fields_of(register))
        return settled

    def settle_into(self, change: Transaction, values: dict[str, Value], fields: Iterable[Field]) -> None:
        """The same for these fields of a register, the values themselves changed."""
        for field in fields:
            given = values.get(field.key)
            if isinstance(given, str) and field.target == ORGANISATIONS:
                if given not in self.organisations:
                    self.organisations[given] = change.insert(ORGANISATIONS, {"name": given})
                values[field.key] = self.organisations[given]

    def label(self, field: Field, value: Value) -> str:
        """The name of the row that a value refers to."""
        if value is None or isinstance(value, str):
            return value or ""
        if field.target == ORGANISATIONS:
            return next((name for name, row_id in self.organisations.items() if row_id == value), "")
        if field.target != PLACES:
            named = self._others(field.target).items()
            return next((label for label, ids in named if value in ids), "")
        place = self.gazetteer.by_id.get(int(value))
        return place.name if place else ""

    def stands(self, field: Field, row_id: int) -> bool:
        """False for a row that a form still offered and that was deleted meanwhile."""
        return bool(self.label(field, row_id))

    def choices(self, field: Field) -> tuple[Choice, ...]:
        """What a form offers: for a township the townships, for a community the communities, current ones first."""
        if field.target == ORGANISATIONS:
            return tuple(Choice(row_id, name) for name, row_id in sorted(self.organisations.items()))
        if field.target != PLACES:
            others = self._others(field.target).items()
            return tuple(Choice(row_id, label) for label, ids in others for row_id in ids)
        places = [place for place in self.gazetteer.by_id.values() if field.key not in ("township", "community")
                  or place.level == field.key]  # fmt: skip
        places.sort(key=lambda place: (not place.current, place.code))
        return tuple(Choice(place.id, _place_label(place), place.level, place.parent) for place in places)


def _place_label(place: Place) -> str:
    return place.name if place.current else f"{place.name}(已停用)"
