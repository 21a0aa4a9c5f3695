"""What a field is. Each field of the register is declared once with this, everything else is derived from it."""

from dataclasses import dataclass
from enum import StrEnum

Value = str | int | float | None
"""What is stored and passed about: text, whole numbers, hours with a fraction, nothing. Dates are ISO text of their own precision
(2017, 2017-06, 2017-06-10), yes/no is 1/0, a reference is the target's row id."""


class Kind(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    NAME = "name"  # a person's name: inner blanks go, · stays
    IDENTIFIER = "identifier"  # numbers that are text: 管理号, 登记证号
    ID_NUMBER = "id_number"
    CREDIT_CODE = "credit_code"
    PHONE = "phone"
    DATE = "date"
    CODE = "code"  # one entry of a code list
    CODES = "codes"  # several, joined by 、
    INTEGER = "integer"
    HOURS = "hours"  # a whole number or one with a fraction: 4, 3.5
    SCORE = "score"  # of an exam; below nought what stands in its place: -1 absent, -2 breach, -4 void
    YES_NO = "yes_no"
    REFERENCE = "reference"  # a row of another register


NUMBERS = (Kind.INTEGER, Kind.HOURS, Kind.SCORE)
"""What is set at the right in lists."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `key` is its name in code, database, commands; `label` is what officials read.

    `synonyms`: other headers that people give it in workbooks, in any spelling that
    `domain.headers.normalise` makes equal.
    `sensitive`: shown masked unless asked for.
    `derived_from`: keys that it can be computed from; then the form shows it as derived.
    `decided`: says what somebody decided, so that who enters may not set it.
    `width`: characters, for list columns and sheets. `computed`: not stored, made when a row is shown.
    """

    key: str
    label: str
    kind: Kind = Kind.TEXT
    synonyms: tuple[str, ...] = ()
    code_list: str = ""
    target: str = ""
    required: bool = False
    sensitive: bool = False
    derived_from: tuple[str, ...] = ()
    computed: bool = False
    unique: bool = False
    width: int = 10
    section: str = ""
    hint: str = ""
    default: Value = None
    decided: bool = False

    @property
    def numeric(self) -> bool:
        return self.kind in (Kind.INTEGER, Kind.HOURS, Kind.SCORE, Kind.YES_NO, Kind.REFERENCE)
