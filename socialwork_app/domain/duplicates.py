"""How much two records look like one person, and why.

The weights are ours: no regulation says when two records are one. They were set so that name and birth date, or name and
phone, are enough to be asked about, the name alone never is, and two valid ID numbers that have nothing to do with each
other outweigh both. Nothing is merged by a score: it only orders what an officer looks at.
"""

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from socialwork_app.domain import id_number, phones
from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.names import without_blanks
from socialwork_app.domain.partial_date import PartialDate
from socialwork_app.domain.pinyin import sounds

KEYS = ("name", "id_number", "birth_date", "gender", "phone", "employer")
"""The fields of a person that tell."""
THRESHOLD = 55
"""From here on a pair is shown: just what a name that sounds alike and a birth date give, or a name and a unit."""
_BODY = 17  # digits of an ID number before its check character
_KEPT = 15  # of these, what a workbook keeps that took the number for a quantity
_LOST = "000"


class Evidence(Enum):
    """(words, weight): what speaks for one person, or, below nought, against."""

    NUMBER_SAME = "身份证号相同", 100
    NUMBER_LOST = "身份证号前15位相同，一个末三位为000", 45
    NUMBER_DIGIT = "身份证号只差一位", 45
    NUMBER_SWAPPED = "身份证号有相邻两位颠倒", 45
    NUMBER_OTHER = "身份证号不同", -60
    NAME_SAME = "姓名相同", 35
    NAME_SOUND = "姓名同音", 30
    NAME_CHARACTER = "姓名差一字", 18
    NAME_OTHER = "姓名不同", -25
    BIRTH_SAME = "出生日期相同", 25
    BIRTH_COVERED = "出生年月相合", 15
    BIRTH_OTHER = "出生日期不同", -20
    GENDER_OTHER = "性别不同", -25
    PHONE_SAME = "电话相同", 30
    PHONE_OTHER = "电话不同", -5
    UNIT_SAME = "单位相同", 20

    @property
    def words(self) -> str:
        return self.value[0]

    @property
    def weight(self) -> int:
        return self.value[1]


class Likeness(NamedTuple):
    score: int
    evidence: tuple[Evidence, ...]

    @property
    def suggested(self) -> bool:
        return self.score >= THRESHOLD

    def words(self) -> str:
        return "，".join(one.words for one in self.evidence)


def likeness(one: Mapping[str, Value], other: Mapping[str, Value]) -> Likeness:
    """Of two people, by `KEYS`. It does not matter which comes first."""
    told = (_numbers(_text(one, "id_number"), _text(other, "id_number")),
            _names(_text(one, "name"), _text(other, "name")),
            _births(_text(one, "birth_date"), _text(other, "birth_date")),
            Evidence.GENDER_OTHER if _differ(one, other, "gender") else None,
            _phones(_text(one, "phone"), _text(other, "phone")),
            Evidence.UNIT_SAME if one.get("employer") and one.get("employer") == other.get("employer") else None)  # fmt: skip
    evidence = tuple(found for found in told if found is not None)
    return Likeness(sum(found.weight for found in evidence), evidence)


def _text(values: Mapping[str, Value], key: str) -> str:
    return str(values.get(key) or "")


def _differ(one: Mapping[str, Value], other: Mapping[str, Value], key: str) -> bool:
    return bool(one.get(key)) and bool(other.get(key)) and one[key] != other[key]


def canonical(number: str) -> str:
    """A resident number with 18 characters, also where it was kept with 15; any other as it stands."""
    text = id_number.clean(number)
    return (
        id_number.upgrade(text) if len(text) == id_number.OLD_LENGTH and text.isascii() and text.isdecimal() else text
    )


def _numbers(one: str, other: str) -> Evidence | None:
    if not one or not other:
        return None
    one, other = canonical(one), canonical(other)
    if one == other:
        return Evidence.NUMBER_SAME
    if one[:_KEPT] == other[:_KEPT] and len(one) == len(other) and _LOST in (one[_KEPT:], other[_KEPT:]):
        return Evidence.NUMBER_LOST
    return _near(one[:_BODY], other[:_BODY]) or Evidence.NUMBER_OTHER


def _near(one: str, other: str) -> Evidence | None:
    """By the digits without the check character: with it, two valid numbers never differ in one place only."""
    apart = [place for place in range(min(len(one), len(other))) if one[place] != other[place]]
    if len(one) != len(other) or len(apart) not in (1, 2):
        return None
    if len(apart) == 1:
        return Evidence.NUMBER_DIGIT
    first, second = apart
    crossed = (one[first], one[second]) == (other[second], other[first])
    return Evidence.NUMBER_SWAPPED if second == first + 1 and crossed else None


def _names(one: str, other: str) -> Evidence | None:
    one, other = without_blanks(one), without_blanks(other)
    if not one or not other:
        return None
    if one == other:
        return Evidence.NAME_SAME
    if _sound_alike(one, other):
        return Evidence.NAME_SOUND
    apart = sum(mine != theirs for mine, theirs in zip(one, other, strict=False))
    one_character = len(one) == len(other) > 2 and apart == 1  # of two characters half the name would be another
    return Evidence.NAME_CHARACTER if one_character else Evidence.NAME_OTHER


def _sound_alike(one: str, other: str) -> bool:
    mine, theirs = sounds(one), sounds(other)
    return len(mine) == len(theirs) and all(set(a) & set(b) for a, b in zip(mine, theirs, strict=True))


def _births(one: str, other: str) -> Evidence | None:
    if not one or not other:
        return None
    if one == other:
        return Evidence.BIRTH_SAME if PartialDate.parse(one).exact else Evidence.BIRTH_COVERED
    covered = PartialDate.parse(one).covers(PartialDate.parse(other))
    return Evidence.BIRTH_COVERED if covered else Evidence.BIRTH_OTHER


def _phones(one: str, other: str) -> Evidence | None:
    if not one or not other:
        return None
    shared = set(one.split(phones.SEPARATOR)) & set(other.split(phones.SEPARATOR))
    return Evidence.PHONE_SAME if shared else Evidence.PHONE_OTHER
