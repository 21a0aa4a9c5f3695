"""居民身份证号 (GB 11643-1999): issuing county (6 digits), birth date (8), order (3), check character."""

import re
from datetime import date
from functools import lru_cache
from operator import mul

from socialwork_app.domain.names import without_blanks
from socialwork_app.domain.problems import Problem, error, warning

_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]+")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_CODE_POINT_SHARE = ord("0") * sum(_WEIGHTS)
_QUOTES = str.maketrans("", "", "'\u2018\u2019\u201b\u2032`\u00b4")
_PROVINCES = re.compile(
    r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91"  # 83: 台湾居民居住证, 91: 外国人永久居留证
)
# 晋宁县 became 晋宁区 in 2016. Numbers are given out since 1984, so 530122 never is 呈贡, whose code it was
# till 1982.
_COUNTY_BIRTH_YEARS = {"530115": range(2016, 10000), "530122": range(2017)}
_EARLIEST_BIRTH_YEAR = 1880
_LENGTH = 18
OLD_LENGTH = 15  # of numbers of before 1999
_EXACT_IN_WORKBOOKS = 15  # digits that Excel and WPS keep of a number
_LOST = "000"  # what they put in the place of the others

Checked = tuple[str | None, tuple[Problem, ...]]


def check(raw: object) -> Checked:
    """The cleaned 18-character number, or None with the error. The problems name no field yet.

    A number in place of text has lost its last three digits in the workbook; they are never guessed.
    """
    if isinstance(raw, int | float):
        if abs(raw) >= 10**_EXACT_IN_WORKBOOKS:
            return None, (error("id_number.as_number"),)
        raw = f"{raw:.0f}"
    text = str(raw)
    if not _SHAPE.fullmatch(text):
        text = clean(text)
        if len(text) == OLD_LENGTH and text.isascii() and text.isdecimal():
            return _check_upgraded(upgrade(text))
        if not _SHAPE.fullmatch(text):
            return None, (error(_shape_fault(text), count=len(text)),)
    fault = _fault(text)
    return (None, (error(fault, count=len(text)),)) if fault else (text, _doubts(text))


def clean(text: str) -> str:
    """Half-width, upper case, without blanks, apostrophes and full stops at the end."""
    return without_blanks(text).translate(_QUOTES).rstrip(".。").upper()


def upgrade(old: str) -> str:
    """A 15-digit number of before 1999 as 18 characters: the century and the check character come in."""
    body = f"{old[:6]}19{old[6:]}"
    return body + checksum(body)


def is_damaged(number: str) -> bool:
    """Whether its end may be lost, or it has the 15 digits of before 1999. One that ends in 000 can be right as it is."""
    digits = number.isascii() and number.isdecimal()
    return digits and (len(number) == OLD_LENGTH or (len(number) == _LENGTH and number.endswith(_LOST)))


def was(whole: str, damaged: str) -> bool:
    """Whether a checked number can be what this one was before it was damaged."""
    if len(damaged) == OLD_LENGTH:
        return whole == upgrade(damaged)
    return is_damaged(damaged) and begin_alike(whole, damaged)


def begin_alike(one: str, other: str) -> bool:
    """Two numbers of 18 characters that are the same as far as workbooks keep them."""
    return len(one) == len(other) == _LENGTH and one[:_EXACT_IN_WORKBOOKS] == other[:_EXACT_IN_WORKBOOKS]


def checksum(first17: str) -> str:
    """The 18th character: the weighted sum of the 17 digits, modulo 11."""
    total = sum(map(mul, _WEIGHTS, first17.encode())) - _CODE_POINT_SHARE
    return _CHECK_CHARACTERS[total % 11]


def birth_date(number: str) -> str:
    """ISO date from a checked number."""
    return f"{number[6:10]}-{number[10:12]}-{number[12:14]}"


def gender(number: str) -> str:
    """男 where the 17th digit is odd."""
    return "男" if int(number[16]) % 2 else "女"


def _check_upgraded(number: str) -> Checked:
    fault = _fault(number)
    if fault:
        return None, (error(fault, count=15),)
    return number, (warning("id_number.upgraded"), *_doubts(number))


def _fault(text: str) -> str | None:
    """The code of the first thing that makes 17 digits and a check character impossible."""
    valid = checksum(text[:17]) == text[17]
    if not valid and text.endswith(_LOST):
        return "id_number.as_number"
    if not _PROVINCES.match(text):
        return "id_number.province"
    if not _is_birth_date(text[6:14]):
        return "id_number.date"
    return None if valid else "id_number.checksum"


def _shape_fault(text: str) -> str:
    if _SCIENTIFIC.fullmatch(text):
        return "id_number.as_number"
    return "id_number.length" if re.fullmatch(r"[0-9]+X?", text) and len(text) != 18 else "id_number.characters"


def _doubts(number: str) -> tuple[Problem, ...]:
    """Warnings about a number that is possible."""
    doubts: tuple[Problem, ...] = ()
    years = _COUNTY_BIRTH_YEARS.get(number[:6])
    if years is not None and int(number[6:10]) not in years:
        doubts = (warning("id_number.county", county=number[:6]),)
    if number.endswith(_LOST):
        doubts += (warning("id_number.ends_zero"),)
    return doubts


@lru_cache(maxsize=65536)
def _is_birth_date(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return born.year >= _EARLIEST_BIRTH_YEAR
