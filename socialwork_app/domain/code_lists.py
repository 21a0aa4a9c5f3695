"""Lists of allowed values (性别, 民族, 学历 …): what is stored, what is shown, what people type for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from socialwork_app.domain.names import without_blanks

_NO_BRACKETS = str.maketrans("", "", "()[]{}【】〔〕〖〗「」《》")


@dataclass(frozen=True, slots=True)
class Entry:
    """`value` is stored, `label` shown; `code` is the national standard's; `rank` grows with the level."""

    value: str
    label: str
    code: str = ""
    rank: int = 0
    synonyms: tuple[str, ...] = ()

    def spellings(self) -> tuple[str, ...]:
        """All that means this entry; a code also without its leading zeros, as a number cell gives it."""
        return (self.value, self.label, self.code, self.code.lstrip("0"), *self.synonyms)


@dataclass(frozen=True)
class CodeList:
    name: str
    entries: tuple[Entry, ...]

    @cached_property
    def _by_value(self) -> dict[str, Entry]:
        return {entry.value: entry for entry in self.entries}

    @cached_property
    def _by_spelling(self) -> dict[str, str]:
        return _index(self.name, self.entries)

    def label(self, value: str) -> str:
        """What is shown; a value that the list no longer has is shown as it is."""
        entry = self._by_value.get(value)
        return entry.label if entry else value

    def match(self, text: str) -> str | None:
        """The value for a label, value, standard code or synonym; None when the list has none such."""
        return self._by_spelling.get(normalise(text))

    def rank(self, value: str) -> int:
        """0 for a value that has no place in the order."""
        entry = self._by_value.get(value)
        return entry.rank if entry else 0

    def nearest(self, text: str, limit: int = 3) -> tuple[str, ...]:
        """Labels that come close to the text, else the list's first ones."""
        close = get_close_matches(normalise(text), self._by_spelling, n=limit * 3, cutoff=0.4)
        labels = dict.fromkeys(self.label(self._by_spelling[spelling]) for spelling in close)
        return tuple(labels)[:limit] or tuple(entry.label for entry in self.entries[:limit])


CodeLists = Mapping[str, CodeList]


def normalise(text: str) -> str:
    """社会工作者（中级） → 社会工作者中级."""
    return without_blanks(text).casefold().translate(_NO_BRACKETS)


def build(name: str, rows: Iterable[Mapping[str, str]]) -> CodeList:
    """From rows with the columns value, label, code, rank, synonyms (parted by |).

    ValueError when two entries share a spelling: such a list can't say what a cell means.
    """
    built = CodeList(name, tuple(_entry(row) for row in rows))
    _index(name, built.entries)
    return built


def _entry(row: Mapping[str, str]) -> Entry:
    synonyms = tuple(word for word in row["synonyms"].split("|") if word)
    return Entry(row["value"], row["label"], row["code"], int(row["rank"] or 0), synonyms)


def _index(name: str, entries: Iterable[Entry]) -> dict[str, str]:
    index: dict[str, str] = {}
    for entry in entries:
        for spelling in filter(None, map(normalise, entry.spellings())):
            if index.setdefault(spelling, entry.value) != entry.value:
                raise ValueError(f"{name}: {spelling} stands for {index[spelling]} and {entry.value}")
    return index
