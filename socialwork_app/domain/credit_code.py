"""统一社会信用代码 (GB 32100-2015): 18 characters, the last one checks the others."""

import re

from socialwork_app.domain.names import without_blanks
from socialwork_app.domain.problems import Problem, error

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_RANK = {character: rank for rank, character in enumerate(_ALPHABET)}
_WEIGHTS = tuple(pow(3, position, 31) for position in range(17))
_NOISE = re.compile(r"['\u2018\u2019`\-]")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]+")

Checked = tuple[str | None, tuple[Problem, ...]]


def check(raw: object) -> Checked:
    """The cleaned code, or None with the error. The problem names no field yet."""
    text = clean(str(raw))
    fault = "credit_code.as_number" if isinstance(raw, int | float) else _fault(text)
    return (None, (error(fault, count=len(text)),)) if fault else (text, ())


def clean(text: str) -> str:
    return _NOISE.sub("", without_blanks(text)).upper()


def checksum(first17: str) -> str:
    """The 18th character; KeyError for a character outside the code's alphabet."""
    total = sum(weight * _RANK[character] for weight, character in zip(_WEIGHTS, first17, strict=True))
    return _ALPHABET[-total % 31]


def _fault(text: str) -> str | None:
    if _SCIENTIFIC.fullmatch(text):
        return "credit_code.as_number"
    if any(character not in _RANK for character in text):
        return "credit_code.characters"
    if len(text) != 18:
        return "credit_code.length"
    return None if checksum(text[:17]) == text[17] else "credit_code.checksum"
