"""The two kinds of error that a user is told about; any other exception is a bug and reaches the crash dialog.

Both carry a code and values. The Chinese sentence for a code stands in `domain/sentences.py` alone.
"""

from typing import Any


class CodedError(Exception):
    """An error that has a sentence: `code` names it, `values` fill it."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class DomainError(CodedError):
    """What was asked for is not allowed by the register's rules, or the file given can't be understood."""


class RegisterUnavailable(CodedError):  # noqa: N818 - reads as what happened
    """The register can't be opened: wrong password, in use, damaged, made by a newer version, no key file."""


class EnvironmentRefused(CodedError):  # noqa: N818 - the same
    """The machine said no: disk full, no permission, file in use."""
