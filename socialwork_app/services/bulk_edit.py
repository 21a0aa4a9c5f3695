"""One value for one field of many records. Each is held against the rules of its subject, as if it were saved alone."""

from collections.abc import Iterator, Sequence

from socialwork_app.domain.fields.field import Field, Kind, Value
from socialwork_app.domain.problems import Problem, Severity
from socialwork_app.domain.registers.register import Register
from socialwork_app.domain.sentences import sentence, sentence_of_problem
from socialwork_app.foundation.errors import DomainError
from socialwork_app.foundation.jobs import Control
from socialwork_app.persistence import rows
from socialwork_app.services import record_rules
from socialwork_app.services.changes import Changes
from socialwork_app.services.naming import name
from socialwork_app.services.opened import OpenRegister
from socialwork_app.services.record_rules import About
from socialwork_app.services.references import References

PART = 500


class BulkEdit:
    """Of the records of one register."""

    def __init__(self, opened: OpenRegister, register: Register) -> None:
        self._opened = opened
        self._register = register
        self._owner = opened.schema.owner_column(register) if register.owner else ""
        self._references = References(opened)
        self._met: set[tuple[Value, ...]] = set()

    def set_all(self, ids: Sequence[int], key: str, raw: object, control: Control) -> Changes:
        """The first record that the value makes wrong stops it all. `raw`: as typed, or a row id for a reference."""
        field, kind = self._register.field(key), self._register.key
        if field.unique:
            raise DomainError("bulk.own", label=field.label)
        record_rules.refuse(self._opened, kind, ids, key)
        value = self._value(field, raw)
        changed: list[tuple[int, dict[str, Value]]] = []
        self._met.clear()
        for start in range(0, len(ids), PART):
            control.step(start, len(ids))
            changed += self._changed(ids[start : start + PART], field, value)
        with self._opened.change("review" if field.decided else "save", kind, field.label) as change:
            settled = ((row_id, self._references.settle(change, self._register, values)) for row_id, values in changed)
            change.update_many(kind, settled)
            change.commit()
        return Changes(frozenset({kind, "organisations"}), frozenset(ids), change.change_id)

    def _value(self, field: Field, raw: object) -> Value:
        if field.kind is Kind.REFERENCE and isinstance(raw, int):
            if not self._references.stands(field, raw):
                raise DomainError("reference.gone", label=field.label)
            return raw
        parsed = self._opened.parser.parse(field, raw)
        resolved, unclear = self._references.resolve(self._register, {field.key: parsed.value})
        problems = [one for one in (*parsed.problems, *unclear) if one.severity is Severity.ERROR]
        if problems:
            raise DomainError(problems[0].code, **problems[0].values)
        if field.required and resolved[field.key] is None:
            raise DomainError("field.required", label=field.label)
        return resolved[field.key]

    def _changed(self, ids: Sequence[int], field: Field, value: Value) -> Iterator[tuple[int, dict[str, Value]]]:
        """What each of these records has otherwise then: the field, and what follows from it."""
        with self._opened.database.read() as connection:
            found = rows.rows_where(connection, self._opened.schema, self._register.key, {"id": ids})
        for row in found:
            about = About(row["id"], row[self._owner] if self._owner else None, (field.key,))
            stands = {key: row[key] for key in self._register.field_keys()}
            values, _ = self._references.resolve(self._register, {**stands, field.key: value}, (field.key,))
            errors = self._errors(values, about)
            if errors:
                self._refuse_new(errors, stands, about)
            self._require_apart(field, values, about)
            changed = {key: after for key, after in values.items() if after != stands[key]}
            if changed:
                yield row["id"], changed

    def _refuse_new(self, errors: Sequence[Problem], stands: dict[str, Value], about: About) -> None:
        """What was wrong before is not the fault of this value."""
        before = self._errors(dict(stands), about)
        for problem in errors:
            if problem not in before:
                self._refuse(about, sentence_of_problem(problem))

    def _require_apart(self, field: Field, values: dict[str, Value], about: About) -> None:
        """No two of those that are changed come to be the same thing of one owner: the rules see only what stands."""
        once = record_rules.ONCE.get(self._register.key, ())
        same = (about.owner, *(values[key] for key in once))
        if field.key in once and same in self._met:
            self._refuse(about, sentence("bulk.twice"))
        self._met.add(same)

    def _refuse(self, about: About, reason: str) -> None:
        with self._opened.database.read() as connection:
            record = name(self._opened, connection, self._register.key, about.id or 0)
        raise DomainError("bulk.refused", record=record, reason=reason)

    def _errors(self, values: dict[str, Value], about: About) -> list[Problem]:
        """Values that follow from others are put among them."""
        problems = record_rules.check(self._opened, self._register.key, values, about)
        return [problem for problem in problems if problem.severity is Severity.ERROR]
