"""Which place a name means: offices write 回龙村委会, 回龙村, 晋城镇, and two villages may share a name."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from socialwork_app.domain.fields.field import Value
from socialwork_app.domain.problems import Problem, error, warning

TOWNSHIP, COMMUNITY = "township", "community"
_COMMUNITY_ENDING = re.compile(r"(社区居民委员会|社区居委会|居民委员会|居委会|村民委员会|村委会|社区|村)$")
_TOWNSHIP_ENDING = re.compile(r"(彝族乡|街道办事处|街道办|街道|镇|乡)$")


@dataclass(frozen=True, slots=True)
class Place:
    id: int
    name: str
    code: str
    level: str
    parent: int | None
    former_names: str
    successor: int | None
    valid_to: str

    @property
    def current(self) -> bool:
        return not self.valid_to


def place_of(row: Mapping[str, Value]) -> Place:
    def text(key: str) -> str:
        return str(row.get(key) or "")

    def row_id(key: str) -> int | None:
        value = row.get(key)
        return int(value) if value is not None else None

    return Place(int(row["id"] or 0), text("name"), text("code"), text("place_level"), row_id("parent"),
                 text("former_names"), row_id("successor"), text("valid_to"))  # fmt: skip


def stem(name: str, level: str) -> str:
    """回龙 for 回龙村委会, 回龙村民委员会 and 回龙村; 昆阳 for 昆阳街道 and 昆阳街道办事处."""
    folded = "".join(unicodedata.normalize("NFKC", name).split())
    short = (_TOWNSHIP_ENDING if level == TOWNSHIP else _COMMUNITY_ENDING).sub("", folded)
    return short or folded


class Gazetteer:
    """All places of the register, found by any of their names."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.by_id = {place.id: place for place in places}
        self._by_stem: dict[tuple[str, str], list[Place]] = {}
        for place in self.by_id.values():
            for name in (place.name, *filter(None, place.former_names.split("、"))):
                self._by_stem.setdefault((place.level, stem(name, place.level)), []).append(place)
        self._by_code = {place.code: place for place in self.by_id.values() if place.code}
        self._found: dict[tuple[str, str], list[Place]] = {}  # names come again in every row of a workbook

    def township(self, text: str) -> tuple[int | None, tuple[Problem, ...]]:
        """A township by name or code. A name that is no longer in use leads to its successor, with a warning."""
        found = self._find(TOWNSHIP, text)
        if not found:
            return None, (error("place.unknown", "township", name=text),)
        exact = [place for place in found if place.name == text] or found
        return self._present(exact[0], "township")

    def community(self, text: str, township: int | None) -> tuple[int | None, tuple[Problem, ...]]:
        """A community by name within its township; without one the name must be the only one of its kind."""
        found = self._find(COMMUNITY, text)
        if not found:
            return None, (error("place.unknown", "community", name=text),)
        within = [place for place in found if township is None or place.parent == township]
        if len(within) == 1:
            return self._present(within[0], "community")
        if not within and len(found) == 1:
            other = self.by_id[found[0].parent].name if found[0].parent in self.by_id else ""
            return found[0].id, (warning("place.other_township", "community", name=found[0].name, township=other),)
        return None, (error("place.ambiguous", "community", name=text, count=len(within or found)),)

    def township_of(self, community: int) -> int | None:
        return self.by_id[community].parent

    def _find(self, level: str, text: str) -> list[Place]:
        if (level, text) not in self._found:
            coded = self._by_code.get(text)
            named = self._by_stem.get((level, stem(text, level)), [])
            self._found[level, text] = [coded] if coded and coded.level == level else named
        return self._found[level, text]

    def _present(self, place: Place, field: str) -> tuple[int, tuple[Problem, ...]]:
        if place.current or place.successor is None:
            return place.id, ()
        now = self.by_id[place.successor]
        return now.id, (warning("place.renamed", field, name=place.name, until=place.valid_to, now=now.name),)
