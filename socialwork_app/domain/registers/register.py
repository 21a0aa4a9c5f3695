"""What a register is: its fields, how it lists them, and to whom its rows belong."""

from collections.abc import Mapping
from dataclasses import dataclass

from socialwork_app.domain.code_lists import CodeLists
from socialwork_app.domain.fields.computed import COMPUTED_FIELDS
from socialwork_app.domain.fields.field import Field, Value

Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Register:
    """One kind of record. `key` names table, command kind and service; `singular` makes its column in a child.

    `columns`: what a list shows at first; own fields, the owner's, the latest child's and computed ones.
    `owner`: register to whose rows these belong. `borrowed`: the owner's fields that its lists can show.
    `through`: (field, reference) pairs: fields of the row that a reference points to, shown in lists as well.
    `named_by`: a field by which a record is asked for although several may have the same.
    `beside_owner`: fields that the index of the owners holds as well: who goes through everybody's rows needs no more.
    `latest`: a child register whose newest row (by `latest_by`) is shown in the list as well.
    """

    key: str
    singular: str
    title: str
    fields: tuple[Field, ...]
    columns: tuple[str, ...]
    label_field: str
    filters: tuple[str, ...] = ()
    owner: str = ""
    borrowed: tuple[str, ...] = ()
    through: tuple[tuple[str, str], ...] = ()
    latest: str = ""
    latest_by: str = ""
    computed: tuple[str, ...] = ()
    order: str = "id"
    beside_owner: tuple[str, ...] = ()
    named_by: str = ""
    hangs_on_any: bool = False  # rows belong to a record of any register, by its kind and id

    def field(self, key: str) -> Field:
        for field in self.fields:
            if field.key == key:
                return field
        raise KeyError(key)

    def field_keys(self) -> tuple[str, ...]:
        return tuple(field.key for field in self.fields)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All registers and code lists of the program; the one thing from which forms, lists and sheets are derived."""

    registers: tuple[Register, ...]
    code_lists: CodeLists

    def __getitem__(self, key: str) -> Register:
        for register in self.registers:
            if register.key == key:
                return register
        raise KeyError(key)

    def children(self, key: str) -> tuple[Register, ...]:
        return tuple(register for register in self.registers if register.owner == key)

    def listed(self, register: Register) -> tuple[Field, ...]:
        """Every field that a list of the register can show: own, borrowed, the latest child's, computed."""
        borrowed = self._owner_fields(register)
        latest = self[register.latest].fields if register.latest else ()
        computed = (field for field in COMPUTED_FIELDS if field.key in register.computed)
        through = (self.through_field(register, key) for key, _ in register.through)
        seen: dict[str, Field] = {}
        for field in (*borrowed, *register.fields, *through, *latest, *computed):
            seen.setdefault(field.key, field)
        return tuple(seen.values())

    def listed_field(self, register: Register, key: str) -> Field:
        for field in self.listed(register):
            if field.key == key:
                return field
        raise KeyError(key)

    def through_field(self, register: Register, key: str) -> Field:
        """The declaration of a field that is shown through a reference."""
        reference = register.field(dict(register.through)[key])
        return self[reference.target].field(key)

    def _owner_fields(self, register: Register) -> tuple[Field, ...]:
        if not register.owner:
            return ()
        owner = self[register.owner]
        return tuple(field for field in self.listed(owner) if field.key in register.borrowed)
