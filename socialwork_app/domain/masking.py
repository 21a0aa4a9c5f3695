"""What a colleague may see over the shoulder: enough to recognise a number, not enough to use it."""

import re
from collections.abc import Callable

from socialwork_app.domain.fields.field import Kind
from socialwork_app.domain.phones import MOBILE, SEPARATOR

STAR = "*"
HIDDEN = "***"
_DIGIT = re.compile(r"[0-9]")
_PHONE_CHARACTERS = re.compile(r"[0-9()+\- ]+")
_SHORTEST_PHONE = 7
_TAIL = 4
_BETWEEN = r"[^\w\[\]〔〕［］]{0,3}"
"""What people put between the digits of one number; brackets stand about the year of a document."""
_RUN = re.compile(rf"\d(?:{_BETWEEN}\d)*[XxＸｘ]?")
_SPELT = re.compile("[〇○零一二三四五六七八九幺]{7,}")
_DATE = r"(?:19|20)\d\d(?:[-./](?:0?[1-9]|1[0-2])(?:[-./](?:0?[1-9]|[12]\d|3[01]))?)?"
_DATES = re.compile(rf"{_DATE}(?:[^\w]{{1,3}}{_DATE})*")


def id_number(value: str) -> str:
    """530122********0022; a document of another length as any identifier."""
    return f"{value[:6]}{STAR * 8}{value[-_TAIL:]}" if len(value) == 18 else identifier(value)


def phone(value: str) -> str:
    """138****5678; of any other number the last four digits. Each of several by itself."""
    return SEPARATOR.join(_one_phone(number) for number in value.split(SEPARATOR))


def identifier(value: str) -> str:
    """The last four characters, or fewer: never more than a third is shown."""
    shown = min(_TAIL, len(value) // 3)
    return STAR * (len(value) - shown) + value[len(value) - shown :]


def name(value: str) -> str:
    """张**: the family name's first character."""
    return value[:1] + STAR * (len(value) - 1)


def birth_date(value: str) -> str:
    """The year alone: 1985-**-**."""
    return value[:4] + _DIGIT.sub(STAR, value[4:])


_BY_KIND: dict[Kind, Callable[[str], str]] = {
    Kind.ID_NUMBER: id_number,
    Kind.PHONE: phone,
    Kind.IDENTIFIER: identifier,
    Kind.CREDIT_CODE: identifier,
    Kind.NAME: name,
    Kind.DATE: birth_date,
}


def without_numbers(text: str) -> str:
    """Free text without runs of digits as long as a phone, however they are parted or spelt; dates and years stay."""
    return _SPELT.sub(HIDDEN, _RUN.sub(_hide_long, text))


def _hide_long(run: re.Match[str]) -> str:
    digits = sum(character.isdecimal() for character in run[0])
    return run[0] if digits < _SHORTEST_PHONE or _DATES.fullmatch(run[0]) else HIDDEN


def mask(kind: Kind, value: str) -> str:
    """Masked as its kind is; what has no pattern of its own is hidden whole, its length too."""
    if not value:
        return ""
    return _BY_KIND.get(kind, _hidden)(value)


def _hidden(_value: str) -> str:
    return HIDDEN


def _one_phone(number: str) -> str:
    if MOBILE.fullmatch(number):
        return f"{number[:3]}{STAR * 4}{number[-4:]}"
    digits = len(_DIGIT.findall(number))
    if digits < _SHORTEST_PHONE or not _PHONE_CHARACTERS.fullmatch(number):
        return HIDDEN
    return _DIGIT.sub(STAR, number, count=digits - _TAIL)
