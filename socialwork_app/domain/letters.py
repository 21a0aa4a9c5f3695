"""Letters about people (结业证书, 学时证明): which names their templates may hold, and how a letter words a value."""

from collections.abc import Iterable
from dataclasses import dataclass

from socialwork_app.domain import headers
from socialwork_app.domain.fields.field import Field, Kind
from socialwork_app.domain.partial_date import PartialDate
from socialwork_app.domain.registers.register import Catalogue

COMPLETION, HOURS = "completion", "hours"
LEARNT = "learning"
"""The register whose records a statement of hours lists."""
OWN = ""
"""In place of a register's key: what is worked out for the letter itself."""

LETTER_FIELDS = (
    Field("span", "起止日期"),
    Field("total", "合计小时", Kind.HOURS, ("小时",)),
    Field("issuer", "签发单位", synonyms=("落款单位",)),
    Field("issued_on", "签发日期", Kind.DATE, ("落款日期", "日期")),
)
ITEM_FIELDS = (Field("number", "序号"), Field("learnt", "学习时间"))


@dataclass(frozen=True, slots=True)
class LetterKind:
    """`registers`: whose fields a template may name, in order of precedence. `lists`: the register whose records the
    rows of a table are made of, "" for a letter without a list."""

    key: str
    title: str
    registers: tuple[str, ...]
    lists: str = ""


KINDS = (
    LetterKind(COMPLETION, "结业证书", ("people", "training_signups", "courses")),
    LetterKind(HOURS, "学时证明", ("people",), LEARNT),
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name stands for; `listed`: it belongs to the list."""

    register: str
    field: Field
    listed: bool = False


class NameBook:
    """Finds what the names in a template of one kind mean, as labels or other words for a field, in any spelling that
    headers may have too. The list's own names come first: a row is about its item."""

    def __init__(self, kind: LetterKind, catalogue: Catalogue) -> None:
        listed = [Meaning(OWN, field, True) for field in ITEM_FIELDS] if kind.lists else []
        listed += [Meaning(kind.lists, field, True) for field in _fields(kind.lists, catalogue)]
        single = [Meaning(OWN, field) for field in LETTER_FIELDS]
        single += [Meaning(key, field) for key in kind.registers for field in _fields(key, catalogue)]
        self._by_word: dict[str, Meaning] = {}
        for one in (*listed, *single):
            self._by_word.setdefault(headers.normalise(one.field.label), one)
        for one in (*single, *listed):
            for word in one.field.synonyms:
                self._by_word.setdefault(headers.normalise(word), one)

    def meaning(self, name: str) -> Meaning | None:
        return self._by_word.get(headers.normalise(name))


def _fields(register: str, catalogue: Catalogue) -> Iterable[Field]:
    return catalogue[register].fields if register else ()


def words_of_day(text: str | None) -> str:
    """2026年3月5日, as precise as it is known: 2026年3月, 2026年."""
    if not text:
        return ""
    known = PartialDate.parse(text)
    month = f"{known.month}月" if known.month else ""
    return f"{known.year}年{month}" + (f"{known.day}日" if known.day else "")


def words_of_span(since: str | None, until: str | None) -> str:
    """2026年3月5日至7日: of the last day only what is not the first one's."""
    if not (since and until) or since == until:
        return words_of_day(since or until)
    first, last = PartialDate.parse(since), PartialDate.parse(until)
    words = words_of_day(until)
    if first.exact and last.exact and first.year == last.year:
        words = words.partition("年")[2]
        if first.month == last.month:
            words = words.partition("月")[2]
    return f"{words_of_day(since)}至{words}"
