"""Forms about one person (考核表 and their like): the names that may stand in them, and what each of them means."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from socialwork_app.domain import headers
from socialwork_app.domain.fields import forms as own
from socialwork_app.domain.fields.computed import COMPUTED_FIELDS
from socialwork_app.domain.fields.field import Field, Kind
from socialwork_app.domain.registers.register import Catalogue

PAPER, HOURS, ITEMS, CONTACT, HISTORY, SCORES = "paper", "hours", "items", "contact", "history", "scores"
BETWEEN = "："
"""Between the heading and the label, where a name has both: 学历经历：毕业院校."""


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under a heading. `line`: the fields of which each row is made where a list stands in one cell; a group without
    it is no list but says one thing a field."""

    key: str
    title: str
    fields: tuple[Field, ...]
    line: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name stands for; `field` None: a whole list, line by line."""

    group: Group
    field: Field | None

    @property
    def sensitive(self) -> bool:
        return self.field is not None and self.field.sensitive

    @property
    def row(self) -> bool:
        """Whether it is one field of a list."""
        return bool(self.group.line) and self.field is not None


_LINES: Mapping[str, tuple[str, ...]] = {
    "educations": ("enrolled_on", "graduated_on", "school", "major", "education", "degree"),
    "employment": ("from", "to", "employer", "post"),
    "exam_entries": ("year", "level", "comprehensive", "policy", "practice"),
    "learning": ("from", "to", "title", "organiser", "hours"),
    "talents": ("granted_on", "scheme", "round", "document"),
    "contact_log": ("date", "contact_form", "leader", "matter"),
}
"""Registers whose records of the person are lists, and what a line of each says."""


def groups(catalogue: Catalogue, items: Sequence[str]) -> tuple[Group, ...]:
    """In order of precedence. `items`: the items of the appraisal's criteria, each of which can be named by itself."""
    computed = {field.key: field for field in COMPUTED_FIELDS}
    people = (*own.PERSON_FIELDS, *catalogue["people"].fields, computed["age"], computed["years_of_social_work"])
    appraisal = tuple(field for field in catalogue["appraisals"].fields if field.key != "score")
    of_the_year = tuple(field for field in appraisal if field.key not in ("scheme", "year"))
    return (
        Group("people", "人员", people),
        Group(PAPER, "表格", own.PAPER_FIELDS),
        Group("talent_schemes", "人才项目", catalogue["talent_schemes"].fields),
        Group("appraisals", "年度考核", (*own.RESULT_FIELDS, *of_the_year)),
        Group(ITEMS, "单项得分", tuple(Field(title, title, Kind.HOURS) for title in items)),
        Group("talents", "人才称号", (*own.TITLE_FIELDS, *catalogue["talents"].fields)),
        Group(CONTACT, "领导联系", own.CONTACT_FIELDS),
        Group("certificates", "证书", catalogue["certificates"].fields),
        Group("registrations", "登记", catalogue["registrations"].fields),
        Group(HOURS, "继续教育", own.HOUR_FIELDS),
        Group("talent_rounds", "评选届次", catalogue["talent_rounds"].fields),
        Group(SCORES, "指标得分", own.SCORE_FIELDS, ("item", "points")),
        Group(HISTORY, "历年考核", (*own.RESULT_FIELDS, *appraisal), ("year", "grade", "total_score")),
        *(Group(key, _list_title(catalogue, key), catalogue[key].fields, line) for key, line in _LINES.items()),
    )


def _list_title(catalogue: Catalogue, key: str) -> str:
    return "历次称号" if key == "talents" else catalogue[key].title


class NameBook:
    """Finds what names mean, as labels or other words for a field, in any spelling that headers may have too. A label with
    its heading before it is always clear; alone it means the first group that has it, and no field of a list."""

    def __init__(self, found: Sequence[Group]) -> None:
        self._by_word: dict[str, Meaning] = {}
        single = [Meaning(group, field) for group in found if not group.line for field in group.fields]
        self._add((_whole(one.group, one.field.label), one) for one in single if one.field)
        for group in filter(lambda one: one.line, found):
            self._add([(group.title, Meaning(group, None))])
            self._add((_whole(group, word), Meaning(group, field)) for field in group.fields for word in _words(field))
        self._add((one.field.label, one) for one in single if one.field)
        self._add((word, one) for one in single if one.field for word in one.field.synonyms)

    def _add(self, words: Iterable[tuple[str, Meaning]]) -> None:
        for word, meaning in words:
            self._by_word.setdefault(headers.normalise(word), meaning)

    def meaning(self, name: str) -> Meaning | None:
        return self._by_word.get(headers.normalise(name))

    def name(self, group: Group, field: Field | None) -> str:
        """The shortest that means just this."""
        if field is None:
            return group.title
        found = self.meaning(field.label)
        return field.label if found == Meaning(group, field) else _whole(group, field.label)


def _whole(group: Group, label: str) -> str:
    return f"{group.title}{BETWEEN}{label}"


def _words(field: Field) -> tuple[str, ...]:
    return (field.label, *field.synonyms)
