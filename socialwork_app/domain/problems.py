"""Problems are collected and shown beside their field, never thrown at the first."""

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with the field `field` (a key, "" for the record as a whole); `code` and `values` make the sentence."""

    severity: Severity
    code: str
    field: str = ""
    values: dict[str, Any] = dataclasses.field(default_factory=dict[str, Any])


def error(code: str, field: str = "", **values: Any) -> Problem:
    return Problem(Severity.ERROR, code, field, values)


def warning(code: str, field: str = "", **values: Any) -> Problem:
    return Problem(Severity.WARNING, code, field, values)
