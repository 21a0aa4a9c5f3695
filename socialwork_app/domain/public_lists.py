"""What may stand in a list that is handed to the public: no ID number, phone or account, whoever asks and however."""

from collections.abc import Sequence
from dataclasses import replace

from socialwork_app.domain.fields.field import Field, Kind, Value
from socialwork_app.domain.masking import without_numbers
from socialwork_app.domain.sheets import Sheet
from socialwork_app.foundation.errors import DomainError

NUMBERS_OF_PEOPLE = (Kind.ID_NUMBER, Kind.PHONE, Kind.IDENTIFIER)


def refuse(fields: Sequence[Field], keys: Sequence[str], *, full_numbers: bool) -> None:
    """DomainError where the list has, or is asked to have, a column that is not for the public. `keys`: those chosen of
    its own."""
    if full_numbers:
        raise DomainError("export.public_full_numbers")
    numbers = [field.label for field in fields if field.sensitive or field.kind in NUMBERS_OF_PEOPLE]
    strange = [key for key in keys if key not in {field.key for field in fields}]
    if numbers or strange:
        raise DomainError("export.public_columns", columns="、".join([*numbers, *strange]))


def cleaned(row: Sequence[Value]) -> list[Value]:
    """The cells without what looks like a number of somebody: people write such into names and remarks."""
    return [_cleaned(value) for value in row]


def _cleaned(value: Value) -> Value:
    if value is None or isinstance(value, float):
        return value
    text = without_numbers(str(value))
    return value if text == str(value) else text


def without_numbers_of(sheet: Sheet) -> Sheet:
    """The same for what stands above and below the table."""
    return replace(sheet, title=without_numbers(sheet.title), left_line=without_numbers(sheet.left_line),
                   note=without_numbers(sheet.note))  # fmt: skip
