"""What an import takes in, which header means which field, and what it does to values that stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from socialwork_app.domain import headers
from socialwork_app.domain.fields.field import Field, Kind, Value
from socialwork_app.domain.partial_date import PartialDate
from socialwork_app.domain.registers.register import Catalogue

NUMBERING = frozenset({"序号", "编号", "no", "序"})
IDENTIFYING = ("name", "id_type", "id_number", "phone")


class Mode(StrEnum):
    """What happens to records that stand already."""

    SKIP = "skip"
    FILL = "fill"
    UPDATE = "update"


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class ImportKind:
    """`registers`: whose fields a row can hold, in order of precedence; the rows' person is `people` if named.

    `finds_person`: the person has to stand already; then its own fields serve only to find it.
    """

    key: str
    title: str
    registers: tuple[str, ...]
    finds_person: bool = False


KINDS = (
    ImportKind("certificates", "持证人员名册(人员与证书)", ("people", "certificates", "registrations")),
    ImportKind("people", "人员", ("people",)),
    ImportKind("employment", "工作经历", ("employment", "people"), finds_person=True),
    ImportKind("educations", "学历经历", ("educations", "people"), finds_person=True),
    ImportKind("organisations", "机构", ("organisations",)),
)


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a column's value goes."""

    register: str
    field: Field


def slots(kind: ImportKind, catalogue: Catalogue) -> dict[str, Slot]:
    """Field key → slot. Where two registers share a key the one named first has it."""
    found: dict[str, Slot] = {}
    for key in kind.registers:
        for field in catalogue[key].fields:
            if kind.finds_person and key == "people" and field.key not in IDENTIFYING:
                continue
            found.setdefault(field.key, Slot(key, field))
    return found


class HeaderBook:
    """Headers that offices write, and the fields that they mean."""

    def __init__(self, fields: Sequence[Field]) -> None:
        self._keys: dict[str, str] = {}
        for field in fields:
            for name in (field.label, *field.synonyms):
                for variant in headers.variants(name):
                    self._keys.setdefault(variant, field.key)

    def field_key(self, header: str, parts: Sequence[str] = ()) -> str:
        """The field that a header means, "" if none. Of a header in several rows the whole is tried first."""
        for text in (header, *reversed(parts)):
            for variant in headers.variants(text):
                if variant in self._keys:
                    return self._keys[variant]
        return ""

    def knows(self, header: str) -> bool:
        return headers.normalise(header) in NUMBERING or bool(self.field_key(header))


def signature(names: Sequence[str]) -> str:
    """By which a sheet's headers are recognised when they come again."""
    return "|".join(headers.normalise(name) for name in names)


def merged(field: Field, stands: Value, given: Value, mode: Mode) -> Value:
    """What a field is after the import. An empty cell never erases; a vaguer date never replaces a precise one."""
    if given in (None, "") or given == stands:
        return stands
    if stands in (None, ""):
        return given
    if field.kind is Kind.DATE and PartialDate.parse(str(stands)).covers(PartialDate.parse(str(given))):
        return max(str(stands), str(given), key=len)
    return given if mode is Mode.UPDATE else stands


def changes(
    fields: Sequence[Field], stands: Mapping[str, Value], given: Mapping[str, Value], mode: Mode
) -> tuple[dict[str, Value], list[Field]]:
    """The fields that change to what, and the fields whose differing value was left as it stands."""
    changed: dict[str, Value] = {}
    kept: list[Field] = []
    for field in fields:
        if field.key not in given or given[field.key] in (None, ""):
            continue
        after = merged(field, stands.get(field.key), given[field.key], mode)
        if after != stands.get(field.key):
            changed[field.key] = after
        elif after != given[field.key] and not _vaguer(field, given[field.key], after):
            kept.append(field)
    return changed, kept


def _vaguer(field: Field, given: Value, stands: Value) -> bool:
    return field.kind is Kind.DATE and str(stands).startswith(str(given))
